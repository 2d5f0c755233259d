import type { Clock } from '../ports/time.ts'
import type { RateLimits } from '../ports/vision.ts'

export interface PaceOptions {
  clock: Clock
  /** More requests are never on their way at the same time. */
  maxInFlight: number
  /** Nor more than these where the provider says nothing of its limits: found by trying, from 4 on. */
  maxInFlightUnstated: number
  /** Nothing will be sent for so long, and somebody may wonder. */
  onLongWait?: (waitMs: number) => void
}

/** One picture's right to send one request. It ends with `done`, `refused` or `unreachable`; what comes after does nothing. */
export interface Turn {
  /** Response headers have come, also those of a refusal. */
  answered(limits: RateLimits | null): void
  /** The request is over. `tokens` as the provider counted them, where it did. */
  done(tokens: number | null): void
  /** The provider refused it: nothing more is sent for as long as it wants, else a little longer each time. */
  refused(retryAfterMs: number | null): void
  /** The provider is not there. */
  unreachable(): void
}

export interface Pace {
  /** Resolves, first come first served, as soon as one more request may be sent. Rejects when the signal fires. */
  turn(signal: AbortSignal): Promise<Turn>
}

/** What the provider still allows of requests or of tokens, as its last headers told. */
interface Budget {
  limit: number
  /** At `atMs`; may be below 0 for what was on its way then. */
  left: number
  atMs: number
  /** What comes back in a millisecond; 0 while it is not known. */
  backPerMs: number
  /** When all of it is back. */
  fullAtMs: number
}

const firstInFlight = 4
const firstPauseMs = 1000
const leastGrowth = 0.05
const longestPauseMs = 60_000
/** What a timer of the system can hold, with room. */
const longestTimerMs = 3_600_000
/** Beyond this a wait is told of. */
const longWaitMs = 10_000

/**
 * Sends as much as the provider's rate limits allow, and no more: it learns them from the headers of each answer, and
 * from refusals. Budgets are taken to fill steadily, as OpenAI's do; one that comes back all at once shows itself by a
 * refusal that asks for a longer wait, and is then awaited.
 */
export function createPace({ clock, maxInFlight, maxInFlightUnstated, onLongWait }: PaceOptions): Pace {
  let requests: Budget | null = null
  let tokens: Budget | null = null
  let inFlight = 0
  /** Sent, and not yet part of what headers told. */
  let unanswered = 0
  let allowedInFlight = Math.min(firstInFlight, maxInFlightUnstated)
  let tokensARequest = 0
  let pausedUntilMs = 0
  let pauses = 0
  let fillsAtOnce = false
  let growth = 1
  /** The headers allowed what was then refused. */
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
    // Once, unless it becomes much longer.
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

  /** False when it is one of several that came back together. */
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
        // Without headers to go by it is found out by trying, a little more each time all went well, and less so the more
        // often that was refused.
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
        // One tries whether it is back.
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
