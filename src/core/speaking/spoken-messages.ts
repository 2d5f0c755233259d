import type { Outputs, Urgency } from './outputs.ts'
import { ownLanguage } from './own-voice.ts'
import type { Occasion, Route, Routes } from './routes.ts'
import { speakable } from './speakable.ts'
import type { Priority } from './speech-queue.ts'

/** One utterance of its own, such as "Picture ready" or a failure. */
export interface Message {
  text: string
  occasion: Occasion
  urgency: Urgency
  priority: Priority
  /** BCP 47. */
  language: string
}

export interface SpokenMessages {
  /** Resolves with the route it took, or null when it was dropped first. */
  tell(message: Message): Promise<Route | null>
  /** To the window in focus, or the reader; else to nobody, or to the window all the same if it `mustBeShown`. */
  tellAside(text: string, urgency: Urgency, mustBeShown: boolean): Promise<void>
  /** Messages that were not yet given out are not said any more. */
  drop(): void
  /** Resolves when all have been given out. */
  idle(): Promise<void>
}

export function createSpokenMessages(routes: Routes, outputs: Outputs): SpokenMessages {
  /** Messages keep their order although each route is found asynchronously. */
  let inOrder: Promise<unknown> = Promise.resolve()
  /** Counts what drops messages. */
  let era = 0

  async function giveToReader(route: Route & { to: 'reader' }, message: Message): Promise<void> {
    const { text, priority, language } = message
    const outcome = await outputs.toReader(route.output, speakable(text), language).outcome
    if (outcome === 'said' || outcome === 'dropped') return
    routes.lost(route.output)
    outputs.voice.say(text, priority, language)
    outputs.voice.explainLoss(outcome, route.output.readerName)
  }

  function give(route: Route, message: Message): void {
    if (route.to === 'window') outputs.toWindow(speakable(message.text), message.urgency)
    else if (route.to === 'reader') void giveToReader(route, message)
    else if (route.to === 'voice') {
      outputs.voice.say(message.text, message.priority, message.language)
      if (route.why === 'reader-out-of-reach') outputs.voice.explainOutOfReach(route.deaf)
    }
  }

  return {
    tell(message) {
      const born = era
      const before = inOrder
      const told = (async () => {
        await before
        const route = await routes.find(message.occasion)
        if (born !== era) return null
        give(route, message)
        return route
      })()
      inOrder = told
      return told
    },
    async tellAside(text, urgency, mustBeShown) {
      const born = era
      const route = await routes.findAside()
      if (born !== era && !mustBeShown) return
      if (route.to === 'reader') outputs.toReader(route.output, speakable(text), ownLanguage)
      else if (route.to === 'window' || mustBeShown) outputs.toWindow(speakable(text), urgency)
    },
    drop() {
      era += 1
      // What is still asked about a dropped one holds up nothing.
      inOrder = Promise.resolve()
    },
    async idle() {
      await inOrder
    }
  }
}
