import { describe, expect, test } from 'vitest'
import { decideSpending, dollars, spentSentence } from '#core/spending/limit.ts'

const spent = (monthUsd: number) => ({ todayUsd: 0.024, monthUsd, unpricedThisMonth: 0 })

describe('the limit', () => {
  const limited = { monthlyLimitUsd: 1, whenLimitReached: 'local' } as const

  test.each([
    ['below it', 0.5, 0.01, 'send'],
    ['when the next would go beyond it', 0.995, 0.01, 'local'],
    ['when it is reached', 1, null, 'local'],
    ['when the next has no known price', 0.5, null, 'send'],
    ['when the next is free', 2, 0, 'send']
  ] as const)('%s', (_when, monthUsd, estimateUsd, decision) => {
    expect(decideSpending(limited, spent(monthUsd), estimateUsd)).toBe(decision)
  })

  test('is none until the user sets one', () => {
    expect(decideSpending({ monthlyLimitUsd: null, whenLimitReached: 'stop' }, spent(1000), 1)).toBe('send')
  })

  test('of nothing lets nothing through', () => {
    expect(decideSpending({ monthlyLimitUsd: 0, whenLimitReached: 'stop' }, spent(0), 0.001)).toBe('stop')
    expect(decideSpending({ monthlyLimitUsd: 0, whenLimitReached: 'stop' }, spent(0), null)).toBe('stop')
  })
})

test.each([
  [0, 'nothing'],
  [0.0004, 'less than 0.1 cents'],
  [0.0062, '0.6 cents'],
  [0.01, '1 cent'],
  [0.42, '42 cents'],
  [0.996, '1 dollar'],
  [12.5, '12.50 dollars'],
  [20, '20 dollars']
])('%d dollars are said as %s', (usd, words) => {
  expect(dollars(usd)).toBe(words)
})

test('what was spent is one sentence, with what is missing from it', () => {
  expect(spentSentence(spent(1.2), null)).toBe('Spent 2.4 cents today and 1.20 dollars this month.')
  expect(spentSentence({ ...spent(1.2), unpricedThisMonth: 1 }, 5)).toBe(
    'Spent 2.4 cents today and 1.20 dollars this month, of 5 dollars. 1 answer without a known price.'
  )
})
