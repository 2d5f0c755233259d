import { readPictureHeader } from '#adapters/pictures/picture-header.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import type { Dependencies } from '#app/dependencies.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import { decideSpending } from '#core/spending/limit.ts'
import type { Detail } from '#shared/caption.ts'
import { failure, type Failure } from '#shared/errors.ts'
import type { Settings } from '#shared/settings.ts'
import { dollars } from '#shared/spent.ts'
import { askYesOrNo, canAsk, type Terminal } from './terminal.ts'

/** Without --max-cost, beyond this a batch asks first. */
const usualMaxCostUsd = 1
/** Pictures whose size is looked up for the estimate. */
const samples = 12

export interface CostQuestion {
  files: { path: string }[]
  model: string
  baseUrl: string
  detail: Detail
  /** What is paid of the usual price. */
  factor: number
  /** --max-cost; null when not given. */
  maxCostUsd: number | null
  /** --yes */
  isAgreed: boolean
}

/** What a batch may spend. */
export interface Budget {
  /** Whether what will cost about this much fits in; null where nobody knows. */
  maySpend: (estimateUsd: number | null) => boolean
  /** Why the pictures beyond it are not described. */
  overLimit: Failure
}

/**
 * Says about what it will cost, and asks where that is more than the user is used to; null for a no. The month's limit
 * holds whatever was said, and --max-cost unless the user has agreed to the estimate.
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
        ? { code: 'over-limit', message: 'What --max-cost allows is spent.', next: 'Say a higher one to go on.' }
        : failure('over-limit')
    }
  }
  if (files.length === 0) return within(maxCostUsd)

  const totalUsd = await estimated(files, (size) => estimateCostUsd(model, baseUrl, size, detail))
  const costUsd = totalUsd === null ? null : totalUsd * factor
  const pictures = `${files.length} ${files.length === 1 ? 'picture' : 'pictures'}`
  terminal.tell(
    costUsd === null
      ? `${pictures} with ${model}, whose price is not known.`
      : `${pictures}, about ${dollars(costUsd)} with ${model}.`
  )
  if (costUsd !== null && costUsd > leftUsd)
    terminal.tell(`Your limit leaves ${dollars(leftUsd)} this month. The batch stops there.`)
  if (isAgreed || (costUsd !== null && Math.min(costUsd, leftUsd) <= (maxCostUsd ?? usualMaxCostUsd)))
    return within(maxCostUsd)
  if (canAsk()) return (await askYesOrNo('Go on?', terminal)) ? within(null) : null
  terminal.tell('Say --yes, or a higher --max-cost.')
  return null
}

/** From a few of them; null where the price of one is not known. */
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
      // It costs nothing: it will not be sent.
      costs.push(0)
    }
  }
  return (costs.reduce((sum, cost) => sum + cost, 0) / costs.length) * files.length
}
