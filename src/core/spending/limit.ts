import type { Spent } from '#shared/spent.ts'
import type { Settings } from '#shared/settings.ts'

/** What to do with the next request. */
export type SpendingDecision = 'send' | 'ask' | 'local' | 'stop'

/** Whether a request that costs about `estimateUsd` still fits in this month's limit. Null: the price is unknown. */
export function decideSpending(
  settings: Pick<Settings, 'monthlyLimitUsd' | 'whenLimitReached'>,
  spent: Spent,
  estimateUsd: number | null
): SpendingDecision {
  const { monthlyLimitUsd, whenLimitReached } = settings
  if (monthlyLimitUsd === null) return 'send'
  // Free requests, such as those to a model on this computer, are not limited.
  if (estimateUsd === 0) return 'send'
  return spent.monthUsd + (estimateUsd ?? 0) > monthlyLimitUsd || spent.monthUsd >= monthlyLimitUsd
    ? whenLimitReached
    : 'send'
}
