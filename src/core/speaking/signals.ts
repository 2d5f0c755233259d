import { earconMessages, type Earcon } from '#shared/earcons.ts'
import { t } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'
import type { EarconPlayer, Presence } from '../ports/speech.ts'
import type { Clock } from '../ports/time.ts'
import type { Cause, Occasion, Route, Routes } from './routes.ts'

/** Short sounds, each as a sound or, where Descry is silent, as its text: never both. */
export interface Signals {
  /** @param words the route of the message that goes with the sound; null if it was dropped. */
  give(earcon: Earcon, occasion: Occasion, words?: Promise<Route | null>): Promise<void>
  /** A new wait begins: its text is shown again, once. */
  beginWait(): void
}

export function createSignals(options: {
  earcons: EarconPlayer
  presence: Presence
  settings: () => Settings
  findRoute: Routes['find']
  showText: (text: string) => void
}): Signals {
  const { earcons, presence, settings, findRoute, showText } = options
  let wasWorkingShown = false

  return {
    async give(earcon, occasion, words) {
      if (occasion === 'watcher' && (await presence.isShared())) return
      const { speaker, earconVolumePercent } = settings()
      if (speaker !== 'silent' && earconVolumePercent > 0) return earcons.play(earcon, earconVolumePercent)
      if (earcon === 'working' && wasWorkingShown) return
      const route = await (words ?? findRoute(occasion))
      // A message says more than the text. Without one, people who turned sounds off and hear Descry speak need no text.
      const isSaid = words ? route?.to !== 'nobody' : speaker !== 'silent' && route?.to !== 'nobody'
      if (isSaid) return
      if (earcon === 'working') wasWorkingShown = true
      showText(t(earconMessages[earcon]))
    },
    beginWait() {
      wasWorkingShown = false
    }
  }
}

export interface ProgressOptions {
  clock: Clock
  /** A soft sound. */
  tick: (occasion: Occasion) => void
  /** Says so in words, once a wait. */
  stillWaiting: (occasion: Occasion) => void
}

export interface Wait {
  /** The answer began, failed, or was given up. Stopping twice is fine. */
  stop(): void
}

export interface Progress {
  /** Call it with the request. Of several waits only the oldest is heard, so that ticks never mix. */
  start(cause?: Cause): Wait
}

const firstTickMs = 3000
/** Ticks come at 3, 7, 11, 15 s, and so never together with the words at 12 s. */
const tickEveryMs = 4000
const stillWaitingMs = 12_000

/** What is heard while a request runs (behavior B8): nothing at first, then soft ticks, and once "Still working". */
export function createProgress({ clock, tick, stillWaiting }: ProgressOptions): Progress {
  const waits = new Set<Wait>()

  return {
    start(cause = 'command') {
      const occasion = cause === 'command' ? 'progress' : cause
      const isHeard = (): boolean => waits.values().next().value === wait
      const onTick = (): void => {
        cancelTick = clock.after(tickEveryMs, onTick)
        if (isHeard()) tick(occasion)
      }
      let cancelTick = clock.after(firstTickMs, onTick)
      const cancelWords = clock.after(stillWaitingMs, () => {
        if (isHeard()) stillWaiting(occasion)
      })
      const wait: Wait = {
        stop() {
          waits.delete(wait)
          cancelTick()
          cancelWords()
        }
      }
      waits.add(wait)
      return wait
    }
  }
}
