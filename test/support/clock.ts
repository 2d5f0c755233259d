import type { Clock } from '#core/ports/time.ts'

export interface FakeClock extends Clock {
  /** Moves time on, calling back what is due in order, and lets pending promises run after each call. */
  advance(ms: number): Promise<void>
  /** Callbacks that were neither called nor canceled yet. */
  readonly pending: number
}

/** Lets resolved promises run to their next await. */
export function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}

/** A clock moved by hand; it starts at 0. */
export function createFakeClock(): FakeClock {
  let now = 0
  const timers = new Set<{ dueMs: number; callback: () => void }>()
  return {
    nowMs: () => now,
    after(ms, callback) {
      const timer = { dueMs: now + Math.max(0, ms), callback }
      timers.add(timer)
      return () => timers.delete(timer)
    },
    async advance(ms) {
      const target = now + ms
      await settle()
      for (;;) {
        const due = [...timers].filter((timer) => timer.dueMs <= target).toSorted((a, b) => a.dueMs - b.dueMs)[0]
        if (!due) break
        timers.delete(due)
        now = due.dueMs
        due.callback()
        await settle()
      }
      now = target
      await settle()
    },
    get pending() {
      return timers.size
    }
  }
}
