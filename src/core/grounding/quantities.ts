import { withPlainDigits } from './folding.ts'
import { monthNumber, monthPattern } from './months.ts'

/** A number, date or time in a text, with everything it may mean: "1,299" is 1299 or 1.299. */
export interface Quantity {
  kind: 'number' | 'date' | 'time'
  text: string
  /** Offsets in the text. */
  start: number
  end: number
  /** Only its digits, for comparing numbers that differ only in punctuation. */
  digits: string
  /** A number's possible values; for a time, seconds after midnight. */
  values: number[]
  dates: CalendarDate[]
}

/** Missing parts are null. A two-digit year stands for every year that ends in it. */
export interface CalendarDate {
  day: number | null
  month: number
  year: number | null
}

/**
 * All quantities in a text, from left to right, without overlaps.
 *
 * @param language BCP 47, for the names of months.
 */
export function findQuantities(text: string, language: string): Quantity[] {
  const plain = withPlainDigits(text)
  if (!/\d/u.test(plain)) return []
  const found: Quantity[] = []
  const isFree = (start: number, end: number): boolean => found.every((one) => one.end <= start || one.start >= end)
  for (const { pattern, read } of readings(language)) {
    for (const match of plain.matchAll(pattern)) {
      const [start, end] = [match.index, match.index + match[0].length]
      const meaning = isFree(start, end) ? read(match) : null
      if (meaning === null) continue
      const digits = match[0].replace(/\D/gu, '')
      found.push({ text: text.slice(start, end), start, end, digits, values: [], dates: [], ...meaning })
    }
  }
  return found.toSorted((a, b) => a.start - b.start)
}

/** Whether both may mean the same, however they are written; lost punctuation between digits does not count. */
export function isSameQuantity(one: Quantity, other: Quantity): boolean {
  if (one.digits.length >= 3 && one.digits === other.digits) return true
  if (one.kind !== other.kind) return false
  if (one.kind === 'date') return one.dates.some((date) => other.dates.some((second) => isSameDate(date, second)))
  return one.values.some((value) => other.values.includes(value))
}

/** Whether exactly one of day, month and year differs. */
export function isAlmostSameDate(one: Quantity, other: Quantity): boolean {
  return one.dates.some((date) =>
    other.dates.some((second) => {
      const pairs = [
        [date.day, second.day],
        [date.month, second.month],
        [date.year, second.year]
      ]
      return pairs.filter(([a, b]) => a !== null && b !== null && a !== b).length === 1
    })
  )
}

function isSameDate(one: CalendarDate, other: CalendarDate): boolean {
  const agree = (a: number | null, b: number | null): boolean => a === null || b === null || a === b
  const years = [one.year, other.year].some((year) => year !== null && year < 100)
    ? [one.year, other.year].map((year) => (year === null ? null : year % 100))
    : [one.year, other.year]
  return one.month === other.month && agree(one.day, other.day) && agree(years[0] ?? null, years[1] ?? null)
}

// ---- how they are written -------------------------------------------------------------------------------------------

type Meaning = Pick<Quantity, 'kind'> & Partial<Quantity>
interface Reading {
  pattern: RegExp
  read: (match: RegExpMatchArray) => Meaning | null
}

const before = String.raw`(?<![\p{L}\d]|\d[.,:/-])`
const after = String.raw`(?![\d]|[.,:/-]\d)`
const year = String.raw`(\d{4})`
const ordinal = String.raw`(?:st|nd|rd|th|er|\.|º|ª)?`

function readings(language: string): Reading[] {
  const month = monthPattern(language)
  const number = (name: string | undefined): number => monthNumber(name ?? '', language)
  const date = (source: string, read: (parts: string[]) => CalendarDate[]): Reading => ({
    pattern: new RegExp(`${before}${source}${after}`, 'giu'),
    read: (match) => {
      const dates = read([...match].map((part) => part ?? '')).filter(isPossible)
      return dates.length === 0 ? null : { kind: 'date', dates }
    }
  })
  const num = (part: string | undefined): number | null => (part ? Number(part) : null)
  return [
    date(String.raw`(\d{1,2})${ordinal}\s+(?:of\s|de\s)?${month}(?:\.?,?\s+(?:de\s|del\s)?${year})?`, ([, d, m, y]) => [
      { day: num(d), month: number(m), year: num(y) }
    ]),
    date(String.raw`${month}\.?\s+(\d{1,2})(?:st|nd|rd|th)?(?:,?\s+${year})?`, ([, m, d, y]) => [
      { day: num(d), month: number(m), year: num(y) }
    ]),
    date(String.raw`${month}\.?,?\s+(?:de\s|of\s)?${year}`, ([, m, y]) => [
      { day: null, month: number(m), year: num(y) }
    ]),
    date(String.raw`${year}[-/.](\d{1,2})[-/.](\d{1,2})`, ([, y, m, d]) => [
      { day: num(d), month: Number(m), year: num(y) }
    ]),
    // Either the day or the month comes first.
    date(String.raw`(\d{1,2})([-/.]) ?(\d{1,2})\2 ?(\d{4}|\d{2})`, ([, a, , b, y]) => [
      { day: num(a), month: Number(b), year: num(y) },
      { day: num(b), month: Number(a), year: num(y) }
    ]),
    date(String.raw`(\d{1,2})\. ?(\d{1,2})\.(?!\d)`, ([, d, m]) => [{ day: num(d), month: Number(m), year: null }]),
    {
      pattern: new RegExp(
        String.raw`${before}(\d{1,2})(?:(?::|h ?)(\d{2})(?::(\d{2}))?(?:[.,]\d+)?(?:\s?(${half}|Uhr|h))?|(?:\.(\d{2}))?\s?(${half}|Uhr|o['’]clock))(?![\p{L}\d])`,
        'giu'
      ),
      read: (match) => ({ kind: 'time', values: readTime(match) })
    },
    {
      pattern: new RegExp(
        String.raw`(?<!\d)(?:\d{1,3}(?:([ ,.'’])\d{3})(?:\1\d{3})*(?:[.,]\d{1,2})?(?!\d)|\d+(?:[.,]\d+)?)(\s?(?:${scales.map(([name]) => name).join('|')})(?![\p{L}]))?`,
        'gu'
      ),
      read: ([text = '', , scale = '']) => ({ kind: 'number', values: readNumber(text, scale) })
    }
  ]
}

function isPossible({ day, month }: CalendarDate): boolean {
  return month >= 1 && month <= 12 && (day === null || (day >= 1 && day <= 31))
}

const half = String.raw`[ap](?:\.\s?m\.|\s?m)`

function readTime(match: RegExpMatchArray): number[] {
  const hour = Number(match[1])
  const seconds = Number(match[2] ?? match[5] ?? 0) * 60 + Number(match[3] ?? 0)
  const mark = (match[4] ?? match[6] ?? '').toLowerCase()
  const at = (hours: number): number => hours * 3600 + seconds
  if (mark.startsWith('p')) return [at((hour % 12) + 12)]
  if (mark.startsWith('a')) return [at(hour % 12)]
  // Morning or afternoon is not stated.
  return hour > 0 && hour <= 12 ? [at(hour % 12), at((hour % 12) + 12)] : [at(hour)]
}

const scales: readonly [string, number][] = [
  ['k|K|thousand|Tsd|Tausend|tausend|mille?|mil', 1e3],
  ['m|M|mn|million|millions|Mio|Million|Millionen|millones|millón|milioni|milhões|miljoen', 1e6],
  ['B|bn|billion|Mrd|Milliarde|Milliarden|milliards?|miliardi', 1e9],
  ['万|萬|만', 1e4],
  ['億|亿|억', 1e8]
]

function readNumber(text: string, scale: string): number[] {
  const factor = scales.find(([names]) => new RegExp(`^(?:${names})$`, 'u').test(scale.trim()))?.[1] ?? 1
  const written = scale === '' ? text : text.slice(0, -scale.length)
  const values = readDecimal(written)
  return factor === 1 ? values : [...values, ...values.map((value) => value * factor)]
}

function readDecimal(written: string): number[] {
  const marks = [...written.matchAll(/\D/gu)]
  const last = marks.at(-1)
  if (last === undefined) return [Number(written)]
  const whole = Number(written.replace(/\D/gu, ''))
  const decimal = Number(`${written.slice(0, last.index).replace(/\D/gu, '')}.${written.slice(last.index + 1)}`)
  const isGrouped = written.length - last.index === 4 && marks.every(([mark]) => mark === last[0])
  if (!isGrouped) return [decimal]
  return marks.length > 1 || !/[.,]/u.test(last[0]) ? [whole] : [whole, decimal]
}
