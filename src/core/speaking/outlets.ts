import { joinPieces, type Outlet } from './caption-announcement.ts'
import { voiceLanguage } from './language.ts'
import type { Outputs } from './outputs.ts'
import { ownLanguage } from './own-voice.ts'
import type { ReaderUtterance } from './reader-speech.ts'
import type { Route, Routes } from './routes.ts'
import type { Priority } from './speech-queue.ts'
import type { SpokenPiece } from './spoken-pieces.ts'

export interface OutletOptions {
  outputs: Outputs
  /** The current route; asked again before the second utterance. */
  findRoute: () => Promise<Route>
  lost: Routes['lost']
  /** The reader that ran when the caption began. */
  readerName: string
  /** For our own voice. */
  priority: Priority
  /** The item whose caption it is; null for one that is in no list. */
  itemId: string | null
  /** The language captions are written in, BCP 47. */
  language: string
}

const nowhere: Outlet = { say: () => undefined, end: () => undefined, cancel: () => undefined }

/** Where a caption goes, given the route of its first sentence. */
export function createOutlet(route: Route, options: OutletOptions): Outlet {
  if (route.to === 'nobody') return nowhere
  if (route.to === 'voice') return createVoiceOutlet(options, options.priority, explanation(route, options))
  options.outputs.voice.forgetCaption()
  return createReaderOutlet(route, options)
}

/** Piece by piece; `explain` comes last. */
function createVoiceOutlet(
  { outputs: { voice }, itemId }: OutletOptions,
  priority: Priority,
  explain: () => void
): Outlet {
  const stream = voice.stream(priority, itemId)
  return {
    say: (piece) => stream.say(piece),
    end(warnings) {
      stream.end()
      for (const warning of warnings) voice.say(warning, 'normal', ownLanguage)
      explain()
    },
    cancel: () => stream.cancel()
  }
}

function explanation(route: Route & { to: 'voice' }, { outputs: { voice } }: OutletOptions): () => void {
  return () => {
    if (route.why === 'reader-out-of-reach') voice.explainOutOfReach(route.deaf)
  }
}

/**
 * A screen reader gets two utterances per caption (behavior B2): the first sentence, then the rest. Each goes to one place,
 * where the user is at that moment: the live region of a window without focus is not heard. When the reader goes away, our
 * own voice says what has not been said yet.
 */
function createReaderOutlet(firstRoute: Route, options: OutletOptions): Outlet {
  const { outputs, findRoute, lost, readerName, language } = options
  const rest: SpokenPiece[] = []
  let first: Promise<void> | null = null
  let utterance: ReaderUtterance | null = null
  let substitute: Outlet | null = null
  /** Silenced by the user or by Descry. */
  let isOver = false

  function speakInstead(pieces: SpokenPiece[], explain: () => void): void {
    if (isOver) return
    substitute = createVoiceOutlet(options, 'normal', explain)
    for (const piece of [...pieces, ...rest.splice(0)]) substitute.say(piece)
  }

  async function hand(route: Route, pieces: SpokenPiece[], warnings: string[] = []): Promise<void> {
    const text = joinPieces([...pieces, ...warnings.map((warning) => ({ text: warning, sentenceId: null }))])
    if (route.to === 'window') outputs.toWindow(text, 'polite')
    else if (route.to === 'voice') {
      const isGone = route.why === 'no-reader'
      speakInstead(pieces, isGone ? () => outputs.voice.explainLoss(null, readerName) : explanation(route, options))
    } else if (route.to === 'reader') {
      utterance = outputs.toReader(route.output, text, voiceLanguage(text, language, []).language)
      const outcome = await utterance.outcome
      if (outcome === 'dropped') isOver = true
      else if (outcome !== 'said') {
        lost(route.output)
        speakInstead(pieces, () => outputs.voice.explainLoss(outcome, readerName))
      }
    }
  }

  async function finish(route: Route, warnings: string[]): Promise<void> {
    await hand(route, rest.splice(0), warnings)
    await substitute?.end(warnings)
  }

  return {
    say(piece) {
      if (substitute !== null) substitute.say(piece)
      else if (first !== null) rest.push(piece)
      else first = hand(firstRoute, [piece])
    },
    async end(warnings) {
      await first
      if (isOver) return
      if (substitute !== null) return substitute.end(warnings)
      if (rest.length + warnings.length === 0) return
      const route = first === null ? firstRoute : await findRoute()
      // Handing over is enough: the reader may take its time.
      if (!isOver) void finish(route, warnings)
    },
    cancel() {
      isOver = true
      utterance?.cancel()
      substitute?.cancel()
    }
  }
}
