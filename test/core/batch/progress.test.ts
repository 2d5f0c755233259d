import { expect, it } from 'vitest'
import { createBatchProgress, duration } from '#core/batch/progress.ts'
import { createFakeClock } from '#test/clock.ts'

it('speaks at the quarters, and shows how long it will take', async () => {
  const clock = createFakeClock()
  const [shown, spoken]: [string[], string[]] = [[], []]
  const progress = createBatchProgress(100, clock, {
    onShown: (sentence) => shown.push(sentence),
    onSpoken: (sentence) => spoken.push(sentence)
  })
  for (let picture = 0; picture < 100; picture += 1) {
    await clock.advance(10_000)
    progress.step(false)
  }
  expect(spoken).toEqual(['25 percent, 13 minutes left.', '50 percent, 8 minutes left.', '75 percent, 4 minutes left.'])
  expect(shown.at(-1)).toBe('100 of 100')
})

it('is silent where a quarter comes less than a minute after another', async () => {
  const clock = createFakeClock()
  const spoken: string[] = []
  const progress = createBatchProgress(100, clock, { onShown: () => undefined, onSpoken: (text) => spoken.push(text) })
  for (let picture = 0; picture < 100; picture += 1) {
    await clock.advance(100)
    progress.step(false)
  }
  expect(spoken).toHaveLength(1)
})

it('says once that nothing comes for more than a minute, and again only after something came', async () => {
  const clock = createFakeClock()
  const [shown, spoken]: [string[], string[]] = [[], []]
  const progress = createBatchProgress(40, clock, {
    onShown: (sentence) => shown.push(sentence),
    onSpoken: (sentence) => spoken.push(sentence)
  })
  await clock.advance(59_000)
  progress.step(false)
  await clock.advance(59_000)
  progress.wait(50_000)
  expect(spoken).toEqual([])
  expect(shown).toContain('Waiting 50 seconds for the provider.')
  await clock.advance(300_000)
  expect(spoken).toEqual(['Still waiting: 1 of 40.'])
  progress.step(false)
  // How long is known: said at once, and not again when the minute is over.
  progress.wait(300_000)
  await clock.advance(299_000)
  expect(spoken.slice(1)).toEqual(['Waiting 5 minutes for the provider.'])
  progress.step(false)
  progress.end()
  await clock.advance(300_000)
  expect(spoken).toHaveLength(2)
})

it('says durations as people do', () => {
  expect([500, 40_000, 100_000, 7_200_000].map(duration)).toEqual(['1 second', '40 seconds', '2 minutes', '2 hours'])
})
