import { icaoDigit, isCardNumber, isIban, luhnDigit } from './checksums.ts'
import { inLanguage, type Language } from './languages.ts'
import { anyOf, someDigits, someHex, someSigns, type SetName } from './values.ts'
import type { Chance } from '../grounding-sets/random.ts'

// What looks private and is not. Numbers that could pass for a card or an account fail its checksum.

const upper = 'ABCDEFGHJKLMNPQRSTUVWXYZ'

/** Made again until it is no card and no account. */
function harmless(make: () => string): string {
  for (let text = make(); ; text = make()) if (!isCardNumber(text) && !isIban(text)) return text
}

// ---- people ----------------------------------------------------------------------------------------------------------

const people: Record<SetName, Record<Language, [given: string, surname: string][]>> = {
  tune: {
    en: [['Harriet', 'Cole'], ['Owen', 'Fletcher'], ['Priya', 'Nair'], ['Samuel', 'Doyle']],
    de: [['Katrin', 'Böhm'], ['Jonas', 'Weber'], ['Heike', 'Schröder'], ['Peter', 'Lindner']],
    fr: [['Élodie', 'Marchand'], ['Luc', 'Fontaine'], ['Inès', 'Gautier'], ['Hugo', 'Lefèvre']],
    es: [['Carmen', 'Ibáñez'], ['Diego', 'Salas'], ['Lucía', 'Romero'], ['Andrés', 'Molina']]
  },
  report: {
    en: [['Margaret', 'Whitcombe'], ['Tom', 'Ashdown'], ['Naomi', 'Pugh'], ['Grace', 'Mbeki']],
    de: [['Svenja', 'Krüger'], ['Martin', 'Haas'], ['Ute', 'Zimmermann'], ['Lena', 'Vogt']],
    fr: [['Claire', 'Rousseau'], ['Mathieu', 'Picard'], ['Zoé', 'Barbier'], ['Nadia', 'Benali']],
    es: [['Víctor', 'Peña'], ['Rosa', 'Delgado'], ['Nuria', 'Campos'], ['Javier', 'Ortega']]
  }
} // prettier-ignore

export interface Person {
  given: string
  surname: string
  name: string
  email: string
  phone: string
  street: string
  city: string
}

const streets: Record<Language, string[]> = {
  en: ['Station Road', 'Mill Lane', 'Castle Hill'],
  de: ['Gartenweg', 'Lindenallee', 'Mühlgasse'],
  fr: ['rue des Lilas', 'avenue Foch', 'quai Voltaire'],
  es: ['Calle Mayor', 'Avenida del Puerto', 'Plaza Nueva']
}
const cities: Record<Language, string[]> = {
  en: ['Bristol BS1 4QA', 'Leeds LS2 9JT', 'Portland, OR 97205'],
  de: ['50667 Köln', '04109 Leipzig', '97070 Würzburg'],
  fr: ['69002 Lyon', '44000 Nantes', '31000 Toulouse'],
  es: ['29001 Málaga', '46002 Valencia', '41004 Sevilla']
}

export function phone(chance: Chance, language: Language): string {
  const d = (count: number): string => someDigits(chance, count)
  return inLanguage(language, [
    chance.pick([`(${chance.whole(201, 989)}) 555-01${d(2)}`, `+44 20 7946 0${d(3)}`]),
    chance.pick([`+49 30 23125 ${d(3)}`, `0221 4710-${d(3)}`]),
    chance.pick([`01 99 00 ${d(2)} ${d(2)}`, `+33 6 39 98 ${d(2)} ${d(2)}`]),
    chance.pick([`+34 91 555 ${d(2)} ${d(2)}`, `654 ${d(3)} ${d(3)}`])
  ])
}

export function person(chance: Chance, set: SetName, language: Language): Person {
  const [given, surname] = chance.pick(people[set][language])
  const plain = `${given}.${surname}`.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const house = chance.whole(2, 98)
  const street = chance.pick(streets[language])
  return {
    given,
    surname,
    name: `${given} ${surname}`,
    email: `${plain}@example.${chance.pick(['com', 'org', 'net'])}`,
    phone: phone(chance, language),
    street: language === 'en' || language === 'fr' ? `${house} ${street}` : `${street} ${house}`,
    city: chance.pick(cities[language])
  }
}

// ---- dates, times, money ---------------------------------------------------------------------------------------------

const two = (value: number): string => String(value).padStart(2, '0')

export function date(chance: Chance, language: Language, years: [from: number, to: number] = [2021, 2026]): string {
  const [day, month, year] = [chance.whole(1, 28), chance.whole(1, 12), chance.whole(...years)]
  return inLanguage(language, [`${two(month)}/${two(day)}/${year}`, `${two(day)}.${two(month)}.${year}`, `${two(day)}/${two(month)}/${year}`, `${day}-${month}-${year}`]) // prettier-ignore
}
export const birthDate = (chance: Chance, language: Language): string => date(chance, language, [1945, 2004])
export const time = (chance: Chance): string => `${two(chance.whole(6, 22))}:${two(chance.whole(0, 59))}`
export const timestamp = (chance: Chance): string => `2026-${two(chance.whole(1, 12))}-${two(chance.whole(1, 28))}T${time(chance)}:${two(chance.whole(0, 59))}.${someDigits(chance, 3)}Z` // prettier-ignore

export function price(chance: Chance, language: Language, mostUnits = 1900): string {
  const [units, cents] = [chance.whole(3, mostUnits), two(chance.whole(0, 99))]
  const thousands = (gap: string): string => String(units).replaceAll(/\B(?=(?:\d{3})+$)/gu, gap)
  return inLanguage(language, [`$${thousands(',')}.${cents}`, `${thousands('.')},${cents} €`, `${thousands(' ')},${cents} €`, `${thousands('.')},${cents} €`]) // prettier-ignore
}

// ---- numbers of things -----------------------------------------------------------------------------------------------

/** An article's number, with its own check digit. */
export function ean(chance: Chance, prefix = chance.pick(['50', '76', '84', '93', '40'])): string {
  return harmless(() => {
    const body = prefix + someDigits(chance, 12 - prefix.length)
    const sum = Array.from(body).reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0)
    return body + String((10 - (sum % 10)) % 10)
  })
}
export const isbn = (chance: Chance): string => ean(chance, chance.pick(['9780', '9783', '9782', '9788'])).replace(/^(...)(.)(...)(.....)(.)$/u, '$1-$2-$3-$4-$5') // prettier-ignore

/** 16 digits that fail the check of a card. */
export const longNumber = (chance: Chance, length = 16, first = chance.pick(['4', '5', '2', '6'])): string =>
  harmless(() => first + someDigits(chance, length - 1))

/** Looks like an account and fails its checksum. */
export const reference = (chance: Chance): string =>
  harmless(() => `${chance.pick(['RF', 'DE', 'FR', 'ES'])}${someDigits(chance, chance.pick([16, 20]))}`)

export const orderNumber = (chance: Chance, set: SetName): string =>
  set === 'tune'
    ? chance.pick([`${someDigits(chance, 3)}-${someDigits(chance, 7)}-${someDigits(chance, 7)}`, `A${someDigits(chance, 8)}`, longNumber(chance)]) // prettier-ignore
    : chance.pick([`ORD-2026-${someDigits(chance, 6)}`, `#${someDigits(chance, 6)}`, longNumber(chance, 14, '7')])

export const trackingNumber = (chance: Chance, set: SetName): string =>
  set === 'tune'
    ? chance.pick([`1Z${anyOf(chance, upper + '0123456789', 6)}${someDigits(chance, 10)}`, longNumber(chance, 12, '0'), `RR${someDigits(chance, 9)}DE`]) // prettier-ignore
    : chance.pick([`JJD0003${someDigits(chance, 13)}`, longNumber(chance, 20, '0'), `CP${someDigits(chance, 9)}FR`])

export const serialNumber = (chance: Chance): string =>
  chance.pick([
    `SN ${anyOf(chance, upper, 2)}${someDigits(chance, 7)}`,
    `C02${anyOf(chance, `${upper}0123456789`, 9)}`,
    longNumber(chance)
  ])

/** As phone numbers and the numbers of people are written. */
export const partNumber = (chance: Chance, set: SetName): string =>
  set === 'tune'
    ? chance.pick([`${someDigits(chance, 3)}-${someDigits(chance, 4)}`, `${anyOf(chance, upper, 2)}-${someDigits(chance, 4)}-${someDigits(chance, 2)}`]) // prettier-ignore
    : chance.pick([`0${someDigits(chance, 3)} ${someDigits(chance, 3)} ${someDigits(chance, 2)}`, `${someDigits(chance, 2)}.${someDigits(chance, 4)}.${someDigits(chance, 3)}`]) // prettier-ignore

export const version = (chance: Chance): string => `${chance.whole(0, 24)}.${chance.whole(0, 19)}.${chance.whole(0, 30)}` // prettier-ignore
export const build = (chance: Chance): string => `${version(chance)}.${chance.whole(1000, 29999)}`
export const uuid = (chance: Chance): string => `${someHex(chance, 8)}-${someHex(chance, 4)}-4${someHex(chance, 3)}-a${someHex(chance, 3)}-${someHex(chance, 12)}` // prettier-ignore
export const gitHash = (chance: Chance, length = 40): string => someHex(chance, length)
export const integrity = (chance: Chance): string => `sha512-${someSigns(chance, 86)}==`
export const color = (chance: Chance): string => `#${someHex(chance, 6)}`
export const coordinates = (chance: Chance): string => `${chance.whole(36, 59)}.${someDigits(chance, 6)}, ${chance.pick(['', '-'])}${chance.whole(0, 14)}.${someDigits(chance, 6)}` // prettier-ignore
export const promoCode = (chance: Chance, set: SetName): string =>
  set === 'tune' ? chance.pick(['WELCOME10', 'SPRING25', 'FREESHIP', 'BLACK30']) : chance.pick([`SAVE${chance.whole(10, 50)}`, 'MERCI15', 'VUELTA20', 'HERBST12']) // prettier-ignore
export const errorCode = (chance: Chance): string =>
  chance.pick([`0x8007${anyOf(chance, '0123456789ABCDEF', 4)}`, String(chance.whole(100_000, 999_999)), `E${chance.whole(1000, 9999)}`]) // prettier-ignore

/** Tax numbers of companies, which stand on every invoice. */
export function companyNumbers(chance: Chance, language: Language): string {
  const siren = '8' + someDigits(chance, 7)
  const siret = siren + luhnDigit(siren) + '0001'
  return inLanguage(language, [
    `VAT no. GB ${someDigits(chance, 3)} ${someDigits(chance, 4)} ${someDigits(chance, 2)}`,
    `USt-IdNr. DE${someDigits(chance, 9)} · HRB ${someDigits(chance, 5)}`,
    `SIRET ${`${siret}${luhnDigit(siret)}`.replace(/(...)(...)(...)(.....)/u, '$1 $2 $3 $4')} · TVA FR${someDigits(chance, 2)}${siren}${luhnDigit(siren)}`,
    `CIF B${someDigits(chance, 8)}`
  ])
}

/** Of a phone: passes Luhn, as all do, but no card begins like it. */
export function imei(chance: Chance): string {
  const body = '35' + someDigits(chance, 12)
  return body + luhnDigit(body)
}

/** What is left to see of a number. */
export const maskedCard = (chance: Chance, set: SetName): string => (set === 'tune' ? `•••• •••• •••• ${someDigits(chance, 4)}` : chance.pick([`**** ${someDigits(chance, 4)}`, `XXXX XXXX XXXX ${someDigits(chance, 4)}`])) // prettier-ignore
/** A flight's or a form's digits, ending in a check digit of its own. */
export const formNumber = (chance: Chance): string => {
  const body = someDigits(chance, 8)
  return `${body}-${icaoDigit(body)}`
}
