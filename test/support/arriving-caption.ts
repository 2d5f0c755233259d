import type { CaptionAnnouncement } from '#core/speaking/announcer.ts'
import type { Priority, SpeechQueue } from '#core/speaking/speech-queue.ts'
import { createSpokenPieces } from '#core/speaking/spoken-pieces.ts'
import { createArrivingText } from '#core/text/sentences.ts'

/** Takes a caption's text as it arrives from a model. */
export interface Appendable {
  append(delta: string): void
  end(): void
  cancel(): void
}

export type AppendableCaption = CaptionAnnouncement & Appendable

/** The announcement of a caption that arrives delta by delta. */
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

/** A caption that only our own voice speaks while it arrives, as on the command line. */
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
