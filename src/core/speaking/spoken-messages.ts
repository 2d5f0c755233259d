import { failureText, type ErrorCode, type Failure } from '#shared/errors.ts'
import type { Clock } from '../ports/time.ts'
import type { Outputs, Urgency } from './outputs.ts'
import { ownLanguage } from './own-voice.ts'
import type { Occasion, Route, Routes } from './routes.ts'
import { speakable } from './speakable.ts'
import type { Priority } from './speech-queue.ts'

/** An utterance of its own, such as "Picture ready" or a failure. */
export interface Message {
  text: string
  occasion: Occasion
  urgency: Urgency
  priority: Priority
  /** BCP 47. */
  language: string
}

export interface SpokenMessages {
  /** Resolves with the route it took, or null if it was dropped first. */
  tell(message: Message): Promise<Route | null>
  /** To the focused window or the screen reader; otherwise nowhere, or to the window anyway if it `mustBeShown`. */
  tellAside(text: string, urgency: Urgency, mustBeShown: boolean): Promise<void>
  /** Drops the messages that have not been handed over yet. */
  drop(): void
  /** Resolves when all have been handed over. */
  idle(): Promise<void>
}

export function createSpokenMessages(routes: Routes, outputs: Outputs): SpokenMessages {
  /** Keeps messages in order although each route is found asynchronously. */
  let inOrder: Promise<unknown> = Promise.resolve()
  /** Messages of an earlier generation have been dropped. */
  let generation = 0

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
      const born = generation
      const before = inOrder
      const told = (async () => {
        await before
        const route = await routes.find(message.occasion)
        if (born !== generation) return null
        give(route, message)
        return route
      })()
      inOrder = told
      return told
    },
    async tellAside(text, urgency, mustBeShown) {
      const born = generation
      const route = await routes.findAside()
      if (born !== generation && !mustBeShown) return
      if (route.to === 'reader') outputs.toReader(route.output, speakable(text), ownLanguage)
      else if (route.to === 'window' || mustBeShown) outputs.toWindow(speakable(text), urgency)
    },
    drop() {
      generation += 1
      // Messages to come need not wait for the route of a dropped one.
      inOrder = Promise.resolve()
    },
    async idle() {
      await inOrder
    }
  }
}

const maxWords = 15
const shortFormForMs = 10 * 60_000

/**
 * What is said about a failure (behavior B11): the cause and the next step in at most 15 words; only the cause if the same
 * failure was announced in the last 10 minutes, or if both together are too long.
 */
export function createFailureWords(clock: Clock): (failure: Failure) => string {
  const saidAtMs = new Map<ErrorCode, number>()
  return (failure) => {
    const { code, message } = failure
    const nowMs = clock.nowMs()
    const wasJustSaid = nowMs - (saidAtMs.get(code) ?? -Infinity) < shortFormForMs
    saidAtMs.set(code, nowMs)
    const whole = failureText(failure)
    return wasJustSaid || countWords(whole) > maxWords ? firstWords(message) : whole
  }
}

function countWords(text: string): number {
  return text.split(/\s+/u).filter((word) => word !== '').length
}

function firstWords(text: string): string {
  const words = text.split(/\s+/u).filter((word) => word !== '')
  return words.length <= maxWords ? words.join(' ') : `${words.slice(0, maxWords).join(' ')} …`
}
