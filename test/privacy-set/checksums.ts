// Check digits of the numbers in the pictures, made and checked here on their own: the set must not repeat a mistake of the
// code that it measures.

const digitsOf = (text: string): string => text.replaceAll(/\D/gu, '')
const remainder = (digits: string, divisor: number): number => {
  let rest = 0
  for (const digit of digits) rest = (rest * 10 + Number(digit)) % divisor
  return rest
}

// ---- payment cards: ISO/IEC 7812 -------------------------------------------------------------------------------------

/** The Luhn check digit of these digits. */
export function luhnDigit(digits: string): string {
  let sum = 0
  for (const [index, digit] of Array.from(digits).toReversed().entries()) {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1)
    sum += value > 9 ? value - 9 : value
  }
  return String((10 - (sum % 10)) % 10)
}

export const hasLuhn = (digits: string): boolean => luhnDigit(digits.slice(0, -1)) === digits.at(-1)

const issuers = [
  { lengths: [13, 16, 19], prefix: /^4/u },
  { lengths: [16], prefix: /^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/u },
  { lengths: [15], prefix: /^3[47]/u },
  { lengths: [14], prefix: /^(?:30[0-5]|3[689])/u },
  { lengths: [16], prefix: /^(?:6011|65|64[4-9]|35[2-8]|62)/u },
  { lengths: [12, 13, 14, 15, 16, 17, 18, 19], prefix: /^(?:50|5[6-8]|67|639)/u }
]

/** Whether it could be the number of a payment card: an issuer's prefix and length, and the check digit. */
export function isCardNumber(text: string): boolean {
  const digits = digitsOf(text)
  return (
    hasLuhn(digits) && issuers.some(({ lengths, prefix }) => lengths.includes(digits.length) && prefix.test(digits))
  )
}

// ---- bank accounts: ISO 13616 ----------------------------------------------------------------------------------------

/** Letters count as 10 to 35. */
const asNumber = (text: string): string => text.replaceAll(/[A-Z]/gu, (letter) => String(letter.charCodeAt(0) - 55))

/** An IBAN of a country code and what follows its two check digits. */
export function ibanOf(country: string, rest: string): string {
  const check = String(98 - remainder(asNumber(`${rest}${country}00`), 97)).padStart(2, '0')
  return `${country}${check}${rest}`
}

export function isIban(text: string): boolean {
  const iban = text.replaceAll(/[^A-Z0-9]/gu, '')
  return /^[A-Z]{2}\d\d[A-Z0-9]{11,30}$/u.test(iban) && remainder(asNumber(iban.slice(4) + iban.slice(0, 4)), 97) === 1
}

// ---- documents of people ---------------------------------------------------------------------------------------------

/** The last digit of a German tax number (Steuer-ID): ISO 7064, mod 11,10. */
export function steuerIdDigit(digits: string): string {
  let product = 10
  for (const digit of digits) {
    const sum = (Number(digit) + product) % 10 || 10
    product = (2 * sum) % 11
  }
  return String((11 - product) % 10)
}

export function isSteuerId(text: string): boolean {
  const digits = digitsOf(text)
  return /^[1-9]\d{10}$/u.test(digits) && steuerIdDigit(digits.slice(0, -1)) === digits.at(-1)
}

/** A check digit of ICAO 9303, for machine-readable zones and German identity cards: weights 7, 3, 1. */
export function icaoDigit(text: string): string {
  let sum = 0
  for (const [index, sign] of Array.from(text).entries())
    sum += (sign === '<' ? 0 : Number.parseInt(sign, 36)) * ([7, 3, 1][index % 3] ?? 0)
  return String(sum % 10)
}

/** The key of a French social security number (NIR) without Corsica's letters. */
export const nirKey = (digits: string): string => String(97 - remainder(digits, 97)).padStart(2, '0')

export function isNir(text: string): boolean {
  const digits = digitsOf(text)
  return /^[12]\d{14}$/u.test(digits) && nirKey(digits.slice(0, 13)) === digits.slice(13)
}

/** The letter of a Spanish DNI, or of an NIE, whose first letter counts as a digit. */
export function dniLetter(number: string): string {
  const digits = number.replace(/^[XYZ]/u, (letter) => String('XYZ'.indexOf(letter)))
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[remainder(digits, 23)] ?? ''
}

export function isDni(text: string): boolean {
  const [, number = '', letter] = /^((?:[XYZ]\d{7})|\d{8})([A-Z])$/u.exec(text.replaceAll(/[\s.-]/gu, '')) ?? []
  return number !== '' && dniLetter(number) === letter
}

/** US numbers have no check digit; some are never given. */
export const isSsn = (text: string): boolean => /^(?!000|666|9)\d{3}-(?!00)\d\d-(?!0000)\d{4}$/u.test(text)

/** A German identity card's number with its check digit. */
export function isAusweis(text: string): boolean {
  return /^[LMNPRTVWXY][CFGHJKLMNPRTVWXYZ0-9]{8}\d$/u.test(text) && icaoDigit(text.slice(0, 9)) === text.at(-1)
}

/** Lines of a machine-readable zone: each check digit, and the one over all of them. */
export function isMrz(lines: readonly string[]): boolean {
  const [first = '', second = ''] = lines
  const isRight = (text: string, digit: string | undefined): boolean => icaoDigit(text) === digit
  if (lines.length === 3 && lines.every((line) => line.length === 30)) {
    const composite = first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29)
    return (
      isRight(first.slice(5, 14), first[14]) &&
      isRight(second.slice(0, 6), second[6]) &&
      isRight(second.slice(8, 14), second[14]) &&
      isRight(composite, second[29])
    )
  }
  if (lines.length !== 2 || first.length !== second.length || ![36, 44].includes(first.length)) return false
  const last = second.length - 1
  const composite = second.slice(0, 10) + second.slice(13, 20) + second.slice(21, last)
  return (
    isRight(second.slice(0, 9), second[9]) &&
    isRight(second.slice(13, 19), second[19]) &&
    isRight(second.slice(21, 27), second[27]) &&
    isRight(composite, second[last])
  )
}
