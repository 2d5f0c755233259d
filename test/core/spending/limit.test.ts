import { describe, expect, test } from 'vitest'
import { decideSpending } from '#core/spending/limit.ts'

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
