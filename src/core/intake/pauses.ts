import type { Clock } from '../ports/time.ts'

/** Pauses of watching: by the user, or because too many pictures come. */
export interface Pauses {
  /** Counts an event; true while paused, also when it is this one that begins the pause. */
  isTooMany(): boolean
  isByUser(): boolean
  /** The user's own. */
  pauseFor(ms: number): void
  /** Ends any pause at once; nothing is said. */
  end(): void
  /** Until when at the earliest, on the clock; null when there is none. */
  untilMs(): number | null
}

export interface PausesOptions {
  clock: Clock
  /** One began because of too many events. */
  onPaused: () => void
  /** One is over by itself. */
  onResumed: () => void
}

const minuteMs = 60_000
const maxInMinute = 10

/** After ten events in a minute it pauses; such a pause ends with the first whole minute in which fewer than ten came. */
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
