import { beforeEach, describe, expect, it } from 'vitest'
import { createProgress, type Progress } from '#core/speaking/signals.ts'
import { createFakeClock, type FakeClock } from '#test/clock.ts'

let clock: FakeClock
let progress: Progress
let heard: string[]

beforeEach(() => {
  clock = createFakeClock()
  heard = []
  progress = createProgress({
    clock,
    tick: () => heard.push(`tick at ${clock.nowMs()}`),
    stillWaiting: () => heard.push(`still waiting at ${clock.nowMs()}`)
  })
})

describe('progress', () => {
  it('is silent for an answer that begins within three seconds', async () => {
    const wait = progress.start()
    await clock.advance(2999)
    wait.stop()
    await clock.advance(60_000)
    expect(heard).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it('ticks every four seconds from the third second on, and says once that it is still working', async () => {
    progress.start()
    await clock.advance(24_000)
    expect(heard).toEqual([
      'tick at 3000',
      'tick at 7000',
      'tick at 11000',
      'still waiting at 12000',
      'tick at 15000',
      'tick at 19000',
      'tick at 23000'
    ])
  })

  it('is silent from the moment it is stopped, and can be stopped twice', async () => {
    const wait = progress.start()
    await clock.advance(11_500)
    wait.stop()
    wait.stop()
    await clock.advance(60_000)
    expect(heard).toEqual(['tick at 3000', 'tick at 7000', 'tick at 11000'])
    expect(clock.pending).toBe(0)
  })

  it('can be stopped from its own callbacks', async () => {
    const stopping = createProgress({
      clock,
      tick() {
        heard.push('tick')
        wait.stop()
      },
      stillWaiting: () => heard.push('still waiting')
    })
    const wait = stopping.start()
    await clock.advance(60_000)
    expect(heard).toEqual(['tick'])
    expect(clock.pending).toBe(0)
  })

  it('lets only the oldest of several waits be heard; the next one keeps its own times', async () => {
    const first = progress.start()
    await clock.advance(1000)
    progress.start()
    await clock.advance(6500)
    first.stop()
    await clock.advance(6000)
    expect(heard).toEqual(['tick at 3000', 'tick at 7000', 'tick at 8000', 'tick at 12000', 'still waiting at 13000'])
  })

  it('starts over with each request', async () => {
    progress.start().stop()
    await clock.advance(2000)
    progress.start()
    await clock.advance(3000)
    expect(heard).toEqual(['tick at 5000'])
  })
})
