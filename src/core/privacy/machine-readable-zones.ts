import { icaoCheckDigit } from './checksums.ts'
import { asDigits, type SearchedText, type TextFinding } from './searched-text.ts'

/** Lines of passports, ID cards and visas have 44, 36 or 30 characters (ICAO 9303); OCR loses most of the "<" that fill them. */
const lineLengths = { least: 24, leastWithFiller: 9, most: 48 }
const maxLines = 3

interface Line {
  start: number
  end: number
  text: string
  /** Place among the lines of the text. */
  row: number
}

/**
 * The machine-readable lines of passports, ID cards and visas. A line is known by its check digits, or by the "P<" with which
 * a passport begins; the lines of "<" around it belong to it.
 */
export function findMachineReadableZones({ plain }: SearchedText): TextFinding[] {
  if (!/[<«‹]/u.test(plain)) return []
  const lines = candidates(plain)
  const found: TextFinding[] = []
  for (const [index, line] of lines.entries()) {
    if (found.some(({ end }) => end >= line.end) || !isKnown(line.text)) continue
    let [first, last] = [index, index]
    const isNeighbor = (at: number, row: number): boolean => lines[at]?.row === row && lines[at].text.includes('<')
    while (last - first + 1 < maxLines && isNeighbor(first - 1, (lines[first]?.row ?? 0) - 1)) first -= 1
    while (last - first + 1 < maxLines && isNeighbor(last + 1, (lines[last]?.row ?? 0) + 1)) last += 1
    found.push({ kind: 'id-number', start: lines[first]?.start ?? line.start, end: lines[last]?.end ?? line.end })
  }
  return found
}

/** Lines of capitals, digits and "<" only. */
function candidates(plain: string): Line[] {
  const lines: Line[] = []
  let start = 0
  for (const [row, line] of plain.split('\n').entries()) {
    const text = line
      .replaceAll('«', '<<')
      .replaceAll('‹', '<')
      .replaceAll('×', 'X')
      .replace(/[ .,]/gu, '')
      .toUpperCase()
    const least = text.includes('<') ? lineLengths.leastWithFiller : lineLengths.least
    const isCandidate = text.length >= least && text.length <= lineLengths.most && /^[A-Z0-9<]+$/u.test(text)
    if (isCandidate) lines.push({ start, end: start + line.length, text, row })
    start += line.length + 1
  }
  return lines
}

function isKnown(line: string): boolean {
  if (/^P[A-Z<][A-Z<]{3}[A-Z<]+</u.test(line) && /<{3,}$|<<[A-Z]/u.test(line)) return true
  // The second line of a passport, a visa or a large card; the second of a small card; the first of a small card.
  if ([check(line.slice(0, 9), line[9]), dateCheck(line, 13), dateCheck(line, 21)].filter(Boolean).length >= 2)
    return true
  if (dateCheck(line, 0) && dateCheck(line, 8)) return true
  return /^[ACI][A-Z<][A-Z<]{3}/u.test(line) && line.includes('<') && check(line.slice(5, 14), line[14])
}

function dateCheck(line: string, at: number): boolean {
  const date = asDigits(line.slice(at, at + 6))
  return date.length === 6 && check(date, line[at + 6])
}

function check(characters: string, digit: string | undefined): boolean {
  if (characters === '' || digit === undefined) return false
  const expected = asDigits(digit)
  return icaoCheckDigit(characters) === expected || icaoCheckDigit(characters.replaceAll('O', '0')) === expected
}
