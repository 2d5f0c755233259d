import { availableParallelism } from 'node:os'
import { describe, expect, it } from 'vitest'
import { sideBySide } from '#adapters/ocr/side-by-side.ts'

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** Each item begun, in order, and how many were worked on at once. */
async function observed(items: number[]): Promise<{ begun: number[]; mostAtOnce: number }> {
  const begun: number[] = []
  let [running, mostAtOnce] = [0, 0]
  await sideBySide(items, async (item) => {
    begun.push(item)
    running += 1
    mostAtOnce = Math.max(mostAtOnce, running)
    await Promise.resolve()
    running -= 1
  })
  return { begun, mostAtOnce }
}

describe('two at a time', () => {
  it('does each once, beginning in order', async () => {
    const { begun, mostAtOnce } = await observed(numbers(20))
    expect(begun).toEqual(numbers(20))
    expect(mostAtOnce).toBe(Math.min(2, availableParallelism()))
  })

  it('does a few one after the other', async () => {
    expect(await observed(numbers(7))).toEqual({ begun: numbers(7), mostAtOnce: 1 })
  })

  it('fails with what fails', async () => {
    await expect(sideBySide(numbers(20), () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  })
})
