/** Check digits of numbers that people carry. Each function takes the number without spaces. */

/** ISO/IEC 7812: payment cards. */
export function passesLuhn(digits: string): boolean {
  let sum = 0
  for (let index = 0; index < digits.length; index += 1) {
    const digit = Number(digits[digits.length - 1 - index])
    const doubled = index % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

/** ISO 7064 MOD 97-10 over digits and letters (A is 10, Z is 35), as IBANs use it after their first four characters moved last. */
export function modulo97(characters: string): number {
  let rest = 0
  for (const character of characters) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}

/** ISO 7064 MOD 11,10, the last digit checking the others: German tax numbers. */
export function passesMod11And10(digits: string): boolean {
  let product = 10
  for (const digit of digits.slice(0, -1)) {
    let sum = (Number(digit) + product) % 10
    if (sum === 0) sum = 10
    product = (sum * 2) % 11
  }
  return (11 - product) % 10 === Number(digits.at(-1))
}

/** ICAO 9303: weights 7, 3, 1; letters count from A = 10, "<" is 0. */
export function icaoCheckDigit(characters: string): string {
  const weights = [7, 3, 1]
  let sum = 0
  for (const [index, character] of Array.from(characters).entries()) {
    const value = character === '<' ? 0 : Number.parseInt(character, 36)
    sum += value * (weights[index % 3] ?? 0)
  }
  return String(sum % 10)
}

/** A weighted sum over the digits; weights beyond the digits count nothing. */
export function weightedSum(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, index) => sum + weight * Number(digits[index] ?? 0), 0)
}
