import { findNames } from './names.ts'
import { findQuantities, type Quantity } from './quantities.ts'

/** Something in a caption that should appear in the picture letter for letter. Offsets are in the caption. */
export interface Claim {
  kind: 'number' | 'code' | 'name' | 'quotation'
  text: string
  start: number
  end: number
  /** For a number. */
  quantity: Quantity | null
  /** Perhaps the model's own count, or not a name; marked only if the picture says otherwise in that exact place. */
  isGuess: boolean
  /** See `Name`. */
  isPlace: boolean
}

/** Later claims are not checked: no caption of a picture needs this many. */
export const mostClaims = 100

/**
 * Numbers, codes, names and quotations, from left to right. Numbers and codes inside a quotation are claims of their own;
 * only its other words are checked as a quotation.
 *
 * @param language The caption's, BCP 47.
 */
export function findClaims(caption: string, language: string): Claim[] {
  const quotations = findQuotations(caption)
  const codes = findCodes(caption)
  const isFree = overlapsNone(codes)
  const numbers = findNumbers(caption, language).filter(isFree)
  const names = findNames(caption, language)
    .filter(overlapsNone([...quotations, ...codes, ...numbers]))
    .map((name) => claim('name', caption, name.start, name.end, { isGuess: name.isGuess, isPlace: name.isPlace }))
  return [...quotations, ...codes, ...numbers, ...names].toSorted((a, b) => a.start - b.start)
}

/** A sentence with claims waits a moment for OCR before it is spoken. */
export function hasClaims(sentence: string, language: string): boolean {
  return findClaims(sentence, language).length > 0
}

type Span = Pick<Claim, 'start' | 'end'>

function overlapsNone(taken: readonly Span[]): (span: Span) => boolean {
  return ({ start, end }) => taken.every((other) => other.end <= start || other.start >= end)
}

function claim(kind: Claim['kind'], caption: string, start: number, end: number, more: Partial<Claim> = {}): Claim {
  return { kind, text: caption.slice(start, end), start, end, quantity: null, isGuess: false, isPlace: false, ...more }
}

// ---- quotations -----------------------------------------------------------------------------------------------------

const longestQuotation = 400
/** How many characters around a claim are looked at to classify it. */
const reach = 60
const quotationMarks: readonly RegExp[] = [
  /“([^“”]+)”/gu,
  /„([^„“”"]+)[“”"]/gu,
  /«([^«»]+)»|»([^«»]+)«/gu,
  /「([^「」]+)」|『([^『』]+)』/gu,
  /"([^"\n]+)"/gu,
  /`([^`\n]+)`/gu,
  // Apostrophes look the same: it must open before a word and close after one.
  /(?<![\p{L}\p{N}])['‘]((?=\S)(?:[^'‘’\n]|(?<=\p{L})['’](?=\p{L}))+(?<=\S))['’](?![\p{L}\p{N}])/gu
]

/** A quotation's span is the text between the quotation marks. */
function findQuotations(caption: string): Claim[] {
  const found: Claim[] = []
  for (const pattern of quotationMarks) {
    for (const match of caption.matchAll(pattern)) {
      const inner = (match.slice(1).find((group) => group !== undefined) ?? '').trim()
      const start = match.index + match[0].indexOf(inner)
      const span = claim('quotation', caption, start, start + inner.length)
      if (inner.length <= longestQuotation && overlapsNone(found)(span)) found.push(span)
    }
  }
  return found
}

// ---- codes ----------------------------------------------------------------------------------------------------------

const codePatterns: readonly RegExp[] = [
  // Addresses, file names.
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/gu,
  /(?:https?:\/\/|www\.)[^\s"'”’»)\]]*[^\s"'”’»)\].,;:!?]/gu,
  /(?<![\p{L}\p{N}])[\p{L}\p{N}_-]{2,}(?:\.[\p{L}\p{N}_-]+)*\.\p{L}[\p{L}\p{N}]{1,4}(?:\/[\w/.-]*\w)?(?![\p{L}\p{N}])/gu,
  // Versions and addresses of computers.
  /(?<![\p{L}\d.,])v?\d{1,3}(?:\.\d{1,5}){2,4}(?![\p{L}\d])/gu,
  // Identifiers in programs.
  /(?<![\p{L}\p{N}_])\p{L}[\p{L}\p{N}]*(?:_[\p{L}\p{N}]+)+(?![\p{L}\p{N}_])/gu,
  /(?<=\b(?:branch|command|file|folder|host|package|container|repository|user) (?:is |named |called )?)\p{Ll}+(?:[-/]\p{Ll}+)+/gu,
  // Letters and digits mixed.
  /(?<![\p{L}\p{N}-])(?=[\p{L}\p{N}-]*\d)(?=[\p{L}\p{N}-]*\p{L})[\p{L}\p{N}]+(?:[-_/][\p{L}\p{N}]+)*(?![\p{L}\p{N}])/gu
]
/** Not codes: a number with its unit or ending, a size, names of things: "5kg", "3pm", "1st", "1980s", "1920x1080", "360-degree", "COVID-19". */
const noCode =
  /^(?:\d+[.,:h]?\d*(?:-?\p{Ll}{1,2}\p{L}*|[KMGTP]B?|mAh|kWh|MHz|GHz|dB|[AVWCFHDS])|\d+(?:[-–]\p{L}\p{Ll}+)+|\d+[x×]\d+(?:px)?|a[3-6]|f\d{1,2}|\p{L}\p{Ll}+-\d{1,2}|mp[34]|mpeg-?\d|h\d|h2o|co2|covid-19|utf-8|base64|win(?:32|64)|x(?:64|86))$/iu
/** Two dates, years or numbers with a dash between. */
const isDigits = /^[\d./-]+$/u

function findCodes(caption: string): Claim[] {
  const found: Claim[] = []
  for (const [index, pattern] of codePatterns.entries()) {
    for (const match of caption.matchAll(pattern)) {
      const [text] = match
      const span = claim('code', caption, match.index, match.index + text.length)
      const isVersion = index === 3
      if (isVersion ? isGrouped(text) : isDigits.test(text)) continue
      if (index === codePatterns.length - 1 && (noCode.test(text) || /[^\p{Script=Latin}\d/_-]/u.test(text))) continue
      if (overlapsNone(found)(span)) found.push(span)
    }
  }
  return found
}

/** "1.299.000" is a number, "05.03.2026" a date. */
function isGrouped(text: string): boolean {
  return /^\d{1,3}(?:\.\d{3})+$|^\d{1,2}\.\d{1,2}\.(?:\d{2}|\d{4})$/u.test(text)
}

// ---- numbers --------------------------------------------------------------------------------------------------------

/** The model's own estimate, or a bound it chose. */
const roundingWords = [
  'about|around|approximately|approx\\.?|roughly|nearly|almost|some|over|under|above|below|(?:more|less|fewer) than|up to',
  'at least|at most|close to|ca\\.?|circa|rund|etwa|ungefähr|fast|knapp|über|unter|mehr als|weniger als|bis zu|mindestens',
  'höchstens|gut|environ|près de|presque|plus de|moins de|jusqu.à|unos|unas|casi|cerca de|alrededor de|aproximadamente',
  'más de|menos de|hasta|(?:between|zwischen|entre)(?: \\S+)?(?: \\S+)?(?: (?:and|und|et|y|e))?'
].join('|')
const rounded = new RegExp(String.raw`(?:(?<!\p{L})(?:${roundingWords})|[~≈±><≥≤])\s*(?:[$€£¥₹]\s?)?$`, 'iu')
/** A position counted by the model. */
const counted = /\b(?:rows?|columns?|panels?|image|picture|photo|item|Zeile|Spalte|Bild|colonne|fila|columna)\s$/iu
const ending = /^(?:(?:st|nd|rd|th|e|er|ère|ème|º|ª|s|er|-er|ers)(?!\p{L})|['’]s\b)/u
const ordinalDot = /^(?:de|da|nb|nn|no|fi|cs|pl|hu)\b/iu
const measured =
  /^\s?(?:[%‰°$€£¥₹]|(?:percent|per cent|prozent|pour cent|por ciento|dollars?|euros?|cents?|pounds?|yen|rupees?|francs?|chf|usd|eur|gbp|zł|kr|uhr|degrees|grad|k?m|[cm]m|km\/h|mph|k?g|mg|m?l|k?w|kwh|[kmgt]i?b|[gm]?hz|px|min|h|ms|v|a|pm|am)(?!\p{L}))/iu
/** Words after a number that are not what is counted: "3 and", "chapter 3 of". */
export const functionWords = new Set(
  `a and or to of in on at by for from with is are was as if but then while than plus the und oder bis von in im auf am um bei für mit ist
  sind als dann et ou à de du des dans sur par pour avec est sont puis y o a en con por para es son luego`.split(/\s+/u)
)
const currency = /[$€£¥₹#№]\s?$/u

function findNumbers(caption: string, language: string): Claim[] {
  const claims: Claim[] = []
  for (const quantity of findQuantities(caption, language)) {
    const { start, end } = quantity
    const [before, after] = [caption.slice(Math.max(0, start - reach), start), caption.slice(end, end + reach)]
    const isPlain = quantity.kind === 'number'
    const isRounded = rounded.test(before) && !/[.,]\d{2}$/u.test(quantity.text)
    if (isPlain && (isRounded || isOrdinal(quantity, after, language) || isListNumber(before, after))) continue
    claims.push(claim('number', caption, start, end, { quantity, isGuess: isPerhapsCount(quantity, before, after) }))
  }
  return claims
}

/** "1st", "1980s", "der 3. Reiter". */
function isOrdinal({ digits }: Quantity, after: string, language: string): boolean {
  return ending.test(after) || (digits.length <= 2 && ordinalDot.test(language) && /^\. \p{L}/u.test(after))
}

function isListNumber(before: string, after: string): boolean {
  return /(?:^|\n)\s*$/u.test(before) && /^[.)]\s/u.test(after)
}

/** "3 people", "12 icons", "row 4", "360-degree": numbers that need not be written in the picture. */
function isPerhapsCount(quantity: Quantity, before: string, after: string): boolean {
  if (/^-\p{Ll}/u.test(after)) return true
  if (quantity.kind !== 'number' || !/^\d{1,2}$/u.test(quantity.text) || /^0\d/u.test(quantity.text)) return false
  if (currency.test(before) || measured.test(after)) return false
  const next = /^[\s-](\p{L}+)/u.exec(after)?.[1]?.toLowerCase() ?? null
  const isCounting = next !== null && !functionWords.has(next)
  return quantity.text.length === 1 || isCounting || counted.test(before) || /^\p{Lo}/u.test(after)
}
