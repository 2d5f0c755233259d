import { expect, test } from 'vitest'
import { dollars, spentSentence } from '#shared/spent.ts'

const spent = (monthUsd: number) => ({ todayUsd: 0.024, monthUsd, unpricedThisMonth: 0 })

test.each([
  [0, 'nothing'],
  [0.0004, 'less than 0.1 cents'],
  [0.0062, '0.6 cents'],
  [0.01, '1 cent'],
  [0.42, '42 cents'],
  [0.996, '1 dollar'],
  [12.5, '12.50 dollars'],
  [20, '20 dollars']
])('says %d dollars as %s', (usd, words) => {
  expect(dollars(usd)).toBe(words)
})

test('says spending in one sentence, including what is not counted', () => {
  expect(spentSentence(spent(1.2), null)).toBe('Spent 2.4 cents today and 1.20 dollars this month.')
  expect(spentSentence({ ...spent(1.2), unpricedThisMonth: 1 }, 5)).toBe(
    'Spent 2.4 cents today and 1.20 dollars this month, of 5 dollars. The price of 1 answer is not known.'
  )
})
