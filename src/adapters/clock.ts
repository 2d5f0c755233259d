import type { Clock } from '#core/ports.ts'

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
