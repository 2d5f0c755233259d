import { dniLetter, icaoDigit, nirKey, steuerIdDigit } from './checksums.ts'
import type { Language } from './languages.ts'
import { anyOf, someDigits, type Private, type SetName } from './values.ts'
import type { Chance } from '../grounding-sets/random.ts'

// Numbers of people, and the machine-readable zones of their documents.

const idOf = (text: string): Private => ({ kind: 'id-number', text })

export function steuerId(chance: Chance, gaps: boolean): Private {
  const different = chance.some(Array.from('0123456789'), 10)
  // One digit occurs twice and one not at all; it doesn't begin with 0.
  const body = different.map((digit, index) => (index === 9 ? different[chance.whole(2, 7)] : digit)).join('')
  const first = body.startsWith('0') ? body.slice(1, 2) + '0' + body.slice(2) : body
  const number = first + steuerIdDigit(first)
  return idOf(gaps ? number.replace(/^(..)(...)(...)(...)$/u, '$1 $2 $3 $4') : number)
}

const cardLetters = 'CFGHJKLMNPRTVWXYZ0123456789'
export function ausweisNumber(chance: Chance): Private {
  const body = anyOf(chance, 'LMNPRTVWXY', 1) + anyOf(chance, cardLetters, 8)
  return idOf(body + icaoDigit(body))
}

export function nir(chance: Chance, gaps: boolean): Private {
  const two = (low: number, high: number): string => String(chance.whole(low, high)).padStart(2, '0')
  const number = `${chance.whole(1, 2)}${two(45, 99)}${two(1, 12)}${two(21, 95)}${String(chance.whole(1, 990)).padStart(3, '0')}${String(chance.whole(1, 999)).padStart(3, '0')}` // prettier-ignore
  const whole = number + nirKey(number)
  return idOf(gaps ? whole.replace(/^(.)(..)(..)(..)(...)(...)(..)$/u, '$1 $2 $3 $4 $5 $6 $7') : whole)
}

export function dni(chance: Chance, set: SetName): Private {
  const isNie = chance.happens(0.35)
  const number = isNie ? anyOf(chance, 'XYZ', 1) + someDigits(chance, 7) : String(chance.whole(10_000_000, 79_999_999))
  const letter = dniLetter(number)
  const form = set === 'tune' ? chance.pick([`${number}${letter}`, `${number}-${letter}`]) : isNie ? `${number[0]}-${number.slice(1)}-${letter}` : `${number.replace(/(\d\d)(\d{3})(\d{3})/u, '$1.$2.$3')}-${letter}` // prettier-ignore
  return idOf(form)
}

export const ssn = (chance: Chance): Private =>
  idOf(`${chance.whole(101, 665)}-${String(chance.whole(1, 99)).padStart(2, '0')}-${chance.whole(1000, 9999)}`)

/** A number of the language's country. */
export function idNumber(chance: Chance, set: SetName, language: Language): Private {
  if (language === 'en') return ssn(chance)
  if (language === 'fr') return nir(chance, chance.happens(set === 'tune' ? 0.7 : 0.5))
  if (language === 'es') return dni(chance, set)
  return chance.happens(0.6) ? steuerId(chance, chance.happens(0.5)) : ausweisNumber(chance)
}

export interface Holder {
  surname: string
  given: string
  country: string
}

/** Lines of a machine-readable zone: TD3 (passport), TD2, or TD1 (card). */
export function mrzLines(chance: Chance, form: 'TD1' | 'TD2' | 'TD3', { surname, given, country }: Holder): string[] {
  const plain = (text: string): string =>
    text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll('ß', 'ss').toUpperCase().replaceAll(/[^A-Z]/gu, '<') // prettier-ignore
  const name = `${plain(surname)}<<${plain(given)}`
  const number = anyOf(chance, cardLetters, 9)
  const day = (from: number, to: number): string =>
    `${chance.whole(from, to)}${String(chance.whole(1, 12)).padStart(2, '0')}${String(chance.whole(1, 28)).padStart(2, '0')}` // prettier-ignore
  const [birth, expiry, sex] = [day(45, 99), day(27, 35), chance.pick(['M', 'F'])]
  const checked = (text: string): string => text + icaoDigit(text)
  const dates = `${checked(birth)}${sex}${checked(expiry)}`
  if (form === 'TD1') {
    const first = `ID${country}${checked(number)}`.padEnd(30, '<')
    const second = `${dates}${country}`.padEnd(29, '<')
    const composite = first.slice(5) + second.slice(0, 7) + second.slice(8, 15) + second.slice(18, 29)
    return [first, second + icaoDigit(composite), name.padEnd(30, '<').slice(0, 30)]
  }
  const width = form === 'TD3' ? 44 : 36
  const first = `${form === 'TD3' ? 'P<' : 'ID'}${country}${name}`.padEnd(width, '<').slice(0, width)
  const personal = form === 'TD3' ? checked('<'.repeat(14)) : '<'.repeat(7)
  const second = checked(number) + country + dates + personal
  return [first, second + icaoDigit(second.slice(0, 10) + second.slice(13, 20) + second.slice(21))]
}
