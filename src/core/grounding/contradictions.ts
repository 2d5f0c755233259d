import { isInRow, type Evidence, type ReadQuantity, type Token } from './evidence.ts'
import type { Claim } from './claims.ts'
import { blur, fold } from './folding.ts'
import { isSameQuantity } from './quantities.ts'
import { mayBeRead, placesOf, type ClaimedWord } from './word-check.ts'

/** A word of the caption in whose place the picture has a different word, which the caption does not mention. */
export interface Contradiction extends ClaimedWord {
  nearest: string
}

/** An item and its number: "Cheddar at £3.13", "Honig für 3,54", "Norwich sold 33 038". */
const itemBefore =
  /(?<![\p{L}\p{M}])(\p{Lu}[\p{L}\p{M}]{3,})(?::| (?:at|for|für|sold|has|had|costs?|kostet|hat))? (?:[$€£] ?)?$/u
const reach = 60

/**
 * Items of a list or table: the picture has a different word next to the number, while another item of the caption is next
 * to its own number.
 */
export function findWrongItems(
  caption: string,
  claims: readonly Claim[],
  mentioned: ReadonlySet<string>,
  evidence: Evidence
): Contradiction[] {
  const items = claims.flatMap((claim) => {
    const from = Math.max(0, claim.start - reach)
    const match = claim.quantity?.kind === 'number' ? itemBefore.exec(caption.slice(from, claim.start)) : null
    const [, text] = match ?? []
    if (!match || text === undefined) return []
    const start = from + match.index
    return [{ text, start, end: start + text.length, number: numberIn(claim, evidence) }]
  })
  const isInPlace = ({ text, number }: (typeof items)[number]): boolean =>
    number !== null && placesOf(text, evidence).some((place) => isLeftInRow(evidence.tokens[place], number))
  if (!items.some(isInPlace)) return []
  return items.flatMap(({ text, start, end, number }) => {
    if (number === null || mayBeRead(text, evidence)) return []
    const label = evidence.tokens.findLast((token) => isLabel(token) && isLeftInRow(token, number))
    return label?.isSure && !mentioned.has(label.blurred) ? [{ text, start, end, nearest: label.text }] : []
  })
}

/** Null unless it was read with confidence, in exactly one place. */
function numberIn({ quantity }: Claim, { quantities }: Evidence): ReadQuantity | null {
  const found = quantities.filter((read) => !read.isPart && quantity && isSameQuantity(quantity, read.quantity))
  const places = new Set(found.map(({ box }) => JSON.stringify(box)))
  return places.size === 1 && found[0]?.isSure ? found[0] : null
}

function isLabel({ text }: Token): boolean {
  return /^[\p{L}\p{M}]{4,}$/u.test(text)
}

function isLeftInRow(token: Token | undefined, number: ReadQuantity): boolean {
  return Boolean(token?.box && number.box && token.box.x < number.box.x && isInRow(token.box, number.box))
}

/** The caption mentions a day of the week, and the only one in the picture is a different one. */
export function findWrongWeekdays(
  words: readonly ClaimedWord[],
  language: string,
  mentioned: ReadonlySet<string>,
  evidence: Evidence
): Contradiction[] {
  const weekdays = weekdaysIn(language)
  const claimed = words.filter(({ text }) => weekdays.has(fold(text)) && /^\p{Lu}/u.test(text))
  if (claimed.length === 0) return []
  const read = evidence.tokens.filter(({ text }) => weekdays.has(fold(text)))
  const [only] = read
  if (!only?.isSure || mentioned.has(only.blurred) || read.some(({ blurred }) => blurred !== only.blurred)) return []
  // "Tue", "Di."
  const isShortened = (word: string): boolean =>
    evidence.tokens.some(({ blurred }) => blurred.length >= 2 && blur(word).startsWith(blurred))
  return claimed
    .filter(({ text }) => !isShortened(text))
    .map(({ text, start, end }) => ({ text, start, end, nearest: only.text }))
}

const aSunday = Date.UTC(2026, 0, 4)
const dayMs = 86_400_000

function weekdaysIn(language: string): Set<string> {
  const format = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' })
  return new Set([0, 1, 2, 3, 4, 5, 6].map((day) => fold(format.format(aSunday + day * dayMs))))
}
