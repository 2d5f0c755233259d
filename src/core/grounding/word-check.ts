import type { Evidence, Token } from './evidence.ts'
import { blur, closest, editDistance, fold } from './folding.ts'

/** A word of a claim; offsets are in the caption. */
export interface ClaimedWord {
  text: string
  start: number
  end: number
}

export type Verdict =
  | { is: 'found' }
  /** OCR saw something there, but is not sure of it. */
  | { is: 'open' }
  /** Nothing like it was read. */
  | { is: 'absent' }
  /** Something else was read in its place, with confidence. */
  | { is: 'wrong'; nearest: string | null }

/** Words in the script that OCR reads. */
const checkable = /^[\p{Script=Latin}\p{M}\d'’]+$/u

/**
 * Judges each word of a quotation or name.
 *
 * @param before The words before the claim in the caption, nearest first; `after` has those after it. The first of each
 *   that was read shows where the claim belongs.
 * @param mentioned Every word of the caption, blurred.
 */
export function checkWords(
  words: readonly ClaimedWord[],
  before: readonly string[],
  after: readonly string[],
  mentioned: ReadonlySet<string>,
  evidence: Evidence
): Verdict[] {
  const placesOfFirst = (some: readonly string[]): number[] =>
    some.map((word) => placesOf(word, evidence)).find((places) => places.length > 0) ?? []
  const places = [
    placesOfFirst(before),
    ...words.map(({ text }) => (text.length < 2 ? [] : placesOf(text, evidence))),
    placesOfFirst(after)
  ]
  return words.map(({ text }, index): Verdict => {
    if (!checkable.test(text)) return { is: 'open' }
    const [left = [], own = [], right = []] = places.slice(index, index + 3)
    if (text.length === 1 || own.length > 0 || isSpelled(text, evidence)) return { is: 'found' }
    const isWithin = index > 0 && index < words.length - 1
    if (isWithin && left.some((place) => right.includes(place + 1))) return { is: 'wrong', nearest: null }
    const near = mostSimilar(text, evidence) ?? tokenBetween(left, right, mentioned, evidence)
    if (near) return isOtherWord(near, text) ? { is: 'wrong', nearest: near.text } : { is: 'open' }
    return { is: isHidden(text, evidence) ? 'open' : 'absent' }
  })
}

/** Indexes of tokens that may be this word. */
export function placesOf(word: string, { tokens }: Evidence): number[] {
  const blurred = blur(word)
  // English OCR reads "ü" as "ii", "ti" or "u".
  const accents = 2 * (word.normalize('NFC').match(/\P{ASCII}/gu)?.length ?? 0)
  // "ß" is folded to two letters and read as one.
  const tolerated = Math.min(accents, Math.floor(word.length / 3)) + (word.includes('ß') ? 1 : 0)
  const toleratedInDoubt = tolerated + Math.floor(word.length / 4)
  const shape = shapeOf(word)
  return tokens.flatMap((token, index) =>
    isSameWord(blurred, token.blurred, token.isSure ? tolerated : toleratedInDoubt) || shape?.test(token.text)
      ? [index]
      : []
  )
}

/** Whether the word was read, or something doubtful could be it. */
export function mayBeRead(word: string, evidence: Evidence): boolean {
  return placesOf(word, evidence).length > 0 || isSpelled(word, evidence) || isHidden(word, evidence)
}

/** English OCR reads an accented letter as up to three others: "Pefia" for "Peña", "WeilS" for "Weiß". */
function shapeOf(word: string): RegExp | null {
  const known = word.normalize('NFC').split(/\P{ASCII}+/u)
  if (known.length === 1 || known.join('').length < 3) return null
  return new RegExp(`^${known.join('.{1,3}')}$`, 'iu')
}

/** @param tolerated How many letters OCR may have got wrong. */
function isSameWord(one: string, other: string, tolerated: number): boolean {
  if (one === other) return true
  const [short, long] = one.length < other.length ? [one, other] : [other, one]
  const more = long.length - short.length
  // With or without an ending: "Settings" and "Setting", "Müllers".
  if (short.length >= 4 && more <= 2 && long.startsWith(short)) return true
  return tolerated > 0 && more <= tolerated && editDistance(one, other, tolerated) <= tolerated
}

function isSpelled(word: string, { spellings, squeezed, tokens }: Evidence): boolean {
  const blurred = blur(word)
  if (spellings.has(blurred)) return true
  if (word.length >= 8 && (squeezed[0].includes(fold(word)) || squeezed[1].includes(blurred))) return true
  return word.length >= 4 && tokens.some((token) => token.blurred.includes(blurred))
}

/** The token that differs in few letters. */
function mostSimilar(word: string, { sureFirst }: Evidence): Token | null {
  const blurred = blur(word)
  // Many short words are alike.
  if (blurred.length < 4) return null
  return closest(blurred, sureFirst, (token) => token.blurred, Math.max(1, Math.floor(blurred.length / 3)))
}

/** The token where the word should be: between its neighbors, or next to the one that was found. */
function tokenBetween(
  lefts: readonly number[],
  rights: readonly number[],
  mentioned: ReadonlySet<string>,
  { tokens }: Evidence
): Token | null {
  const between = lefts.find((left) => rights.includes(left + 2))
  if (between !== undefined) return tokens[between + 1] ?? null
  // A word that the caption mentions elsewhere is not a replacement for this one.
  const isOther = (place: number, neighbor: number): boolean => {
    const [token, beside] = [tokens[place], tokens[neighbor]]
    return (
      token !== undefined &&
      beside !== undefined &&
      token.line === beside.line &&
      beside.text.length >= 4 &&
      token.text.length >= 3 &&
      /\p{L}/u.test(token.text) &&
      !mentioned.has(token.blurred)
    )
  }
  if (lefts.length === 1) {
    const [left = 0] = lefts
    if (isOther(left + 1, left)) return tokens[left + 1] ?? null
  }
  if (rights.length === 1) {
    const [right = 0] = rights
    if (isOther(right - 1, right)) return tokens[right - 1] ?? null
  }
  return null
}

/** OCR was sure of it, or at least it cannot be this word misread. OCR is too sure when it reads "Ihr" as "Thr". */
function isOtherWord(token: Token, word: string): boolean {
  if (word.length <= 3 && token.text.length <= 3 && editDistance(token.blurred, blur(word)) <= 1) return false
  return token.isSure || (token.isLikely && editDistance(token.blurred, blur(word)) > 0.6 * word.length)
}

/** A doubtful word could be this one. */
function isHidden(word: string, { tokens }: Evidence): boolean {
  const blurred = blur(word)
  const most = Math.floor(0.6 * word.length)
  return tokens.some(
    (token) => !token.isSure && token.text.length >= 3 && editDistance(token.blurred, blurred, most) <= most
  )
}
