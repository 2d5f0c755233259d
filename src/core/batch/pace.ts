import type { Clock } from '../ports/time.ts'
import type { RateLimits } from '../ports/vision.ts'

export interface PaceOptions {
  clock: Clock
  /** The most requests in flight at the same time. */
  maxInFlight: number
  /** The most in flight when the provider doesn't state its limits. The pace is then found by trying, starting at 4. */
  maxInFlightUnstated: number
  /** Called when nothing will be sent for so long that the user should know why. */
  onLongWait?: (waitMs: number) => void
}

/** Permission to send one request. Ends with `done`, `refused` or `unreachable`; later calls do nothing. */
export interface Turn {
  /** Response headers arrived, including those of a refusal. */
  answered(limits: RateLimits | null): void
  /** The request is over. `tokens` is the provider's count, null if it gave none. */
  done(tokens: number | null): void
  /** The provider refused it: sending pauses for as long as it asks, or a little longer each time if it doesn't say. */
  refused(retryAfterMs: number | null): void
  /** The provider could not be reached. */
  unreachable(): void
}

export interface Pace {
  /** Resolves, in order of the calls, as soon as another request may be sent. Rejects when the signal fires. */
  turn(signal: AbortSignal): Promise<Turn>
}

/** The requests or tokens that the provider still allows, according to its latest headers. */
interface Budget {
  limit: number
  /** At `atMs`; may be below 0 because of requests that were in flight then. */
  left: number
  atMs: number
  /** How much is restored per millisecond; 0 while unknown. */
  backPerMs: number
  /** When the budget is full again. */
  fullAtMs: number
}

const firstInFlight = 4
const firstPauseMs = 1000
const leastGrowth = 0.05
const longestPauseMs = 60_000
/** Safely below the longest delay that a system timer supports. */
const longestTimerMs = 3_600_000
/** Longer waits are reported. */
const longWaitMs = 10_000

/**
 * Sends as much as the provider's rate limits allow, and no more. It learns the limits from the headers of each answer
 * and from refusals. Budgets are assumed to refill steadily, as OpenAI's do. If one refills all at once instead, a
 * refusal asks for a longer wait, and that wait is kept.
 */
export function createPace({ clock, maxInFlight, maxInFlightUnstated, onLongWait }: PaceOptions): Pace {
  let requests: Budget | null = null
  let tokens: Budget | null = null
  let inFlight = 0
  /** Requests sent but not yet reflected in the headers. */
  let unanswered = 0
  let allowedInFlight = Math.min(firstInFlight, maxInFlightUnstated)
  let tokensARequest = 0
  let pausedUntilMs = 0
  let pauses = 0
  let fillsAtOnce = false
  let growth = 1
  /** The headers allowed a request that was then refused. */
  let hasMisled = false
  let toldUntilMs = 0
  const waiting: (() => void)[] = []
  let cancelTimer = (): void => undefined

  /** How long until the budget has room for `amount`. */
  const waitFor = (budget: Budget | null, amount: number): number => {
    if (budget === null || amount === 0) return 0
    const nowMs = clock.nowMs()
    if (nowMs >= budget.fullAtMs && budget.left < amount) {
      budget.left = budget.limit - unanswered * amount
      budget.atMs = nowMs
    }
    const missing = Math.min(amount, budget.limit) - budget.left
    if (missing <= 0) return 0
    if (fillsAtOnce || budget.backPerMs === 0) return Math.max(1, budget.fullAtMs - nowMs)
    return Math.max(0, missing / budget.backPerMs - (nowMs - budget.atMs))
  }

  const tellOf = (waitMs: number): void => {
    const nowMs = clock.nowMs()
    // Report it once, unless the wait becomes much longer.
    if (waitMs < longWaitMs || nowMs + waitMs < toldUntilMs + longWaitMs) return
    toldUntilMs = nowMs + waitMs
    onLongWait?.(waitMs)
  }

  const drain = (): void => {
    cancelTimer()
    while (waiting.length > 0 && inFlight < Math.floor(allowedInFlight)) {
      const waitMs = Math.max(pausedUntilMs - clock.nowMs(), waitFor(requests, 1), waitFor(tokens, tokensARequest))
      if (waitMs > 0) {
        tellOf(waitMs)
        cancelTimer = clock.after(Math.min(Math.ceil(waitMs), longestTimerMs), drain)
        return
      }
      inFlight += 1
      unanswered += 1
      if (requests !== null) requests.left -= 1
      if (tokens !== null) tokens.left -= tokensARequest
      waiting.shift()?.()
    }
  }

  const learned = (
    known: Budget | null,
    limit: number | null,
    left: number | null,
    resetMs: number | null,
    each: number
  ): Budget | null => {
    if (limit === null || left === null || limit <= 0) return known
    const nowMs = clock.nowMs()
    const used = limit - left
    const backPerMs = resetMs !== null && resetMs > 0 && used > 0 ? used / resetMs : (known?.backPerMs ?? 0)
    return {
      limit,
      left: left - unanswered * each,
      atMs: nowMs,
      backPerMs,
      fullAtMs: nowMs + (resetMs ?? longestPauseMs)
    }
  }

  /** False if this is one of several refusals that arrived together. */
  const pause = (askedMs: number | null): boolean => {
    const nowMs = clock.nowMs()
    const isNews = nowMs >= pausedUntilMs
    if (isNews) pauses += 1
    const pauseMs = askedMs ?? Math.min(longestPauseMs, firstPauseMs * 2 ** (pauses - 1))
    pausedUntilMs = Math.max(pausedUntilMs, nowMs + pauseMs)
    drain()
    return isNews
  }

  const startTurn = (): Turn => {
    let isUnanswered = true
    let isOver = false
    const heard = (): void => {
      if (isUnanswered) unanswered -= 1
      isUnanswered = false
    }
    const over = (): void => {
      heard()
      inFlight -= 1
      isOver = true
    }
    return {
      answered(limits) {
        heard()
        if (limits === null) return
        requests = learned(requests, limits.limitRequests, limits.remainingRequests, limits.resetRequestsMs, 1)
        tokens = learned(tokens, limits.limitTokens, limits.remainingTokens, limits.resetTokensMs, tokensARequest)
        if (requests !== null && !hasMisled) allowedInFlight = maxInFlight
        drain()
      },
      done(used) {
        if (isOver) return
        over()
        pauses = 0
        if (used !== null) tokensARequest = Math.max(used, tokensARequest * 0.9)
        // Without headers, the limit is found by trying: a little more after each success, in smaller steps the more
        // often requests were refused.
        if (requests === null || hasMisled)
          allowedInFlight = Math.min(
            requests === null ? maxInFlightUnstated : maxInFlight,
            allowedInFlight + growth / allowedInFlight
          )
        drain()
      },
      refused(retryAfterMs) {
        if (isOver) return
        over()
        hasMisled ||= requests !== null
        if (requests !== null && requests.backPerMs > 0 && (retryAfterMs ?? 0) > 5 / requests.backPerMs + firstPauseMs)
          fillsAtOnce = true
        if (!pause(retryAfterMs)) return
        allowedInFlight = Math.max(1, Math.min(allowedInFlight, inFlight + 1) / 2)
        growth = Math.max(leastGrowth, growth / 2)
      },
      unreachable() {
        if (isOver) return
        over()
        // A single request tests whether it is back.
        if (pause(null)) allowedInFlight = 1
      }
    }
  }

  return {
    turn(signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error)
        const enter = (): void => {
          signal.removeEventListener('abort', giveUp)
          resolve(startTurn())
        }
        const giveUp = (): void => {
          waiting.splice(waiting.indexOf(enter), 1)
          reject(signal.reason as Error)
        }
        signal.addEventListener('abort', giveUp, { once: true })
        waiting.push(enter)
        drain()
      })
    }
  }
}
