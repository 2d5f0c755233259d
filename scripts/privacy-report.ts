import { privacyKinds, type PrivacyKind } from '../test/privacy-set/values.ts'

const goals = { recall: 0.9, recallOfNumbers: 0.95, falseAlarms: 0.05 }
/** Kinds with check digits. */
const numbers: PrivacyKind[] = ['card-number', 'iban', 'id-number']

export interface ValueResult {
  kind: PrivacyKind
  /** "rent letter, de". */
  place: string
  isRead: boolean
  isFound: boolean
  /** After hiding: read by the second engine. */
  isReadable: boolean
  /** The same before hiding; otherwise its silence afterwards says nothing. */
  wasReadable: boolean
}
export interface PictureResult {
  place: string
  isHarmless: boolean
  /** Boxes. */
  hidden: number
  /** It would not be sent at all. */
  isKept: boolean
  falseAreas: number
  readMs: number
  hideMs: number
}

const share = (part: number, whole: number): string =>
  whole === 0 ? '-' : `${((100 * part) / whole).toFixed(1)} % (${part} of ${whole})`
const count = <Item>(items: readonly Item[], is: (item: Item) => boolean): number => items.filter(is).length

function row(name: string, values: readonly ValueResult[]): string {
  const cells = [
    share(
      count(values, (one) => one.isRead),
      values.length
    ),
    share(
      count(values, (one) => one.isFound),
      values.length
    ),
    String(count(values, (one) => one.isFound && one.isReadable)),
    share(
      count(values, (one) => one.isReadable),
      values.length
    ),
    share(
      count(values, (one) => one.wasReadable),
      values.length
    )
  ]
  return name.padEnd(16) + cells.map((cell) => cell.padStart(20)).join('')
}

/** "3 rent letter, de". */
function tallied(places: readonly string[]): string[] {
  const counts = new Map<string, number>()
  for (const place of places) counts.set(place, (counts.get(place) ?? 0) + 1)
  return [...counts].toSorted(([, one], [, other]) => other - one).map(([place, times]) => `  ${times} ${place}`)
}

const percentile = (sorted: readonly number[], at: number): number => sorted[Math.floor((sorted.length - 1) * at)] ?? 0
function times(name: string, values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b)
  return `${name}: median ${percentile(sorted, 0.5).toFixed(0)} ms, 90 % within ${percentile(sorted, 0.9).toFixed(0)} ms`
}

/** Prints the figures. Returns the goals that were missed. */
export function report(valueResults: readonly ValueResult[], pictureResults: readonly PictureResult[]): string[] {
  const harmless = pictureResults.filter((one) => one.isHarmless)
  const privately = pictureResults.filter((one) => !one.isHarmless)
  console.log(
    ''.padEnd(16) +
      ['read by OCR', 'found', 'leaks', 'readable after', 'readable before'].map((head) => head.padStart(20)).join('')
  )
  for (const kind of privacyKinds)
    console.log(
      row(
        kind,
        valueResults.filter((one) => one.kind === kind)
      )
    )
  console.log(row('all', valueResults))
  const alarms = harmless.filter((one) => one.hidden > 0)
  console.log(`\nfalse alarms: ${share(alarms.length, harmless.length)} of pictures with nothing private`)
  console.log(tallied(alarms.map(({ place }) => place)).join('\n'))
  const kept = pictureResults.filter((one) => one.isKept)
  console.log(`not sent at all: ${kept.length}`)
  console.log(tallied(kept.map(({ place }) => place)).join('\n'))
  const extra = privately.filter((one) => one.falseAreas > 0)
  console.log(
    `areas that hide nothing private in the others: ${extra.reduce((sum, one) => sum + one.falseAreas, 0)}, in ${share(extra.length, privately.length)}`
  )
  console.log(tallied(extra.map(({ place }) => place)).join('\n'))
  const missed = valueResults.filter((one) => !one.isFound)
  console.log(`missed: ${missed.length}, of which OCR had read ${count(missed, (one) => one.isRead)}`)
  console.log(tallied(missed.map((one) => `${one.kind}, ${one.place}${one.isRead ? '' : ' (not read)'}`)).join('\n'))
  const leaks = valueResults.filter((one) => one.isFound && one.isReadable)
  if (leaks.length > 0) console.log(`leaks:\n${tallied(leaks.map((one) => `${one.kind}, ${one.place}`)).join('\n')}`)
  console.log(
    times(
      'reading the text (CPU)',
      pictureResults.map((one) => one.readMs)
    )
  )
  console.log(
    times(
      'finding and hiding (CPU)',
      pictureResults.map((one) => one.hideMs)
    )
  )

  const recall = (values: readonly ValueResult[]): number => count(values, (one) => one.isFound) / values.length
  return [
    ...numbers
      .filter((kind) => recall(valueResults.filter((one) => one.kind === kind)) < goals.recallOfNumbers)
      .map((kind) => `recall of ${kind}`),
    ...(recall(valueResults) < goals.recall ? ['recall of all'] : []),
    ...(alarms.length > goals.falseAlarms * harmless.length ? ['false alarms'] : []),
    ...(leaks.length > 0 ? ['leaks'] : [])
  ]
}
