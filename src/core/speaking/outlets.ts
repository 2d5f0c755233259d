import { joinSentences, type Outlet } from './caption-announcement.ts'
import { voiceLanguage } from './language.ts'
import type { Outputs } from './outputs.ts'
import { ownLanguage } from './own-voice.ts'
import type { ReaderUtterance } from './reader-speech.ts'
import type { Route, Routes } from './routes.ts'
import type { Priority } from './speech-queue.ts'

export interface OutletOptions {
  outputs: Outputs
  /** The route as it is now: asked again before the second utterance. */
  findRoute: () => Promise<Route>
  lost: Routes['lost']
  /** The reader that ran when the caption began. */
  readerName: string
  /** In our own voice. */
  priority: Priority
  /** The language that captions are asked for in, BCP 47. */
  language: string
}

const nowhere: Outlet = { say: () => undefined, end: () => undefined, cancel: () => undefined }

/** Where a caption goes whose first sentence takes this route. */
export function createOutlet(route: Route, options: OutletOptions): Outlet {
  if (route.to === 'nobody') return nowhere
  if (route.to === 'voice') return createVoiceOutlet(options.outputs, options.priority, explanation(route, options))
  options.outputs.voice.forgetCaption()
  return createReaderOutlet(route, options)
}

/** Sentence by sentence; `explain` has the last word. */
function createVoiceOutlet({ voice }: Outputs, priority: Priority, explain: () => void): Outlet {
  const stream = voice.stream(priority)
  return {
    // A line break, so that the queue does not wait to see whether the sentence goes on.
    say: (sentence) => stream.append(`${sentence}\n`),
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
 * A screen reader gets two utterances a caption (behavior B2): the first sentence, then all the rest. Each goes to one
 * place, where the user is then: a live region is not heard in a window that has lost the focus. When the reader goes
 * away, our own voice says what is not yet said.
 */
function createReaderOutlet(firstRoute: Route, options: OutletOptions): Outlet {
  const { outputs, findRoute, lost, readerName, language } = options
  const rest: string[] = []
  let first: Promise<void> | null = null
  let utterance: ReaderUtterance | null = null
  let substitute: Outlet | null = null
  /** Silenced, by the user or by us. */
  let isOver = false

  function speakInstead(sentences: string[], explain: () => void): void {
    if (isOver) return
    substitute = createVoiceOutlet(outputs, 'normal', explain)
    for (const sentence of [...sentences, ...rest.splice(0)]) substitute.say(sentence)
  }

  async function hand(route: Route, sentences: string[], warnings: string[] = []): Promise<void> {
    const text = joinSentences([...sentences, ...warnings])
    if (route.to === 'window') outputs.toWindow(text, 'polite')
    else if (route.to === 'voice') {
      const isGone = route.why === 'no-reader'
      speakInstead(sentences, isGone ? () => outputs.voice.explainLoss(null, readerName) : explanation(route, options))
    } else if (route.to === 'reader') {
      utterance = outputs.toReader(route.output, text, voiceLanguage(text, language, []).language)
      const outcome = await utterance.outcome
      if (outcome === 'dropped') isOver = true
      else if (outcome !== 'said') {
        lost(route.output)
        speakInstead(sentences, () => outputs.voice.explainLoss(outcome, readerName))
      }
    }
  }

  async function finish(route: Route, warnings: string[]): Promise<void> {
    await hand(route, rest.splice(0), warnings)
    await substitute?.end(warnings)
  }

  return {
    say(sentence) {
      if (substitute !== null) substitute.say(sentence)
      else if (first !== null) rest.push(sentence)
      else first = hand(firstRoute, [sentence])
    },
    async end(warnings) {
      await first
      if (isOver) return
      if (substitute !== null) return substitute.end(warnings)
      if (rest.length + warnings.length === 0) return
      const route = first === null ? firstRoute : await findRoute()
      // Handed over is enough: how long the reader takes is its own affair.
      if (!isOver) void finish(route, warnings)
    },
    cancel() {
      isOver = true
      utterance?.cancel()
      substitute?.cancel()
    }
  }
}
