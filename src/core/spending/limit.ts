import type { Spent } from '#shared/spent.ts'
import type { Settings } from '#shared/settings.ts'

/** What to do with the next request. */
export type SpendingDecision = 'send' | 'ask' | 'local' | 'stop'

/** Whether a request that will cost about `estimateUsd` still fits in this month's limit. Null: nobody knows its price. */
export function decideSpending(
  settings: Pick<Settings, 'monthlyLimitUsd' | 'whenLimitReached'>,
  spent: Spent,
  estimateUsd: number | null
): SpendingDecision {
  const { monthlyLimitUsd, whenLimitReached } = settings
  if (monthlyLimitUsd === null) return 'send'
  // What costs nothing, such as a model on this computer, has no limit.
  if (estimateUsd === 0) return 'send'
  return spent.monthUsd + (estimateUsd ?? 0) > monthlyLimitUsd || spent.monthUsd >= monthlyLimitUsd
    ? whenLimitReached
    : 'send'
}
