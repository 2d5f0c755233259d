/** What captions cost, in words. */
export interface Spent {
  todayUsd: number
  monthUsd: number
  /** Answers this month whose price is not known. */
  unpricedThisMonth: number
}

/** "Spent 2.4 cents today and 1.20 dollars this month, of 5 dollars." */
export function spentSentence(spent: Spent, monthlyLimitUsd: number | null): string {
  const limit = monthlyLimitUsd === null ? '' : `, of ${dollars(monthlyLimitUsd)}`
  const unpriced =
    spent.unpricedThisMonth === 0
      ? ''
      : ` ${spent.unpricedThisMonth} ${spent.unpricedThisMonth === 1 ? 'answer' : 'answers'} without a known price.`
  return `Spent ${dollars(spent.todayUsd)} today and ${dollars(spent.monthUsd)} this month${limit}.${unpriced}`
}

/** An amount as it is spoken: "0.6 cents", "1.20 dollars", "nothing". */
export function dollars(usd: number): string {
  if (usd === 0) return 'nothing'
  if (usd < 0.001) return 'less than 0.1 cents'
  if (usd < 0.995) return plural((usd * 100).toFixed(usd < 0.0995 ? 1 : 0), 'cent')
  return plural(usd.toFixed(2), 'dollar')
}

function plural(figure: string, unit: string): string {
  const plain = figure.replace(/\.0+$/u, '')
  return `${plain} ${unit}${plain === '1' ? '' : 's'}`
}
