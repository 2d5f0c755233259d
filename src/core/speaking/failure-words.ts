import type { ErrorCode, Failure } from '#shared/errors.ts'
import type { Clock } from '../ports/time.ts'

const maxWords = 15
const shortFormForMs = 10 * 60_000

/**
 * What is said of a failure (behavior B11): cause and next step in at most 15 words; the cause alone when the same was
 * said within 10 minutes, or when both together are too long.
 */
export function createFailureWords(clock: Clock): (failure: Failure) => string {
  const saidAtMs = new Map<ErrorCode, number>()
  return ({ code, message, next }) => {
    const nowMs = clock.nowMs()
    const wasJustSaid = nowMs - (saidAtMs.get(code) ?? -Infinity) < shortFormForMs
    saidAtMs.set(code, nowMs)
    const whole = `${message} ${next}`.trim()
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
