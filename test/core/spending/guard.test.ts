import { expect, test } from 'vitest'
import { createSpendingGuard } from '#core/spending/guard.ts'

test('what is under way counts as spent until it is released', () => {
  let monthUsd = 0.5
  const settings = { monthlyLimitUsd: 1, whenLimitReached: 'stop' as const }
  const spent = () => ({ todayUsd: 0, monthUsd, unpricedThisMonth: 0 })
  const guard = createSpendingGuard(() => settings, { spent })
  expect(guard.decide(0.3)).toBe('send')
  const release = guard.reserve(0.3)
  expect(guard.decide(0.3)).toBe('stop')
  // It cost less than was thought.
  monthUsd += 0.1
  release()
  release()
  expect(guard.decide(0.3)).toBe('send')
  // Nobody knows its price: nothing is held back.
  guard.reserve(null)
  expect(guard.decide(null)).toBe('send')
})
