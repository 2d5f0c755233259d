import { describe, expect, it } from 'vitest'
import { findQuantities, isSameQuantity } from '#core/grounding/quantities.ts'

function isSame(one: string, other: string): boolean {
  const [[first], [second]] = [findQuantities(one, 'en'), findQuantities(other, 'en')]
  return first !== undefined && second !== undefined && isSameQuantity(first, second)
}

describe('numbers, dates and times however written', () => {
  it.each([
    ['1,299.50', '1.299,50'],
    ['1 299', '1299'],
    ["1'299", '1,299'],
    ['49.90', '49,9'],
    ['2 million', '2,000,000'],
    ['200万', '2 million'],
    ['٤٩', '49'],
    ['March 5, 2026', '05.03.2026'],
    ['5 March', '3/5/26'],
    ['1er août 2026', '2026-08-01'],
    ['3 pm', '15:00'],
    ['3:30', '15h30'],
    ['12 am', '00:00']
  ])('%s is %s', (one, other) => {
    expect(isSame(one, other)).toBe(true)
  })

  it.each([
    ['49.90', '49.80'],
    ['1,299', '1,298'],
    ['March 5', 'March 6'],
    ['March 5, 2026', '05.03.2025'],
    ['3 pm', '3 am'],
    ['15:00', '15:10'],
    ['12 pm', '00:00']
  ])('%s is not %s', (one, other) => {
    expect(isSame(one, other)).toBe(false)
  })

  it('keeps what stands side by side apart', () => {
    const texts = findQuantities('From 2019-2023, 3 out of 5, 16:9, 10:42 to 11:15.', 'en').map(({ text }) => text)
    expect(texts).toEqual(['2019', '2023', '3', '5', '16', '9', '10:42', '11:15'])
  })
})
