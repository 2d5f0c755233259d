import { countDigits, type SearchedText, type TextFinding } from './searched-text.ts'

const email = /(?<![\w.+%-])[\p{L}\p{N}_.+%-]{1,64} ?@ ?(?:[\p{L}\p{N}-]{1,63}\.){1,4}\p{L}{2,24}(?![\p{L}\p{N}@])/gu

export function findEmailAddresses({ plain }: SearchedText): TextFinding[] {
  if (!plain.includes('@')) return []
  return [...plain.matchAll(email)].map(({ 0: text, index }) => {
    const start = /^\.+/u.exec(text)?.[0].length ?? 0
    return { kind: 'email-address', start: index + start, end: index + text.length }
  })
}

const phoneLabel =
  '(?:(?:tele)?phone|tel(?:ephone|efon|efono|efone)?|mobile?|cell(?:ulare|ular|phone)?|handy|fax|rufnummer|hotline|portable|movil|whatsapp|call|text|sms|anrufen|appeler|llame|llamar|ligue|chiama)'
const numberRun = '(?:\\(?\\+?\\d{1,5}\\)?[ ./()-]{0,3}){1,8}\\d{1,6}'
const phonePatterns: readonly RegExp[] = [
  // International
  /(?<![\p{L}\p{N}+])(?:\+|\(\+|00(?=[1-9]\d))[ ]?\d{1,3}\)?(?:[ ./()-]{0,3}\d{1,5}){2,7}(?![\p{L}\p{N}])/gu,
  // United States and Canada
  /(?<![\p{L}\p{N}.-])(?:1[ .-])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[.-])[2-9]\d{2}[ .-]\d{4}(?![\p{L}\p{N}-])/gu,
  // France
  /(?<![\p{L}\p{N}.,])0[1-9](?:[ .-]\d{2}){4}(?![\p{L}\p{N}]|[ .-]\d)/gu,
  // Germany, Austria, Italy, United Kingdom: an area code that begins with 0
  /(?<![\p{L}\p{N}.,:/-])\(?0\d{2,4}\)?[ ]?[ /-][ ]?\d{3,8}(?:[ -]\d{1,5}){0,3}(?![\p{L}\p{N}]|[.,:]\d)/gu,
  new RegExp(
    `(?<=\\b${phoneLabel}[ .:°#]{1,4}(?:nr|no|n°|number|nummer)?[ .:]{0,3})${numberRun}(?![\\p{L}\\p{N}])`,
    'gu'
  )
]

/** Phone numbers with a country code, with a label, or in the form of the United States, France or Germany. */
export function findPhoneNumbers({ folded }: SearchedText): TextFinding[] {
  const found: TextFinding[] = []
  for (const pattern of phonePatterns)
    for (const { 0: text, index } of folded.matchAll(pattern)) {
      const digits = countDigits(text)
      if (digits >= 6 && digits <= 15)
        found.push({ kind: 'phone-number', start: index, end: index + text.trimEnd().length })
    }
  return found
}

const name = "[\\p{Lu}\\d][\\p{L}\\d.'-]*"
const city = "[\\p{Lu}][\\p{L}.'-]+(?: [\\p{L}(][\\p{L}.'()-]*){0,3}"
const gap = '(?:,? ?\\n ?|, ?| )'
const states =
  '(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|P[AR]|RI|S[CD]|T[NX]|UT|V[AT]|W[AIVY])'

/** A street with its number, and the town below or beside it. */
const addressPatterns: readonly RegExp[] = [
  // Germany, Austria, Switzerland
  new RegExp(
    `(?:[\\p{Lu}][\\p{L}.-]*[ -]){0,2}[\\p{L}-]*(?:stra(?:ß|ss)e|str\\.|(?<=\\p{L})(?:weg|platz|allee|gasse|ring|damm|ufer|chaussee|steig|pfad|hof|markt)|(?<= )(?:Weg|Platz|Allee|Gasse|Ring|Damm|Ufer|Straße|Markt)) ?\\d{1,4} ?[a-z]?\\b(?:${gap}(?:[DAC]H?-)?\\d{4,5} ${city})?`,
    'giu'
  ),
  // United States
  new RegExp(
    `(?<![\\d.,-])\\d{1,6} (?:[NSEW]\\.? |North |South |East |West )?(?:${name} ){1,4}(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Drive|Dr|Lane|Ln|Court|Ct|Way|Place|Pl|Terrace|Parkway|Pkwy|Highway|Hwy|Square|Sq)\\b\\.?(?:,? (?:Apt|Apartment|Suite|Ste|Unit|Floor|#)\\.? ?[\\w-]{1,6})?(?:${gap}${city},? ${states}(?: \\d{5}(?:-\\d{4})?)?)?`,
    'gu'
  ),
  // A town of the United States alone
  new RegExp(`(?<=^|\\n)(?:${name} ){0,3}${name}, ${states} \\d{5}(?:-\\d{4})?(?!\\d)`, 'gu'),
  // France
  new RegExp(
    `(?<![\\d.,-])\\d{1,4}(?: ?(?:bis|ter))?,? (?:rue|avenue|av\\.|boulevard|bd|place|chemin|allée|impasse|quai|route|cours|square)(?: (?:de la|de l'|des|du|de|d'))?(?: ?${name}(?: (?:de|du|des|la|le)\\b)?){1,4}(?:${gap}\\d{5} ${city})?`,
    'giu'
  ),
  // Spain, Italy, Portugal
  new RegExp(
    `(?<!\\p{L})(?:Calle|C\\/|Avenida|Avda\\.?|Plaza|Paseo|Carrera|Camino|Via|Viale|Piazza|Corso|Rua|Praça)(?: (?:de la|de los|de las|de|del|della|dei|da|do|dos|das))?(?: ${name}){1,4},? (?:n[º°.] ?)?\\d{1,4}\\b(?:,? \\d{1,2}[º°ª][^\\n,]{0,8})?(?:${gap}\\d{4,5}(?:-\\d{3})? ${city})?`,
    'gu'
  )
]

/**
 * Postal addresses that have a street and a number in the German, American, French, Spanish, Italian or Portuguese way. Not
 * found: post boxes, names of houses, British and other addresses, and a town alone.
 */
export function findPostalAddresses({ plain }: SearchedText): TextFinding[] {
  if (!/\d/u.test(plain)) return []
  return addressPatterns.flatMap((pattern) =>
    [...plain.matchAll(pattern)].map(({ 0: text, index }): TextFinding => ({
      kind: 'postal-address',
      start: index,
      end: index + text.trimEnd().length
    }))
  )
}
