import { describe, expect, it } from 'vitest'
import { readRateLimits } from '#adapters/providers/rate-limits.ts'

const none = {
  limitRequests: null,
  limitTokens: null,
  remainingRequests: null,
  remainingTokens: null,
  resetRequestsMs: null,
  resetTokensMs: null
}

describe('rate limits in headers', () => {
  it("are read in OpenAI's form", () => {
    const headers = new Headers({
      'x-ratelimit-limit-requests': '60',
      'x-ratelimit-limit-tokens': '150000',
      'x-ratelimit-remaining-requests': '59',
      'x-ratelimit-remaining-tokens': '149984',
      'x-ratelimit-reset-requests': '1s',
      'x-ratelimit-reset-tokens': '6m0s'
    })
    expect(readRateLimits(headers)).toEqual({
      limitRequests: 60,
      limitTokens: 150_000,
      remainingRequests: 59,
      remainingTokens: 149_984,
      resetRequestsMs: 1000,
      resetTokensMs: 360_000
    })
  })

  it("are read in Anthropic's form", () => {
    const headers = new Headers({
      'anthropic-ratelimit-requests-limit': '50',
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': '2026-11-22T20:00:30Z',
      'anthropic-ratelimit-tokens-limit': '40000',
      'anthropic-ratelimit-tokens-remaining': '39000',
      'anthropic-ratelimit-tokens-reset': '2026-11-22T19:59:00Z'
    })
    expect(readRateLimits(headers, Date.parse('2026-11-22T20:00:00Z'))).toEqual({
      limitRequests: 50,
      limitTokens: 40_000,
      remainingRequests: 0,
      remainingTokens: 39_000,
      resetRequestsMs: 30_000,
      resetTokensMs: 0
    })
  })

  it.each([
    ['120ms', 120],
    ['8.64s', 8640],
    ['1h2m3.5s', 3_723_500],
    ['1m30s', 90_000],
    ['2d', 172_800_000],
    ['0s', 0],
    ['12', 12_000],
    ['soon', null],
    ['-5s', null],
    ['5x', null],
    ['', null]
  ])('are read with a reset of %j', (header, ms) => {
    const headers = new Headers({ 'x-ratelimit-remaining-requests': '1', 'x-ratelimit-reset-requests': header })
    expect(readRateLimits(headers)).toEqual({ ...none, remainingRequests: 1, resetRequestsMs: ms })
  })

  it('are null when the server sends none, or nonsense', () => {
    expect(readRateLimits(new Headers({ 'content-type': 'text/event-stream' }))).toBeNull()
    expect(readRateLimits(new Headers({ 'x-ratelimit-limit-requests': 'many' }))).toBeNull()
    expect(readRateLimits(new Headers({ 'x-ratelimit-remaining-tokens': '-3' }))).toBeNull()
  })

  it("are relative to the server's clock when the headers give it", () => {
    const headers = new Headers({
      date: 'Sun, 22 Nov 2026 20:00:00 GMT',
      'anthropic-ratelimit-requests-reset': '2026-11-22T20:00:30Z'
    })
    expect(readRateLimits(headers)?.resetRequestsMs).toBe(30_000)
  })
})
