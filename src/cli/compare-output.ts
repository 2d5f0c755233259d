import { html, htmlPage } from './page.ts'
import { printableValue, type Terminal } from './terminal.ts'
import { agreement, compareCaptions, comparisonText, type Comparison } from '#core/opinions/compare-captions.ts'
import type { Description } from '#shared/caption.ts'
import { failureText, type Failure } from '#shared/errors.ts'
import { formatPercent } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'
import { printableLine } from '#shared/printable.ts'
import { dollars } from '#shared/spent.ts'

export interface AskedModel {
  /** The name shown to people. */
  name: string
  model: string
  baseUrl: string
}

export type ModelAnswer = { asked: AskedModel } & ({ description: Description } | { failure: Failure })

/** Two models' captions, side by side. */
interface Pair {
  first: string
  second: string
  /** Share of their failureText, from 0 to 1. */
  share: number
  comparison: Comparison
}

export type ComparedPicture = { source: string } & ({ answers: ModelAnswer[]; pairs: Pair[] } | { failure: Failure })

export function comparePicture(source: string, answers: ModelAnswer[], language: string): ComparedPicture {
  const captions = answers.flatMap((answer) =>
    'description' in answer ? [{ name: answer.asked.name, caption: answer.description.caption }] : []
  )
  const pairs = captions.flatMap((first, index) =>
    captions.slice(index + 1).map((second) => {
      const comparison = compareCaptions(first.caption, second.caption, language)
      return { first: first.name, second: second.name, share: agreement(comparison), comparison }
    })
  )
  return { source, answers, pairs }
}

/** Writes to stdout: one JSON object per line, or text that reads well aloud. Failed pictures go to stderr. */
export function printComparison(picture: ComparedPicture, isJson: boolean, terminal: Terminal): void {
  if (isJson) terminal.print(`${JSON.stringify(printableValue(comparisonLine(picture)))}\n`)
  else if ('failure' in picture) terminal.tell(`${picture.source}: ${failureText(picture.failure)}`)
  else terminal.print(`${pictureText(picture.source, picture.answers, picture.pairs)}\n\n`)
}

/** The object that `--json` prints: docs/guide/second-opinion.md. */
function comparisonLine(picture: ComparedPicture): Record<string, unknown> {
  const { source } = picture
  if ('failure' in picture) return { source, error: picture.failure }
  return {
    source,
    models: picture.answers.map((answer) => {
      const { name, model, baseUrl } = answer.asked
      const asked = { name, model, provider: new URL(baseUrl).host }
      const nothing = { caption: null, firstTokenMs: null, requestMs: null, usage: null, costUsd: null, warnings: [] }
      if ('failure' in answer) return { ...asked, ...nothing, error: answer.failure }
      const { model: answered, caption, timings, usage, costUsd, warnings } = answer.description
      const { firstTokenMs, requestMs } = timings
      return { ...asked, model: answered, caption, firstTokenMs, requestMs, usage, costUsd, warnings, error: null }
    }),
    agreement: picture.pairs.map(({ first, second, share }) => ({ first, second, share })),
    text: picture.pairs.map(({ first, second, comparison }) => ({ first, second, ...comparison }))
  }
}

/** Short lines, one after the other, because columns are hard to follow by ear. */
function pictureText(source: string, answers: ModelAnswer[], pairs: Pair[]): string {
  const told = answers.map((answer) => {
    const { name } = answer.asked
    if ('failure' in answer) return t('cli.compare.failed', { model: name, failure: failureText(answer.failure) })
    const { caption, warnings } = answer.description
    return [`${name}:`, caption, ...figures(answer.description), ...warnings.map(failureText)].join('\n')
  })
  const compared = pairs.map(
    ({ first, second, share, comparison }) =>
      `${t('cli.compare.agreement', { first, second, share: formatPercent(share) })}\n${comparisonText(comparison, { first, second })}`
  )
  return [printableLine(source), ...told, ...compared].join('\n\n')
}

function figures({ timings, usage, costUsd }: Description): string[] {
  return [
    t('cli.compare.times', { first: seconds(timings.firstTokenMs), whole: seconds(timings.requestMs) }),
    usage
      ? t('cli.compare.tokens', { sent: usage.inputTokens, received: usage.outputTokens })
      : t('cli.compare.tokens-unknown'),
    costUsd === null ? t('cli.compare.cost-unknown') : t('cli.compare.cost-of', { cost: dollars(costUsd) })
  ]
}

/** A page with a table for each picture. */
export function comparisonPage(pictures: ComparedPicture[], language: string): string {
  return htmlPage({
    title: t('cli.compare.page.title'),
    hasPictures: false,
    style: `body { max-width: 70rem }
.table { overflow-x: auto }
table { border-collapse: collapse; width: 100%; min-width: 45rem; overflow-wrap: break-word }
caption { position: sticky; inset-inline-start: 0; width: min(100%, 100vw - 2rem); text-align: start; font-weight: bold; overflow-wrap: anywhere }
td:nth-child(2) { min-width: 12rem }
th, td { border: 1px solid; padding: 0.4rem; text-align: start; vertical-align: top }
td { white-space: pre-line }`,
    body: pictures.map((picture) => section(picture, language)).join('\n')
  })
}

const columns = ['model', 'caption', 'first-word', 'whole-answer', 'tokens-sent', 'tokens-received', 'cost'] as const

function section(picture: ComparedPicture, language: string): string {
  const source = printableLine(picture.source)
  const name = html(source)
  if ('failure' in picture) return `<h2>${name}</h2>\n<p>${html(failureText(picture.failure))}</p>`
  const rows = picture.answers.map((answer) => {
    const head = `<th scope="row">${html(answer.asked.name)}</th>`
    if ('failure' in answer)
      return `<tr>${head}<td colspan="6">${html(t('cli.compare.page.failed', { failure: failureText(answer.failure) }))}</td></tr>`
    const { caption, timings, usage, costUsd, warnings } = answer.description
    const remarks = warnings.map((warning) => `<br>${html(failureText(warning))}`).join('')
    const cells = [
      seconds(timings.firstTokenMs),
      seconds(timings.requestMs),
      String(usage?.inputTokens ?? t('cli.compare.unknown')),
      String(usage?.outputTokens ?? t('cli.compare.unknown')),
      costUsd === null ? t('cli.compare.unknown') : dollars(costUsd)
    ]
    const words = `<td><span lang="${html(language)}" dir="auto">${html(caption)}</span>${remarks}</td>`
    return `<tr>${head}${words}${cells.map((cell) => `<td>${html(cell)}</td>`).join('')}</tr>`
  })
  // On a narrow screen its columns would be one letter wide. It can be scrolled with the keyboard.
  return `<h2>${name}</h2>
<div class="table" role="region" aria-label="${html(t('cli.compare.page.table', { picture: source }))}" tabindex="0">
<table>
<caption>${html(t('cli.compare.page.caption', { picture: source }))}</caption>
<thead><tr>${columns.map((column) => `<th scope="col">${t(`cli.compare.column.${column}`)}</th>`).join('')}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody>
</table>
</div>
${picture.pairs.map((pair) => pairSection(pair, language)).join('\n')}`
}

function pairSection({ first, second, share, comparison }: Pair, language: string): string {
  const { both, different, onlyFirst, onlySecond } = comparison
  const list = (title: string, items: string[]): string =>
    items.length === 0 ? '' : `<h4>${html(title)}</h4>\n<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>\n`
  const words = (text: string): string => `<span lang="${html(language)}" dir="auto">${html(text)}</span>`
  const differing = different.map(
    (pair) => `${html(first)}: ${words(pair.first)}<br>${html(second)}: ${words(pair.second)}`
  )
  return `<h3>${html(t('cli.compare.page.agreement', { first, second, share: formatPercent(share) }))}</h3>
${list(t('cli.compare.page.both'), both.map(words))}${list(t('cli.compare.page.different'), differing)}${list(t('cli.compare.page.only', { model: first }), onlyFirst.map(words))}${list(t('cli.compare.page.only', { model: second }), onlySecond.map(words))}`
}

function seconds(ms: number | null): string {
  return ms === null ? t('cli.compare.unknown') : t('cli.compare.seconds', { seconds: ms / 1000 })
}
