import type { Clock } from '../ports/time.ts'
import type { Cause, Occasion } from './routes.ts'

export interface ProgressOptions {
  clock: Clock
  /** A soft sound. */
  tick: (occasion: Occasion) => void
  /** Says so, once a wait. */
  stillWaiting: (occasion: Occasion) => void
}

export interface Wait {
  /** The answer began, failed or was given up. Stopping twice is fine. */
  stop(): void
}

export interface Progress {
  /** Begin it with the request. Of waits at the same time only the oldest is heard, so that ticks never mix. */
  start(cause?: Cause): Wait
}

const firstTickMs = 3000
/** Ticks fall at 3, 7, 11, 15 s …: never on the words at 12 s. */
const tickEveryMs = 4000
const stillWaitingMs = 12_000

/** What is heard while a request runs (behavior B8): nothing at first, then soft ticks, and once the words. */
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
