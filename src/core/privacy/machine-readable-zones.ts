import { icaoCheckDigit } from './checksums.ts'
import { asDigits, type SearchedText, type TextFinding } from './searched-text.ts'

/** Characters per line and number of lines of passports, ID cards and visas (ICAO 9303 parts 3 to 7). */
const formats = [
  { length: 44, lines: 2 },
  { length: 36, lines: 2 },
  { length: 30, lines: 3 }
]
/** OCR loses some of the "<" that fill a line. */
const maxLost = 6

interface Line {
  start: number
  end: number
  text: string
}

/**
 * The machine-readable lines of passports, ID cards and visas. They are found by their check digits; where OCR damaged
 * these, by the "P<" or "I<" they begin with.
 */
export function findMachineReadableZones({ plain }: SearchedText): TextFinding[] {
  if (!/[<«‹]{2}/u.test(plain)) return []
  const found: TextFinding[] = []
  const lines = candidates(plain)
  for (let index = 0; index < lines.length; index += 1) {
    const zone = zoneAt(lines, index)
    const [first, last] = [lines[index], lines[index + zone - 1]]
    if (zone === 0 || !first || !last) continue
    found.push({ kind: 'id-number', start: first.start, end: last.end })
    index += zone - 1
  }
  return found
}

/** Lines of capitals, digits and "<" only. */
function candidates(plain: string): Line[] {
  const lines: Line[] = []
  for (const match of plain.matchAll(/[^\n]+/gu)) {
    const text = match[0]
      .replace(/[«‹]/gu, (mark) => (mark === '«' ? '<<' : '<'))
      .replace(/[\s.,]/gu, '')
      .toUpperCase()
    if (text.length < 24 || text.length > 48 || !/^[A-Z0-9<]+$/u.test(text)) continue
    lines.push({ start: match.index, end: match.index + match[0].length, text })
  }
  return lines
}

/** How many lines from this one on are a zone; 0 if none. */
function zoneAt(lines: readonly Line[], index: number): number {
  const first = lines[index]
  if (!first) return 0
  const closest = formats.toSorted(
    (one, other) => Math.abs(one.length - first.text.length) - Math.abs(other.length - first.text.length)
  )
  for (const { length, lines: count } of closest) {
    const zone = lines.slice(index, index + count)
    if (zone.length < count || !zone.every(({ text }) => Math.abs(text.length - length) <= maxLost)) continue
    if (passes(zone, count) || /^(?:P[A-Z<]|[ACIV][A-Z<]?)[<A-Z]{2,5}.*</u.test(first.text)) return count
  }
  // The line with the numbers alone.
  if (/<{2,}/u.test(first.text) && passes([{ ...first, text: '' }, first], 2)) return 1
  // The line with the name alone.
  return /^P[A-Z<][A-Z]{3}[A-Z]+<<[A-Z<]+<{3,}$/u.test(first.text) ? 1 : 0
}

function passes(zone: readonly Line[], count: number): boolean {
  const [one = '', two = ''] = zone.map(({ text }) => text)
  const checks =
    count === 2
      ? [check(two.slice(0, 9), two[9]), dateCheck(two, 13), dateCheck(two, 21)]
      : [check(one.slice(5, 14), one[14]), dateCheck(two, 0), dateCheck(two, 8)]
  return checks.filter(Boolean).length >= 2
}

function dateCheck(line: string, at: number): boolean {
  const date = asDigits(line.slice(at, at + 6))
  return date.length === 6 && check(date, line[at + 6])
}

function check(characters: string, digit: string | undefined): boolean {
  if (characters === '' || digit === undefined || !/^[A-Z0-9<]+$/u.test(characters)) return false
  const expected = asDigits(digit)
  return icaoCheckDigit(characters) === expected || icaoCheckDigit(characters.replaceAll('O', '0')) === expected
}
