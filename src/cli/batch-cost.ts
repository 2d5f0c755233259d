import { readPictureHeader } from '#adapters/pictures/picture-header.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import type { Dependencies } from '#app/dependencies.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import { decideSpending } from '#core/spending/limit.ts'
import type { Detail } from '#shared/caption.ts'
import { failure, type Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'
import { dollars } from '#shared/spent.ts'
import { askYesOrNo, canAsk, type Terminal } from './terminal.ts'

/** Without --max-cost, a batch asks before it spends more than this. */
const usualMaxCostUsd = 1
/** How many pictures' sizes are read for the estimate. */
const samples = 12

export interface CostQuestion {
  files: { path: string }[]
  model: string
  baseUrl: string
  detail: Detail
  /** Fraction of the usual price that is charged. */
  factor: number
  /** --max-cost; null when not given. */
  maxCostUsd: number | null
  /** --yes */
  isAgreed: boolean
}

/** What a batch may spend. */
export interface Budget {
  /** Whether a request at about this price fits; null: price unknown. */
  maySpend: (estimateUsd: number | null) => boolean
  /** Why the pictures beyond that are not described. */
  overLimit: Failure
}

/**
 * Shows the estimated cost, and asks if that is unusually high; null if the user says no. The monthly limit always
 * applies, and --max-cost unless the user has agreed to the estimate.
 */
export async function agreeToCost(
  { files, model, baseUrl, detail, factor, maxCostUsd, isAgreed }: CostQuestion,
  { spending, settings }: { spending: Dependencies['spending']; settings: Settings },
  terminal: Terminal
): Promise<Budget | null> {
  const spentUsd = spending.spent().monthUsd
  const leftUsd = settings.monthlyLimitUsd === null ? Infinity : Math.max(0, settings.monthlyLimitUsd - spentUsd)
  const within = (limitUsd: number | null): Budget => {
    const isOwn = limitUsd !== null && limitUsd < leftUsd
    const limits = { ...settings, ...(isOwn && { monthlyLimitUsd: spentUsd + limitUsd }) }
    return {
      maySpend: (estimateUsd) => decideSpending(limits, spending.spent(), estimateUsd) === 'send',
      overLimit: isOwn
        ? { code: 'over-limit', message: t('batch.max-cost-spent'), next: t('batch.max-cost-spent.next') }
        : failure('over-limit')
    }
  }
  if (files.length === 0) return within(maxCostUsd)

  const totalUsd = await estimated(files, (size) => estimateCostUsd(model, baseUrl, size, detail))
  const costUsd = totalUsd === null ? null : totalUsd * factor
  terminal.tell(
    costUsd === null
      ? t('batch.cost-unknown', { count: files.length, model })
      : t('batch.cost', { count: files.length, cost: dollars(costUsd), model })
  )
  if (costUsd !== null && costUsd > leftUsd) terminal.tell(t('batch.limit-leaves', { amount: dollars(leftUsd) }))
  if (isAgreed || (costUsd !== null && Math.min(costUsd, leftUsd) <= (maxCostUsd ?? usualMaxCostUsd)))
    return within(maxCostUsd)
  if (canAsk()) return (await askYesOrNo(t('cli.continue'), terminal)) ? within(null) : null
  terminal.tell(t('batch.needs-agreement'))
  return null
}

/** Based on a few of them; null if the price is unknown. */
async function estimated(
  files: { path: string }[],
  priceOf: (size: { width: number; height: number }) => number | null
): Promise<number | null> {
  const step = Math.max(1, Math.floor(files.length / samples))
  const costs: number[] = []
  for (const { path } of files.filter((_file, index) => index % step === 0)) {
    try {
      const costUsd = priceOf(readPictureHeader(await readPictureFile(path)))
      if (costUsd === null) return null
      costs.push(costUsd)
    } catch {
      // It costs nothing, because it will not be sent.
      costs.push(0)
    }
  }
  return (costs.reduce((sum, cost) => sum + cost, 0) / costs.length) * files.length
}
