import type { Clock } from '#core/ports/time.ts'

/** The computer's own monotonic clock. */
export function createSystemClock(): Clock {
  return {
    nowMs: () => performance.now(),
    after(ms, callback) {
      const timer = setTimeout(callback, ms)
      return () => clearTimeout(timer)
    }
  }
}

/** The same, for work that the program does not have to stay alive for. */
export function createIdleClock(): Clock {
  return {
    nowMs: () => performance.now(),
    after(ms, callback) {
      const timer = setTimeout(callback, ms)
      timer.unref()
      return () => clearTimeout(timer)
    }
  }
}
