import type { Clock } from '../ports/time.ts'

/** Pauses watching, for the user or because too many pictures come. */
export interface Pauses {
  /** Counts an event; true while paused, including for the event that starts the pause. */
  isTooMany(): boolean
  isByUser(): boolean
  /** Starts the user's own pause. */
  pauseFor(ms: number): void
  /** Ends any pause at once, without `onResumed`. */
  end(): void
  /** The earliest time at which the pause can end, on the clock; null if there is none. */
  untilMs(): number | null
}

export interface PausesOptions {
  clock: Clock
  /** A pause started because of too many events. */
  onPaused: () => void
  /** A pause ended by itself. */
  onResumed: () => void
}

const minuteMs = 60_000
const maxInMinute = 10

/** Pauses after ten events in a minute, until the first whole minute with fewer than ten. */
export function createPauses({ clock, onPaused, onResumed }: PausesOptions): Pauses {
  /** When each event of the last minute began. */
  let eventsMs: number[] = []
  let pause: { untilMs: number; isByUser: boolean; arrived: number; cancel: () => void } | null = null

  function end(): void {
    pause?.cancel()
    pause = null
    eventsMs = []
  }

  function begin(ms: number, isByUser: boolean): void {
    const cancel = clock.after(ms, () => {
      if (!isByUser && pause && pause.arrived >= maxInMinute) return begin(ms, isByUser)
      end()
      onResumed()
    })
    pause = { untilMs: clock.nowMs() + ms, isByUser, arrived: 0, cancel }
  }

  return {
    isTooMany() {
      const nowMs = clock.nowMs()
      if (pause) {
        pause.arrived += 1
        return true
      }
      eventsMs = eventsMs.filter((atMs) => nowMs - atMs < minuteMs)
      if (eventsMs.length < maxInMinute) {
        eventsMs.push(nowMs)
        return false
      }
      begin(minuteMs, false)
      onPaused()
      return true
    },
    isByUser: () => pause?.isByUser ?? false,
    pauseFor(ms) {
      end()
      begin(ms, true)
    },
    end,
    untilMs: () => pause?.untilMs ?? null
  }
}
