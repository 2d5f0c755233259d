import { icaoCheckDigit, modulo97, passesMod11And10, weightedSum } from './checksums.ts'
import { asDigits, digitLike, type SearchedText, type TextFinding } from './searched-text.ts'

interface IdRule {
  pattern: RegExp
  /** Takes what was matched, without spaces, dots and hyphens; in upper case. */
  isValid: (compact: string, asWritten: string) => boolean
  /** Words that must stand shortly before, in lower case without accents; null if the number speaks for itself. */
  label: RegExp | null
}

const D = `[${digitLike}]`
const open = '(?<![\\p{L}\\p{N}_/+#]|[\\p{N}][.,-])'
const close = '(?![\\p{L}\\p{N}_/@]|[.,-]\\p{N})'
const rule = (pattern: string, label: RegExp | null, isValid: IdRule['isValid']): IdRule => ({
  pattern: new RegExp(open + pattern + close, 'gu'),
  isValid,
  label
})

const usLabel = /\bssn\b|social ?security|\bss#|\bitin\b|taxpayer/u
const passportLabel = /passport|\bpass-?(?:nr|nummer)|reisepass|passeport|pasaporte|passaporto|passaporte/u
const drivingLabel =
  /driver'?s? ?licen[sc]e|driving ?licen[sc]e|fuhrerschein|permis ?de ?conduire|(?:permiso|licencia) ?de ?conduc|patente ?di ?guida|carta ?de ?conducao/u
const germanIdLabel =
  /ausweis|\bid ?(?:card|number|no)\b|dokumentennummer|document ?(?:number|no)|identity ?card|seriennummer|bundesrepublik|federal ?republic/u
const frenchLabel = /securite ?sociale|\bnir\b|numero ?(?:de ?)?secu|n° ?(?:de ?)?secu|carte ?vitale|assure/u

const isUs = (compact: string): boolean => {
  const digits = asDigits(compact)
  const [area, group, serial] = [digits.slice(0, 3), digits.slice(3, 5), digits.slice(5)]
  return digits.length === 9 && !/^(?:000|666)/u.test(area) && group !== '00' && serial !== '0000'
}

/** Numbers of people that states give out, by their check digits or fixed rules. */
const rules: readonly IdRule[] = [
  // United States: area 000, 666 and 900 to 999 are not given out (the last are for taxpayers without one).
  rule(
    `${D}{3} ?- ?${D}{2} ?- ?${D}{4}`,
    null,
    (compact, written) => isUs(compact) && /\d{2}/u.test(written) && !asDigits(compact).startsWith('9')
  ),
  rule('\\d{3}[ -]?\\d{2}[ -]?\\d{4}', usLabel, isUs),
  // Germany: tax number; in its first ten digits one is there twice or three times, the others at most once.
  rule(`${D}{2} ${D}{3} ${D}{3} ${D}{3}`, null, (compact) => isGermanTaxNumber(asDigits(compact))),
  rule('\\d{11}', null, isGermanTaxNumber),
  rule(`${D}{2} ?${D}{3} ?${D}{3} ?${D}{3}`, /steuer|\bidnr|identifikationsnummer|tax id/u, (compact) =>
    isGermanTaxNumber(asDigits(compact))
  ),
  // Germany: identity card and passport, with or without their check digit.
  rule('[CFGHJKLMNPRTVWXYZc-z][CFGHJKLMNPRTVWXYZ0-9Oc-z]{8}\\d?(?: ?D)?', germanIdLabel, isGermanDocument),
  rule('[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9O]{8}\\d?', passportLabel, isGermanDocument),
  // Germany: pension insurance.
  rule('\\d{2} ?\\d{6} ?[A-Z] ?\\d{3}', null, isGermanPension),
  // OCR takes its letter for many things.
  rule(
    '\\d{2} ?\\d{6} ?[^\\s\\d] ?\\d{3}',
    /(?:sozial|renten)?versicherungs-?(?:nummer|nr)|\bsv-?(?:nummer|nr)/u,
    () => true
  ),
  // France: social security, with its key or, beside a label, without.
  rule(`[1-478] ?${D}{2} ?${D}{2} ?(?:2[ABab]|${D}{2}) ?${D}{3} ?${D}{3} ?${D}{2}`, null, (compact) =>
    isFrench(compact)
  ),
  rule('[12] ?\\d{2} ?\\d{2} ?(?:2[AB]|\\d{2}) ?\\d{3} ?\\d{3}', frenchLabel, () => true),
  // Spain: DNI and NIE.
  rule(`(?:[XYZ][ -]?\\d{7}|\\d{8}|\\d{2}\\.\\d{3}\\.\\d{3})[ -]?[A-HJ-NP-TV-Z]`, null, isSpanish),
  rule(
    `(?:[XYZ][ -]?${D}{7}|${D}{8}|${D}{2}\\.${D}{3}\\.${D}{3})[ -]?[A-HJ-NP-TV-Z]`,
    /\bdni\b|\bnie\b|\bnif\b|documento|identidad/u,
    isSpanish
  ),
  // Italy: codice fiscale.
  rule('[A-Z]{3} ?[A-Z]{3} ?[0-9LMNP-V]{2}[A-EHLMPRST][0-9LMNP-V]{2} ?[A-Z][0-9LMNP-V]{3}[A-Z]', null, isItalian),
  // Portugal, Brazil, Netherlands.
  rule(
    '\\d{3} ?\\d{3} ?\\d{3}',
    /\bnif\b|contribuinte/u,
    (digits) => checkDigit11(digits.slice(0, 8), [9, 8, 7, 6, 5, 4, 3, 2]) === digits[8]
  ),
  rule('\\d{3}\\.?\\d{3}\\.?\\d{3}[- ]?\\d{2}', /\bcpf\b/u, isBrazilian),
  rule('\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}', null, isBrazilian),
  rule(
    '\\d{9}|\\d{4}\\.\\d{2}\\.\\d{3}',
    /\bbsn\b|burgerservicenummer/u,
    (digits) => weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0
  ),
  // Switzerland: AHV, an EAN-13 that begins with the country.
  rule(
    '756[. ]?\\d{4}[. ]?\\d{4}[. ]?\\d{2}',
    null,
    (digits) => weightedSum(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0
  ),
  // United Kingdom: National Insurance.
  rule('(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] \\d{2} \\d{2} \\d{2} [A-D]', null, () => true),
  rule(
    '[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]',
    /national insurance|\bnino\b|\bni (?:number|no)/u,
    () => true
  ),
  // Health insurance in Germany, driving licenses.
  rule('[A-Z]\\d{9}', /versicher|kvnr|krankenkasse|gesundheitskarte/u, () => true),
  rule('(?=[A-Z0-9-]{0,12}\\d{3})[A-Z0-9-]{6,16}', drivingLabel, (compact) => /\d{4}|\d{3}.*\d{2}/u.test(compact)),
  // Passports of other countries: a letter or two and digits.
  rule(
    '[A-Z]{0,3}\\d{6,9}[A-Z]?|\\d{2}[A-Z]{2}\\d{5}',
    passportLabel,
    (compact) => compact.length >= 7 && compact.length <= 10
  )
]

/** How far before a number its label may stand. */
const labelReach = 60

/** National ID numbers of people. Machine-readable lines of passports are found by `findMachineReadableZones`. */
export function findIdNumbers({ plain, folded }: SearchedText): TextFinding[] {
  if (!/\d{2}/u.test(plain)) return []
  const found: TextFinding[] = []
  for (const { pattern, isValid, label } of rules) {
    if (label !== null && !label.test(folded)) continue
    for (const { 0: written, index } of plain.matchAll(pattern)) {
      const end = index + written.length
      if (found.some((one) => index < one.end && end > one.start)) continue
      if (label !== null && !label.test(folded.slice(Math.max(0, index - labelReach), index))) continue
      if (isValid(written.replace(/[ .-]/gu, '').toUpperCase(), written))
        found.push({ kind: 'id-number', start: index, end })
    }
  }
  return found
}

function isGermanTaxNumber(digits: string): boolean {
  if (!/^[1-9]\d{10}$/u.test(digits)) return false
  const counts = new Map<string, number>()
  for (const digit of digits.slice(0, 10)) counts.set(digit, (counts.get(digit) ?? 0) + 1)
  const repeated = [...counts.values()].filter((count) => count > 1)
  return repeated.length === 1 && (repeated[0] ?? 0) <= 3 && passesMod11And10(digits)
}

function isGermanDocument(compact: string): boolean {
  const number = compact.replace(/D$/u, '').replaceAll('O', '0')
  if (!/\d/u.test(number.slice(1))) return false
  return number.length === 9 || icaoCheckDigit(number.slice(0, 9)) === number[9]
}

function isGermanPension(compact: string): boolean {
  const letter = compact.charCodeAt(8) - 64
  const day = Number(compact.slice(2, 4))
  if (day % 50 < 1 || day % 50 > 31 || Number(compact.slice(4, 6)) > 12) return false
  const digits = compact.slice(0, 8) + String(letter).padStart(2, '0') + compact.slice(9, 11)
  const weights = [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]
  const sum = weights.reduce((total, weight, index) => {
    const product = weight * Number(digits[index])
    return total + Math.floor(product / 10) + (product % 10)
  }, 0)
  return String(sum % 10) === compact[11]
}

function isFrench(compact: string): boolean {
  const department = compact.slice(5, 7)
  const corsica = { '2A': '19', '2B': '18' }[department]
  const digits = asDigits(compact.slice(0, 5)) + (corsica ?? asDigits(department)) + asDigits(compact.slice(7))
  if (digits.length !== 15) return false
  const month = Number(digits.slice(3, 5))
  if (!((month >= 1 && month <= 12) || (month >= 20 && month <= 42) || month >= 50)) return false
  return 97 - modulo97(digits.slice(0, 13)) === Number(digits.slice(13))
}

function isSpanish(compact: string): boolean {
  const first = 'XYZ'.indexOf(compact.charAt(0))
  const digits = (first === -1 ? '' : String(first)) + asDigits(compact.slice(first === -1 ? 0 : 1, -1))
  // 20240131T is a date.
  if (/^(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])$/u.test(digits)) return false
  return digits.length === 8 && 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23] === compact.at(-1)
}

/** Values of the odd characters of a codice fiscale, for 0 to 9 and A to J, then K to Z. */
const oddValues = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]

function isItalian(compact: string): boolean {
  let sum = 0
  for (const [index, character] of Array.from(compact.slice(0, 15)).entries()) {
    const value = /\d/u.test(character) ? Number(character) : character.charCodeAt(0) - 65
    sum += index % 2 === 0 ? (oddValues[value] ?? 0) : value
  }
  return String.fromCharCode(65 + (sum % 26)) === compact[15]
}

function checkDigit11(digits: string, weights: readonly number[]): string {
  const rest = weightedSum(digits, weights) % 11
  return String(rest < 2 ? 0 : 11 - rest)
}

function isBrazilian(digits: string): boolean {
  if (new Set(digits).size < 2) return false
  const first = checkDigit11(digits.slice(0, 9), [10, 9, 8, 7, 6, 5, 4, 3, 2])
  const second = checkDigit11(digits.slice(0, 10), [11, 10, 9, 8, 7, 6, 5, 4, 3, 2])
  return digits.slice(9) === first + second
}
