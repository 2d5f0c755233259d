import { ibanOf, luhnDigit } from './checksums.ts'
import type { Language } from './languages.ts'
import type { Chance } from '../grounding-sets/random.ts'

export const privacyKinds = [
  'card-number',
  'iban',
  'one-time-code',
  'password',
  'secret-key',
  'id-number',
  'login-code'
] as const
export type PrivacyKind = (typeof privacyKinds)[number]

/** Which of the two sets; B has issuers, formats, layouts and words that A has not. */
export type SetName = 'tune' | 'report'

/** A private value as it is written in a picture. */
export interface Private {
  kind: PrivacyKind
  text: string
}

const digits = '0123456789'
const hex = '0123456789abcdef'
const upper = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const alphanumeric = digits + upper + upper.toLowerCase()

export const anyOf = (chance: Chance, signs: string, count: number): string =>
  Array.from({ length: count }, () => signs[chance.whole(0, signs.length - 1)]).join('')
export const someDigits = (chance: Chance, count: number): string => anyOf(chance, digits, count)
export const someHex = (chance: Chance, count: number): string => anyOf(chance, hex, count)
export const someSigns = (chance: Chance, count: number): string => anyOf(chance, alphanumeric, count)
export const grouped = (text: string, size: number, gap = ' '): string =>
  (text.match(new RegExp(`.{1,${size}}`, 'gu')) ?? []).join(gap)

const own = (kind: PrivacyKind, text: string): Private => ({ kind, text })

// ---- cards and accounts ----------------------------------------------------------------------------------------------

const issuers = {
  tune: [
    { prefixes: ['4'], length: 16, groups: [4, 4, 4, 4] },
    { prefixes: ['51', '53', '55'], length: 16, groups: [4, 4, 4, 4] },
    { prefixes: ['34', '37'], length: 15, groups: [4, 6, 5] }
  ],
  report: [
    { prefixes: ['4'], length: 16, groups: [4, 4, 4, 4] },
    { prefixes: ['2221', '2514', '2703'], length: 16, groups: [4, 4, 4, 4] },
    { prefixes: ['6011', '65'], length: 16, groups: [4, 4, 4, 4] },
    { prefixes: ['3530', '3566'], length: 16, groups: [4, 4, 4, 4] },
    { prefixes: ['36'], length: 14, groups: [4, 6, 4] },
    { prefixes: ['6759'], length: 16, groups: [4, 4, 4, 4] }
  ]
}

/** @param gap What stands between groups; empty for none. */
export function cardNumber(chance: Chance, set: SetName, gap = chance.pick([' ', ' ', ' ', '', '-'])): Private {
  const { prefixes, length, groups } = chance.pick(issuers[set])
  const prefix = chance.pick(prefixes)
  const body = prefix + someDigits(chance, length - 1 - prefix.length)
  const number = body + luhnDigit(body)
  let at = 0
  return own('card-number', groups.map((size) => number.slice(at, (at += size))).join(gap))
}

/** What follows the check digits: N a digit, A a letter. */
const accounts = {
  tune: { DE: 'N18', FR: 'N23', ES: 'N20', GB: 'A4N14', AT: 'N16', NL: 'A4N10' },
  report: { DE: 'N18', FR: 'N10X11N2', ES: 'N20', IT: 'A1N22', BE: 'N12', CH: 'N17', PL: 'N24', PT: 'N21', IE: 'A4N14' }
}
const homes: Record<Language, string> = { en: 'GB', de: 'DE', fr: 'FR', es: 'ES' }

/** Half of them of the language's country. */
export function iban(
  chance: Chance,
  set: SetName,
  language: Language,
  gap = chance.pick([' ', ' ', ' ', ''])
): Private {
  const all: Record<string, string> = accounts[set]
  const home = homes[language]
  const country = chance.happens(0.5) && home in all ? home : chance.pick(Object.keys(all))
  const signs: Record<string, string> = { N: digits, A: upper, X: digits + upper }
  const rest = [...(all[country] ?? '').matchAll(/([ANX])(\d+)/gu)]
    .map(([, sign = 'N', count]) => anyOf(chance, signs[sign] ?? digits, Number(count)))
    .join('')
  return own('iban', grouped(ibanOf(country, rest), 4, gap))
}

export const bic = (chance: Chance): string => `${anyOf(chance, upper, 4)}${chance.pick(['DE', 'FR', 'ES', 'GB'])}${anyOf(chance, upper, 2)}XXX` // prettier-ignore

// ---- codes and passwords ---------------------------------------------------------------------------------------------

export function oneTimeCode(chance: Chance, set: SetName): Private {
  const six = someDigits(chance, 6)
  const forms =
    set === 'tune'
      ? [six, six, grouped(six, 3), someDigits(chance, 4), `G-${six}`]
      : [six, grouped(six, 3), grouped(six, 3, '-'), someDigits(chance, 8), someDigits(chance, 5), anyOf(chance, 'ACDEFHJKMNPRTWXY3479', 6)] // prettier-ignore
  return own('one-time-code', chance.pick(forms))
}

const passwordWords = {
  tune: ['Sommer', 'Falcon', 'Montagne', 'Verano', 'Kaffee', 'Dragon', 'Soleil', 'Naranja', 'Panther', 'Hafen'],
  report: ['copper', 'Laterne', 'brouillard', 'ventana', 'harvest', 'Nebel', 'pivoine', 'tormenta', 'walnut', 'Kessel']
}

export function password(chance: Chance, set: SetName): Private {
  const words = chance.some(passwordWords[set], 3)
  const random = `${anyOf(chance, upper, 1)}${anyOf(chance, 'abcdefghkmnpqrstuvwxyz', 3)}${anyOf(chance, '#!?%&', 1)}${someDigits(chance, 2)}${someSigns(chance, 4)}` // prettier-ignore
  const forms =
    set === 'tune'
      ? [random, random, `${words[0]}${chance.whole(1960, 2026)}!`, `${words[0]}_${words[1]}${someDigits(chance, 2)}`]
      : [random, words.join('-'), `${words[0]}.${words[1]}.${someDigits(chance, 3)}`, `${someDigits(chance, 3)}${words[2]}%${words[1]}`] // prettier-ignore
  return own('password', chance.pick(forms))
}

/** The key of a wireless network as routers bring it. */
export function networkKey(chance: Chance, set: SetName): Private {
  const forms =
    set === 'tune'
      ? [someHex(chance, 16).toUpperCase(), anyOf(chance, 'abcdefghkmnpqrstuvwxyz23456789', 12)]
      : [grouped(someDigits(chance, 20), 4), `${someSigns(chance, 5)}-${someSigns(chance, 5)}-${someSigns(chance, 5)}`]
  return own('password', chance.pick(forms))
}

// ---- keys of programs ------------------------------------------------------------------------------------------------

const base64url = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

function webToken(chance: Chance): string {
  const claims = { sub: someDigits(chance, 8), iat: 1700000000 + chance.whole(0, 9_999_999) }
  return `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url(claims)}.${someSigns(chance, 43)}`
}

type KeyMaker = (chance: Chance) => string
const keys: Record<SetName, KeyMaker[]> = {
  tune: [
    (chance) => `sk-proj-${someSigns(chance, 40)}`,
    (chance) => `ghp_${someSigns(chance, 36)}`,
    (chance) => `AKIA${anyOf(chance, upper + digits, 16)}`,
    (chance) => `sk_live_${someSigns(chance, 24)}`,
    (chance) => `xoxb-${someDigits(chance, 11)}-${someDigits(chance, 11)}-${someSigns(chance, 24)}`,
    webToken
  ],
  report: [
    (chance) => `AIza${someSigns(chance, 35)}`,
    (chance) => `glpat-${someSigns(chance, 20)}`,
    (chance) => `github_pat_${someSigns(chance, 22)}_${someSigns(chance, 30)}`,
    (chance) => `hf_${someSigns(chance, 34)}`,
    (chance) => `npm_${someSigns(chance, 36)}`,
    (chance) => `SG.${someSigns(chance, 22)}.${someSigns(chance, 43)}`,
    (chance) => `sk-ant-api03-${someSigns(chance, 48)}`,
    webToken
  ]
}

export const secretKey = (chance: Chance, set: SetName): Private => own('secret-key', chance.pick(keys[set])(chance))
export const jwt = (chance: Chance): Private => own('secret-key', webToken(chance))

/** A key that only its name gives away: "api_key = 9f…". */
export const plainKey = (chance: Chance, set: SetName): Private =>
  own('secret-key', set === 'tune' ? someHex(chance, 32) : someSigns(chance, 40))

/** A private key in PEM, one line each. */
export function pemLines(chance: Chance, name: string, lines: number): Private[] {
  const body = Array.from({ length: lines }, (_, index) => someSigns(chance, index === lines - 1 ? 40 : 64))
  return [`-----BEGIN ${name}-----`, ...body, `-----END ${name}-----`].map((text) => own('secret-key', text))
}

/** What a program for codes is set up with, in base32. */
export const totpSecret = (chance: Chance): string => anyOf(chance, `${upper}234567`, 16)

// ---- codes that log in, connect or pay -------------------------------------------------------------------------------

/** What QR codes hold. */
export function loginCode(
  chance: Chance,
  set: SetName,
  use: 'network' | 'authenticator' | 'payment' | 'link'
): Private {
  const secret = totpSecret(chance)
  const account = iban(chance, set, 'de', '').text
  const uses = {
    network: `WIFI:T:WPA;S:${chance.pick(['Casa', 'Office', 'Atelier', 'Hotel'])}-${someDigits(chance, 3)};P:${networkKey(chance, set).text.replaceAll(' ', '')};;`, // prettier-ignore
    authenticator: `otpauth://totp/Example:user${chance.whole(10, 99)}?secret=${secret}&issuer=Example`,
    payment: `BCD\n002\n1\nSCT\n\nMuseum e.V.\n${account}\nEUR${chance.whole(5, 900)}.00\n\n\nInvoice ${someDigits(chance, 5)}`, // prettier-ignore
    link:
      set === 'tune'
        ? `https://accounts.example.com/login?token=${someSigns(chance, 32)}`
        : `https://chat.example.org/link-device?session=${someSigns(chance, 28)}&auth=${someHex(chance, 24)}`
  }
  return own('login-code', uses[use])
}
