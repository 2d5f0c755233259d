import { modulo97 } from './checksums.ts'
import { beforeOnLine, type SearchedText, type TextFinding } from './searched-text.ts'

/**
 * What follows the country and its two check digits, as the IBAN registry writes it (ISO 13616): n for digits, a for capital
 * letters, c for either.
 */
// prettier-ignore
const structures: Record<string, string> = {
  AD: '8n12c', AE: '19n', AL: '8n16c', AT: '16n', AZ: '4a20c', BA: '16n', BE: '12n', BG: '4a6n8c', BH: '4a14c', BR: '23n1a1c',
  BY: '4c4n16c', CH: '5n12c', CR: '18n', CY: '8n16c', CZ: '20n', DE: '18n', DK: '14n', DO: '4c20n', EE: '16n', EG: '25n',
  ES: '20n', FI: '14n', FO: '14n', FR: '10n11c2n', GB: '4a14n', GE: '2a16n', GI: '4a15c', GL: '14n', GR: '7n16c', GT: '4c20c',
  HR: '17n', HU: '24n', IE: '4a14n', IL: '19n', IQ: '4a15n', IS: '22n', IT: '1a10n12c', JO: '4a4n18c', KW: '4a22c', KZ: '3n13c',
  LB: '4n20c', LC: '4a24c', LI: '5n12c', LT: '16n', LU: '3n13c', LV: '4a13c', LY: '21n', MC: '10n11c2n', MD: '2c18c', ME: '18n',
  MK: '3n10c2n', MR: '23n', MT: '4a5n18c', MU: '4a19n3a', NL: '4a10n', NO: '11n', PK: '4a16c', PL: '24n', PS: '4a21c', PT: '21n',
  QA: '4a21c', RO: '4a16c', RS: '18n', SA: '2n18c', SC: '4a20n3a', SE: '20n', SI: '15n', SK: '20n', SM: '1a10n12c', ST: '21n',
  SV: '4a20n', TL: '19n', TN: '20n', TR: '6n16c', UA: '6n19c', VA: '18n', VG: '4a16n', XK: '16n'
}

const startPattern = /(?<![A-Za-z0-9])([A-Za-z][A-Za-z]) ?([0-9OoQDIl|SBZ]) ?([0-9OoQDIl|SBZ])/gu

const asDigit: Record<string, string> = {
  O: '0',
  Q: '0',
  D: '0',
  I: '1',
  L: '1',
  '|': '1',
  Z: '2',
  S: '5',
  G: '6',
  B: '8'
}
const asLetter: Record<string, string> = { 0: 'O', 1: 'I', 2: 'Z', 5: 'S', 6: 'G', 8: 'B' }
/** So many characters that may be either a digit or a letter are tried both ways. */
const maxDoubtful = 5

/** International bank account numbers, also over two lines, with digits and letters that OCR confused. */
export function findIbans({ plain, folded }: SearchedText): TextFinding[] {
  const found: TextFinding[] = []
  let from = 0
  for (const { 0: head, 1: country = '', index } of plain.matchAll(startPattern)) {
    const structure = structures[country.toUpperCase()]
    if (structure === undefined || index < from) continue
    const kinds = spread(structure)
    const read = take(plain, index, kinds.length + 4)
    if (read === null || head.length > 6) continue
    const isLabeled = /iban[^\n]{0,30}\s*$/u.test(folded.slice(Math.max(0, index - 40), index))
    if (!isValid(read.text.toUpperCase(), kinds) && !(isLabeled && looksRight(read.text))) continue
    // "de", "it" and "es" are words as well.
    if (country !== country.toUpperCase() && !isLabeled && beforeOnLine(plain, index, 1) !== '') {
      if (!/\d{4}/u.test(read.text)) continue
    }
    found.push({ kind: 'iban', start: index, end: read.end })
    from = read.end
  }
  return found
}

/** "4a2n" becomes "aaaann". */
function spread(structure: string): string {
  return structure.replace(/(\d+)([nac])/gu, (_, count: string, kind: string) => kind.repeat(Number(count)))
}

/** This many letters and digits with gaps between them; null if there are fewer, or more in the last group. */
function take(text: string, start: number, length: number): { text: string; end: number } | null {
  let taken = ''
  let at = start
  while (taken.length < length) {
    const character = text[at]
    if (character === undefined) return null
    if (/[A-Za-z0-9|]/u.test(character)) taken += character
    else if (!/[ \n.-]/u.test(character) || /[ \n.-]{4}/u.test(text.slice(at, at + 4))) return null
    at += 1
  }
  const isCut = /[A-Za-z0-9]/u.test(text[at] ?? '')
  return isCut ? null : { text: taken, end: at }
}

/** A misread IBAN beside its name: at least in the form of one. */
function looksRight(text: string): boolean {
  return text.replace(/[^0-9]/gu, '').length >= text.length * 0.6
}

function isValid(iban: string, kinds: string): boolean {
  let mended = ''
  const doubtful: number[] = []
  const all = `aann${kinds}`
  for (const [index, character] of Array.from(iban).entries()) {
    const kind = all[index]
    if (kind === 'n') mended += asDigit[character] ?? character
    else if (kind === 'a') mended += asLetter[character] ?? character
    else {
      mended += character
      if (character in asDigit) doubtful.push(index)
    }
  }
  if (
    !/^[A-Z]{2}\d\d[A-Z0-9]+$/u.test(mended) ||
    Array.from(mended).some((one, at) => all[at] === 'n' && !/\d/u.test(one))
  )
    return false
  if (passes(mended)) return true
  if (doubtful.length > maxDoubtful) return passes(withDigitsAt(mended, doubtful))
  for (let choice = 1; choice < 2 ** doubtful.length; choice += 1)
    if (
      passes(
        withDigitsAt(
          mended,
          doubtful.filter((_, bit) => (choice >> bit) % 2 === 1)
        )
      )
    )
      return true
  return false
}

function withDigitsAt(iban: string, places: readonly number[]): string {
  return Array.from(iban, (one, at) => (places.includes(at) ? (asDigit[one] ?? one) : one)).join('')
}

function passes(iban: string): boolean {
  return /^[A-Z0-9]+$/u.test(iban) && modulo97(iban.slice(4) + iban.slice(0, 4)) === 1
}
