import type { CaptionAnnouncement } from '#core/speaking/announcer.ts'
import type { Priority, SpeechQueue } from '#core/speaking/speech-queue.ts'
import { createSpokenPieces } from '#core/speaking/spoken-pieces.ts'
import { createArrivingText } from '#core/text/sentences.ts'

/** Something that takes a caption's text as it comes from a model. */
export interface Appendable {
  append(delta: string): void
  end(): void
  cancel(): void
}

export type AppendableCaption = CaptionAnnouncement & Appendable

/** The announcement of a caption that is appended to, delta by delta. */
export function appendable(caption: CaptionAnnouncement, language: string): AppendableCaption {
  const text = createArrivingText(language)
  return {
    ...caption,
    append(delta) {
      text.append(delta)
      caption.read(text)
    }
  }
}

/** A caption spoken by our own voice alone while it arrives, as the command line speaks it. */
export function streamInto(
  queue: SpeechQueue,
  { priority, itemId = null, language = 'en' }: { priority?: Priority; itemId?: string | null; language?: string } = {}
): Appendable {
  const stream = queue.stream({ ...(priority && { priority }), itemId })
  const text = createArrivingText(language)
  const pieces = createSpokenPieces({ hasEarlyClause: () => true })
  return {
    append(delta) {
      text.append(delta)
      for (const piece of pieces.read(text)) stream.say(piece)
    },
    end() {
      for (const piece of pieces.end()) stream.say(piece)
      stream.end()
    },
    cancel: () => stream.cancel()
  }
}
