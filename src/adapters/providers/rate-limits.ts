import type { RateLimits } from '#core/ports/vision.ts'

/**
 * The rate limits in response headers: OpenAI's `x-ratelimit-limit-requests` and so on, which most others copy, or
 * Anthropic's `anthropic-ratelimit-requests-limit`. Null if there are none.
 */
export function readRateLimits(headers: Headers, nowMs = serverTimeMs(headers)): RateLimits | null {
  const count = (one: 'limit' | 'remaining', of: 'requests' | 'tokens'): number | null =>
    readCount(headers.get(`x-ratelimit-${one}-${of}`) ?? headers.get(`anthropic-ratelimit-${of}-${one}`))
  const reset = (of: 'requests' | 'tokens'): number | null =>
    readDuration(headers.get(`x-ratelimit-reset-${of}`)) ??
    readTime(headers.get(`anthropic-ratelimit-${of}-reset`), nowMs)
  const limits: RateLimits = {
    limitRequests: count('limit', 'requests'),
    limitTokens: count('limit', 'tokens'),
    remainingRequests: count('remaining', 'requests'),
    remainingTokens: count('remaining', 'tokens'),
    resetRequestsMs: reset('requests'),
    resetTokensMs: reset('tokens')
  }
  return Object.values(limits).every((value) => value === null) ? null : limits
}

/** The server's time, because this computer's clock may be hours off, and a time from the server is compared with it. */
export function serverTimeMs(headers: Headers): number {
  const time = Date.parse(headers.get('date') ?? '')
  return Number.isNaN(time) ? Date.now() : time
}

function readCount(header: string | null): number | null {
  return header !== null && /^\s*\d{1,15}\s*$/u.test(header) ? Number(header) : null
}

const unitMs: Record<string, number> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

/** Go's notation: "1s", "6m0s", "120ms", "1h2m3.5s"; a bare number is seconds. */
function readDuration(header: string | null): number | null {
  const text = header?.trim() ?? ''
  if (/^\d+(?:\.\d+)?$/u.test(text)) return Number(text) * 1000
  if (!/^(?:\d+(?:\.\d+)?(?:ms|[dhms]))+$/u.test(text)) return null
  const parts = text.matchAll(/(\d+(?:\.\d+)?)(ms|[dhms])/gu)
  return Math.round([...parts].reduce((sum, [, value, unit]) => sum + Number(value) * (unitMs[unit ?? ''] ?? 0), 0))
}

/** An RFC 3339 time, as milliseconds from now. */
function readTime(header: string | null, nowMs: number): number | null {
  const time = Date.parse(header ?? '')
  return Number.isNaN(time) ? null : Math.max(0, time - nowMs)
}
