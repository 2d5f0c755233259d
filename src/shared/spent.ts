import { FluentNumber } from '@fluent/bundle'
import { z } from 'zod'
import { t } from './messages/messages.ts'

/** What captions cost, in US dollars, by the local calendar. */
export const spentSchema = z.object({
  todayUsd: z.number(),
  monthUsd: z.number(),
  /** Answers this month whose price is not known, so that the sums are too low. */
  unpricedThisMonth: z.number().int()
})
export type Spent = z.infer<typeof spentSchema>

/** What the ledger holds for requests whose cost is not known yet. Plain data, so that a later run can settle it. */
export const expectedCostSchema = z.object({
  /** On which it was sent, as YYYY-MM-DD in local time. */
  day: z.string(),
  usd: z.number(),
  /** Requests whose price is not known. */
  unpriced: z.number()
})
export type ExpectedCost = z.infer<typeof expectedCostSchema>

/** "Spent 2.4 cents today and 1.20 dollars this month, of 5 dollars." */
export function spentSentence(spent: Spent, monthlyLimitUsd: number | null): string {
  const amounts = { today: dollars(spent.todayUsd), month: dollars(spent.monthUsd) }
  const sentence =
    monthlyLimitUsd === null
      ? t('providers.spent', amounts)
      : t('providers.spent-of-limit', { ...amounts, limit: dollars(monthlyLimitUsd) })
  if (spent.unpricedThisMonth === 0) return sentence
  return `${sentence} ${t('providers.unpriced-answers', { count: spent.unpricedThisMonth })}`
}

/** An amount as it is spoken: "0.6 cents", "1.20 dollars", "nothing". */
export function dollars(usd: number): string {
  if (usd === 0) return t('providers.amount.nothing')
  if (usd < 0.001) return t('providers.amount.less-than-a-tenth-of-a-cent')
  if (usd < 0.995) return t('providers.amount.cents', { amount: figure(usd * 100, usd < 0.0995 ? 1 : 0) })
  return t('providers.amount.dollars', { amount: figure(usd, 2) })
}

function figure(amount: number, fractionDigits: number): FluentNumber {
  return new FluentNumber(amount, {
    minimumFractionDigits: fractionDigits,
    maximumFractionDigits: fractionDigits,
    trailingZeroDisplay: 'stripIfInteger'
  })
}
