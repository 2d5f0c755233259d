import { functionWords } from './claims.ts'
import { isBeside, mayBeUnread, type Evidence, type ReadQuantity, type Token } from './evidence.ts'
import { blur, closest, fold } from './folding.ts'
import { isAlmostSameDate, isSameQuantity, type Quantity } from './quantities.ts'
import type { Verdict } from './word-check.ts'

/**
 * @param others The other numbers in the caption.
 * @param context Words around the number in the caption, nearest first.
 * @param unit What comes right after the number in the caption.
 * @param neighbors The words right before and after it in the caption, blurred.
 */
export function checkQuantity(
  quantity: Quantity,
  others: readonly Quantity[],
  context: readonly string[],
  unit: string,
  neighbors: Neighbors,
  evidence: Evidence
): Verdict {
  if (isFound(quantity, unit, evidence)) return { is: 'found' }
  const near = similar(quantity, others, evidence.quantities) ?? labelled(quantity, others, context, evidence)
  if (
    near === 'nothing' ||
    (near &&
      quantity.digits.length <= 3 &&
      !isSamePlace(near, neighbors) &&
      mayBeUnread(quantity.text, evidence, { isAlone: true }))
  )
    return { is: 'open' }
  if (near) return near.isSure ? { is: 'wrong', nearest: near.quantity.text } : { is: 'open' }
  // OCR often misses a single digit.
  const isLone = quantity.digits.length < 2
  return { is: isLone || isHidden(quantity, evidence) ? 'open' : 'absent' }
}

/** Whether the caption mentions it as another number. */
function isMentioned(read: Quantity, others: readonly Quantity[]): boolean {
  return others.some((other) => isSameQuantity(other, read))
}

type Neighbors = Pick<ReadQuantity, 'previous' | 'next'>

/** "Seat 112" where the caption says "Seat 712". */
function isSamePlace(read: ReadQuantity, { previous, next }: Neighbors): boolean {
  return (previous !== null && read.previous === previous) || (next !== null && read.next === next)
}

const leastUncounted = 20
const notCounted = new Set([...functionWords].map(blur))

/** A number that may be the model's own count: wrong only if the picture has a different one next to the same word. */
export function checkCount(
  quantity: Quantity,
  others: readonly Quantity[],
  { previous, next }: Neighbors,
  evidence: Evidence
): Verdict {
  if (isFound(quantity, '', evidence)) return { is: 'found' }
  const isCounting = next !== null && !notCounted.has(next)
  const numbers = evidence.quantities.filter((read) => !read.isPart && read.quantity.kind === 'number')
  const other =
    (next === null ? undefined : numbers.find((read) => read.isSure && read.next === next)) ??
    only(previous === null || isCounting ? [] : numbers.filter((read) => read.previous === previous))
  if (other && !isMentioned(other.quantity, others)) return { is: 'wrong', nearest: other.quantity.text }
  if (!isCounting) return { is: 'found' }
  // A model does not count that far.
  const near = quantity.values.some((value) => value >= leastUncounted)
    ? similar(quantity, others, evidence.quantities)
    : null
  return near?.isSure && near.quantity.digits.length === quantity.digits.length
    ? { is: 'wrong', nearest: near.quantity.text }
    : { is: 'found' }
}

/** The only number after this word, as in "Chapter 2", if it was read with confidence. */
function only(reads: readonly ReadQuantity[]): ReadQuantity | undefined {
  return reads.every(({ isSure, quantity }) => isSure && quantity.text === reads[0]?.quantity.text)
    ? reads[0]
    : undefined
}

/** Mixed letters and digits, addresses, file names. */
export function checkCode(code: string, evidence: Evidence): Verdict {
  const squeezed = fold(code).replace(/[^\p{L}\p{N}]/gu, '')
  const blurred = blur(squeezed)
  if (evidence.spellings.has(blurred)) return { is: 'found' }
  if (squeezed.length >= 5 && (evidence.squeezed[0].includes(squeezed) || evidence.squeezed[1].includes(blurred)))
    return { is: 'found' }
  const near = mostSimilarRun(blurred, evidence.tokens)
  if (!near) return { is: 'absent' }
  const isSure = near.every((token) => token.isSure) && !isStrokeMore(near, blurred)
  return isSure ? { is: 'wrong', nearest: spelled(near, evidence) } : { is: 'open' }
}

/** OCR saw an extra thin letter: "Ilarkfield". */
function isStrokeMore(run: readonly Token[], blurred: string): boolean {
  const thin = (text: string): string => text.replace(/l+/gu, 'l')
  const read = run.map((token) => token.blurred).join('')
  return Math.abs(read.length - blurred.length) === 1 && thin(read) === thin(blurred)
}

function isFound(quantity: Quantity, unit: string, { quantities, tokens }: Evidence): boolean {
  if (quantities.some((read) => isSameQuantity(quantity, read.quantity))) return true
  // OCR reads "22.7 g" as "22.79", and "15:21" as "15221".
  if (quantities.some((read) => isMisread(read.quantity.digits, quantity, /^\s?g\b/u.test(unit)))) return true
  if (quantities.some((read) => isConverted(quantity, read.quantity))) return true
  // A calendar shows day, month and year in different places; a large price, its cents.
  const isWritten = (part: string): boolean =>
    /\d/u.test(part) ? isReadAlone(part, quantities) : tokens.some((token) => token.blurred === blur(part))
  const parts = quantity.text.match(/[\p{L}\p{M}]{3,}|\d+/gu) ?? []
  return parts.length > 1 && isInPieces(quantity) && parts.every(isWritten)
}

/** A unit, or punctuation between the digits, was taken for a digit; or the punctuation got lost. */
function isMisread(read: string, { digits, text }: Quantity, hasUnit: boolean): boolean {
  if (digits.length < 2) return false
  const sign = text.search(/[.,:]/u)
  return (
    (hasUnit && (read === `${digits}9` || (sign > 0 && read.slice(0, -1) === digits))) ||
    (sign > 0 && (read === digits || read.slice(0, sign) + read.slice(sign + 1) === digits))
  )
}

/** Dates, and numbers with cents, may be spread over several places in the picture. */
function isInPieces({ kind, text }: Quantity): boolean {
  return kind === 'date' || (kind === 'number' && /[.,]/u.test(text))
}

function isReadAlone(digits: string, quantities: readonly ReadQuantity[]): boolean {
  return quantities.some((read) => read.quantity.kind === 'number' && read.quantity.text === digits)
}

/** "0.15 kilo" from "150 g", "7.4 seconds" from "7400 ms". */
function isConverted(claimed: Quantity, read: Quantity): boolean {
  const isDecimal = claimed.kind === 'number' && /[.,]/u.test(claimed.text)
  return isDecimal && claimed.values.some((value) => read.values.includes(Math.round(value * 1000)))
}

function similar(
  quantity: Quantity,
  others: readonly Quantity[],
  quantities: readonly ReadQuantity[]
): ReadQuantity | null {
  const { kind, digits, text } = quantity
  const isAsLong = (read: ReadQuantity): boolean => read.quantity.digits.length === digits.length
  const most = Math.max(1, Math.floor(digits.length / 3))
  const isNear = (read: ReadQuantity): boolean =>
    kind !== 'number' || Math.abs(read.quantity.digits.length - digits.length) <= most
  const comparable = quantities
    .filter(
      (read) => read.quantity.kind === kind && !read.isPart && isNear(read) && !isMentioned(read.quantity, others)
    )
    // If two are equally near, one with the same number of digits comes first, then a doubtful one.
    .toSorted((a, b) => Number(isAsLong(b)) - Number(isAsLong(a)) || Number(a.isSure) - Number(b.isSure))
  if (kind === 'date') return comparable.find((read) => isAlmostSameDate(quantity, read.quantity)) ?? null
  if (kind === 'time') {
    const clocks = comparable.flatMap((read) => clockDigits(read.quantity).map((clock) => ({ clock, read })))
    const near = clockDigits(quantity).map((wanted) => closest(wanted, clocks, ({ clock }) => clock, 1))
    return near.find((one) => one !== null)?.read ?? null
  }
  if (digits.length < 2) return null
  // With one of two digits changed, many numbers match.
  const alike = comparable.filter((read) => digits.length > 2 || read.quantity.text.length === text.length)
  return closest(digits, alike, (read) => read.quantity.digits, most)
}

/** "1530", for each time it may mean. */
function clockDigits({ values }: Quantity): string[] {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  return values.map((seconds) => two(seconds / 3600) + two((seconds / 60) % 60))
}

/**
 * The number next to the words that are next to it in the caption, unless the caption mentions it as another number;
 * `nothing` if the words are there without a number.
 */
function labelled(
  { kind, digits }: Quantity,
  others: readonly Quantity[],
  context: readonly string[],
  evidence: Evidence
): ReadQuantity | 'nothing' | null {
  for (const word of context) {
    const blurred = blur(word)
    const labels = evidence.tokens.filter((token) => token.blurred === blurred)
    if (labels.length === 0) continue
    const beside = evidence.quantities.find(
      (read) =>
        read.quantity.kind === kind &&
        !read.isPart &&
        Math.abs(read.quantity.digits.length - digits.length) <= 1 &&
        !isMentioned(read.quantity, others) &&
        labels.some((label) => isBeside(label, read))
    )
    return beside ?? 'nothing'
  }
  return null
}

/** Something doubtful with digits could be this number. */
function isHidden({ digits }: Quantity, { tokens }: Evidence): boolean {
  return tokens.some(({ text, isSure }) => !isSure && /\d/u.test(text) && text.length >= digits.length - 2)
}

/** Adjacent tokens that together differ in few letters from the code. */
function mostSimilarRun(blurred: string, tokens: readonly Token[]): Token[] | null {
  const runs = tokens.flatMap((_, start) => [1, 2, 3, 4, 5, 6].map((length) => tokens.slice(start, start + length)))
  const textOf = (run: readonly Token[]): string => run.map((token) => token.blurred).join('')
  return closest(blurred, runs, textOf, Math.max(1, Math.floor(blurred.length / 3)))
}

function spelled(run: readonly Token[], { text }: Evidence): string {
  const parts = run.map((token) => token.text.replace(/[$|]/gu, String.raw`\$&`))
  return (
    new RegExp(parts.join(String.raw`[^\p{L}\p{N}]*`), 'u').exec(text)?.[0] ?? run.map((token) => token.text).join(' ')
  )
}
