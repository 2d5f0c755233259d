import { expect, test } from 'vitest'
import { createMemoryCare } from '#adapters/memory.ts'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createFakeClock } from '#test/clock.ts'
import { cornerPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'

test('returns unused memory half a minute after the last picture', async () => {
  const clock = createFakeClock()
  const decoder = createMemoryCare(clock).after(createCanvasDecoder())
  const bytes = await cornerPicture('png')
  const picture = new WeakRef(await decoder.decode(bytes))
  await clock.advance(20_000)
  const held = await decoder.decode(bytes)

  // The first picture's half minute is over, the second's is not.
  await clock.advance(20_000)
  expect(clock.pending).toBe(1)
  await clock.advance(10_000)
  await until(() => picture.deref() === undefined)
  expect(held.width).toBeGreaterThan(0)
  expect(clock.pending).toBe(0)
})
