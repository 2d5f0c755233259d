import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createPace, type Pace, type Turn } from '#core/batch/pace.ts'
import type { RateLimits } from '#core/ports/vision.ts'
import { createFakeClock, settle, type FakeClock } from '#test/clock.ts'

let clock: FakeClock
let pace: Pace
const never = new AbortController().signal

beforeEach(() => {
  clock = createFakeClock()
  pace = createPace({ clock, maxInFlight: 20, maxInFlightUnstated: 8 })
})
afterEach(() => expect(clock.pending).toBeLessThan(2))

const told = (limit: number, remaining: number, resetMs: number): RateLimits => ({
  limitRequests: limit,
  remainingRequests: remaining,
  resetRequestsMs: resetMs,
  limitTokens: null,
  remainingTokens: null,
  resetTokensMs: null
})

/** Asks for so many turns at once; `started` holds those that were given. */
function askFor(count: number): Turn[] {
  const started: Turn[] = []
  for (let index = 0; index < count; index += 1) void pace.turn(never).then((turn) => started.push(turn))
  return started
}

/** A provider with a bucket that fills steadily, or all at once at the end of each period. */
function provider(limit: number, periodMs: number, answerMs: number, fillsAtOnce = false) {
  let level = limit
  let atMs = 0
  let answered = 0
  let refused = 0
  const refill = (): void => {
    const nowMs = clock.nowMs()
    if (!fillsAtOnce) level = Math.min(limit, level + ((nowMs - atMs) * limit) / periodMs)
    else if (Math.floor(nowMs / periodMs) > Math.floor(atMs / periodMs)) level = limit
    atMs = nowMs
  }
  return {
    get answered() {
      return answered
    },
    get refused() {
      return refused
    },
    ask(turn: Turn): void {
      refill()
      const backMs = fillsAtOnce ? periodMs - (clock.nowMs() % periodMs) : ((limit - level) * periodMs) / limit
      if (level < 1) {
        refused += 1
        turn.answered(told(limit, 0, backMs))
        turn.refused(fillsAtOnce ? backMs : periodMs / limit)
        return
      }
      level -= 1
      turn.answered(told(limit, Math.floor(level), backMs + periodMs / limit))
      clock.after(answerMs, () => {
        answered += 1
        turn.done(100)
      })
    }
  }
}

describe('the pace of a batch', () => {
  it('reaches nine tenths of what a steady limit allows, without refusals', async () => {
    const server = provider(60, 60_000, 3000)
    for (let index = 0; index < 400; index += 1) void pace.turn(never).then((turn) => server.ask(turn))
    await clock.advance(120_000)
    expect(server.answered).toBeGreaterThanOrEqual(0.9 * (60 + 120))
    expect(server.refused).toBeLessThanOrEqual(3)
    await clock.advance(600_000)
  })

  it('waits for a limit that comes back all at once, and probes it little', async () => {
    const server = provider(50, 60_000, 500, true)
    const asks = (): void => void pace.turn(never).then((turn) => server.ask(turn))
    for (let index = 0; index < 200; index += 1) asks()
    await clock.advance(185_000)
    expect(server.answered + server.refused).toBe(200)
    expect(server.answered).toBeGreaterThanOrEqual(180)
    await clock.advance(600_000)
  })

  it('begins with few where nothing is told, and grows while all goes well', async () => {
    const started = askFor(30)
    await settle()
    expect(started).toHaveLength(4)
    for (let round = 0; round < 60; round += 1) {
      started[round]?.done(null)
      await settle()
    }
    expect(started).toHaveLength(30)
  })

  it('never has more on their way than it may, whatever the headers say', async () => {
    const started = askFor(100)
    await settle()
    started[0]?.answered(told(10_000, 9999, 6))
    await settle()
    expect(started).toHaveLength(20)
    for (const turn of started) turn.done(null)
  })

  it('is silent after a refusal for as long as the provider wants', async () => {
    const started = askFor(10)
    await settle()
    for (const turn of started.slice(0, 4)) turn.refused(7000)
    await clock.advance(6900)
    expect(started).toHaveLength(4)
    await clock.advance(200)
    expect(started.length).toBeGreaterThan(4)
  })

  it('heeds a limit on tokens', async () => {
    const limits: RateLimits = {
      ...told(1000, 999, 60),
      limitTokens: 10_000,
      remainingTokens: 5000,
      resetTokensMs: 30_000
    }
    const turn = await pace.turn(never)
    turn.answered(limits)
    turn.done(5000)
    const next = await pace.turn(never)
    next.answered({ ...limits, remainingTokens: 0, resetTokensMs: 60_000 })
    const started = askFor(1)
    await clock.advance(29_000)
    expect(started).toHaveLength(0)
    await clock.advance(2000)
    expect(started).toHaveLength(1)
  })

  it('asks little more than it gets where the headers promise too much', async () => {
    const server = provider(30, 30_000, 1000)
    const ask = async (): Promise<void> => {
      const turn = await pace.turn(never)
      const before = server.refused
      // Whatever the provider says, the headers are those of a large budget.
      server.ask({ ...turn, answered: () => turn.answered(told(1_000_000, 999_999, 6)) })
      if (server.refused > before) await ask()
    }
    for (let index = 0; index < 200; index += 1) void ask()
    await clock.advance(180_000)
    expect(server.answered).toBeGreaterThanOrEqual(0.95 * 200)
    expect(server.refused).toBeLessThan(120)
  })

  it('tells of a long wait once, and lives with one that no timer can hold', async () => {
    const waits: number[] = []
    pace = createPace({ clock, maxInFlight: 20, maxInFlightUnstated: 8, onLongWait: (waitMs) => waits.push(waitMs) })
    const started = askFor(6)
    await settle()
    for (const turn of started.slice(0, 4)) turn.refused(3_000_000_000)
    await clock.advance(7_200_000)
    expect(started).toHaveLength(4)
    expect(waits).toEqual([3_000_000_000])
    await clock.advance(2_993_000_000)
    expect(started.length).toBeGreaterThan(4)
  })

  it('lets go of those who no longer wait', async () => {
    askFor(4)
    await settle()
    const controller = new AbortController()
    const turn = pace.turn(controller.signal)
    controller.abort()
    await expect(turn).rejects.toThrow('abort')
  })
})
