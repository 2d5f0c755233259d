import type { SpendingLedger } from '#core/ports.ts'
import type { Settings } from '#shared/settings.ts'
import { decideSpending, type SpendingDecision } from './limit.ts'

/** Holds the month's limit also while several requests are under way: what they will cost counts as spent. */
export interface SpendingGuard {
  /** What to do with a request that will cost about this much; null where nobody knows. */
  decide(estimateUsd: number | null): SpendingDecision
  /** It is sent. To be called back when what it cost is in the ledger, or when it cost nothing. */
  reserve(estimateUsd: number | null): () => void
}

export function createSpendingGuard(
  settings: () => Pick<Settings, 'monthlyLimitUsd' | 'whenLimitReached'>,
  ledger: Pick<SpendingLedger, 'spent'>
): SpendingGuard {
  const underWay = new Set<{ usd: number }>()
  return {
    decide(estimateUsd) {
      const spent = ledger.spent()
      const underWayUsd = [...underWay].reduce((sum, { usd }) => sum + usd, 0)
      return decideSpending(settings(), { ...spent, monthUsd: spent.monthUsd + underWayUsd }, estimateUsd)
    },
    reserve(estimateUsd) {
      const request = { usd: estimateUsd ?? 0 }
      underWay.add(request)
      return () => void underWay.delete(request)
    }
  }
}
