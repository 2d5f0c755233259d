import { holdsMiddle, overlapDown } from '#core/areas.ts'
import type { Area } from '#shared/caption.ts'
import type { ReadWord } from '#core/ports/pictures.ts'
import type { TextRegion } from './text-regions.ts'

/** The result of running OCR on a region by itself, because the first reading was uncertain. */
export interface SecondLook {
  region: TextRegion
  /** Usually one. Two if the first was uncertain, none if time ran out. */
  readings: ReadWord[][]
}

const leastSure = 70
/** Higher than for letters, because the neighbors of a digit do not help to recognize it. */
const leastSureOfDigits = 90
/** The highest confidence of a word on which two readings disagree. */
const confidenceOfContradicted = 50
/** The lowest confidence of a word on which two readings agree, even if both are uncertain. */
const confidenceOfAgreed = 85
/** A word with this confidence or less is not reported as text. */
export const confidenceOfGuess = 29
/** Below this mean confidence, a reading is not text at all. */
const leastMeanOfText = 25
/** A region counts as read at or above this mean confidence. */
const leastMean = 60
/** For fewer than three letters, because a spot is easily mistaken for a letter. */
const leastMeanOfShort = 80

/** Words worth another look. This includes single symbols, which may be a frame or an unread button. */
export function doubtfulWords(words: readonly ReadWord[]): Set<ReadWord> {
  return new Set(words.filter((word) => isDoubtful(word) || !/[\p{L}\p{N}]/u.test(word.text)))
}

export function isSure(words: readonly ReadWord[]): boolean {
  return words.length > 0 && !words.some(isDoubtful)
}

function isDoubtful({ text, confidence }: ReadWord): boolean {
  return confidence < (/\d/u.test(text) ? leastSureOfDigits : leastSure)
}

/**
 * Replaces doubtful words of the first reading with what the second look read.
 *
 * @returns `unread`: areas that look like text but were not read either time.
 */
export function withSecondLook(
  firstLines: readonly ReadWord[][],
  looks: readonly SecondLook[]
): { lines: ReadWord[][]; unread: Area[] } {
  const doubtful = doubtfulWords(firstLines.flat())
  const lines = firstLines.map((line) => [...line])
  const unread: Area[] = []
  for (const { region, readings } of looks) {
    const before = [...doubtful].filter(({ box }) => holdsMiddle(region.box, box) || holdsMiddle(box, region.box))
    const whole = readings.filter((words) => fills(words, region) && !isPartOf(words, before))
    const better = chosen(before, whole) ?? guessed(before, readings, region)
    if (better === null) {
      if (!isRead(before) && (readings.length === 0 || readings.some((words) => isText(words) && fills(words, region))))
        unread.push(region.box)
      continue
    }
    for (const line of lines) {
      for (const word of before) if (line.includes(word)) line.splice(line.indexOf(word), 1)
    }
    insert(lines, better, region)
  }
  return { lines: withNumbersJoined(lines).filter((line) => line.length > 0), unread }
}

/** In widely spaced type, OCR mistakes the cents for a separate column: "£28." and "32". */
function withNumbersJoined(lines: readonly ReadWord[][]): ReadWord[][] {
  const cents = lines.flat().filter(({ text }) => /^\d{2}\P{L}*$/u.test(text))
  const joined = new Set<ReadWord>()
  const whole = lines.map((line) =>
    line.map((word) => {
      if (!/\d[.,]$/u.test(word.text)) return word
      const end = cents.find((other) => !joined.has(other) && isRightBehind(word.box, other.box))
      if (!end) return word
      joined.add(end)
      return {
        text: word.text + end.text,
        confidence: Math.min(word.confidence, end.confidence),
        box: { ...word.box, width: end.box.x + end.box.width - word.box.x }
      }
    })
  )
  return whole.map((line) => line.filter((word) => !joined.has(word)))
}

function isRightBehind(one: Area, other: Area): boolean {
  const gap = other.x - (one.x + one.width)
  return gap > -0.5 * other.height && gap < other.height && overlapDown(one, other) > 0.5 * other.height
}

function isRead(words: readonly ReadWord[]): boolean {
  return words.some(({ confidence }) => confidence >= leastMean)
}

/** Rejects readings that cover only half of the region, such as one word of a button's label. */
function fills(words: readonly ReadWord[], { box }: TextRegion): boolean {
  return words.reduce((sum, word) => sum + word.box.width, 0) > 0.5 * box.width
}

/** Whether the second look saw only part of a long word that the first look read in full. */
function isPartOf(words: readonly ReadWord[], first: readonly ReadWord[]): boolean {
  return isRead(first) && lettersOf(words).length < 0.7 * lettersOf(first).length
}

/** A reading too uncertain to report as text, but good enough to compare with a caption. */
function guessed(
  first: readonly ReadWord[],
  readings: readonly ReadWord[][],
  { box, letterHeightPx }: TextRegion
): ReadWord[] | null {
  if (isRead(first) || box.width < 2.5 * letterHeightPx) return null
  const longest = readings.toSorted((a, b) => lettersOf(b).length - lettersOf(a).length)[0] ?? []
  if (lettersOf(longest).length < 4 || mean(longest) < leastMeanOfText) return null
  return longest.map((word) => withConfidence(word, Math.min(word.confidence, confidenceOfGuess)))
}

/** Rejects short or uncertain readings, such as two spots in a photo. */
function isText(words: readonly ReadWord[]): boolean {
  return lettersOf(words).length >= 2 && mean(words) >= leastMeanOfText
}

const lookalikes: readonly [RegExp, string][] = [
  // A "g" may be a 9, as in "22.7 g".
  [/[gq¢&]/gu, '9'],
  [/[oO]/gu, '0'],
  [/[iIl|]/gu, '1'],
  [/[sS]/gu, '5'],
  [/B/gu, '8'],
  [/[^\p{L}\p{N}]/gu, '']
]

/** The letters and digits, with lookalikes normalized. */
function lettersOf(words: readonly ReadWord[]): string {
  const text = words.map((word) => word.text).join('')
  return lookalikes.reduce((left, [shape, plain]) => left.replace(shape, plain), text)
}

/** The best reading of a region, or null if the existing words are better. */
function chosen(first: readonly ReadWord[], readings: readonly ReadWord[][]): ReadWord[] | null {
  const best = readings.toSorted((a, b) => mean(b) - mean(a))[0] ?? []
  const others = [first, ...readings].filter((words) => lettersOf(words) !== lettersOf(best))
  const agreed = readings.find(
    (reading) =>
      lettersOf(reading).length >= 2 &&
      [first, ...readings].some((other) => other !== reading && lettersOf(other) === lettersOf(reading))
  )
  if (agreed)
    return agreed.map((word) =>
      isDisputed(word, agreed, first)
        ? doubted(word)
        : withConfidence(word, Math.max(word.confidence, confidenceOfAgreed))
    )
  const least = lettersOf(best).length < 3 ? leastMeanOfShort : leastMean
  if (lettersOf(best) === '' || mean(best) < least) return null
  if (mean(best) < mean(first) - 10) return first.map((word) => (isDisputed(word, first, best) ? doubted(word) : word))
  return best.map((word) => (others.some((words) => isDisputed(word, best, words)) ? doubted(word) : word))
}

/**
 * Whether another reading contradicts this word's digits. If the word mixes digits and letters, even a low-confidence
 * reading counts.
 */
function isDisputed(word: ReadWord, reading: readonly ReadWord[], other: readonly ReadWord[]): boolean {
  return (
    /\d/u.test(word.text) &&
    lettersOf(other) !== '' &&
    lettersOf(other) !== lettersOf(reading) &&
    (isMixed(word.text) || mean(other) >= leastMean)
  )
}

/** Whether a word mixes digits and letters. A number with its unit doesn't count. */
function isMixed(text: string): boolean {
  return /\d/u.test(text) && /\p{L}/u.test(text) && !/^\P{L}*\p{L}{1,2}$/u.test(text)
}

function doubted(word: ReadWord): ReadWord {
  return withConfidence(word, Math.min(word.confidence, confidenceOfContradicted))
}

function withConfidence({ text, box }: ReadWord, confidence: number): ReadWord {
  return { text, confidence, box }
}

/** Mean confidence, weighted by length. */
function mean(words: readonly ReadWord[]): number {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0)
  return letters === 0 ? 0 : words.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0) / letters
}

/** Adds words to the line they continue, or inserts them as a new line in reading order. */
function insert(lines: ReadWord[][], words: ReadWord[], { box, letterHeightPx }: TextRegion): void {
  const home = lines.find((line) => line.some((word) => isNeighbor(word.box, box, letterHeightPx)))
  if (home) {
    home.push(...words)
    home.sort((a, b) => a.box.x - b.box.x)
    return
  }
  const before = lines.findLastIndex((line) => line.some((word) => isBefore(word.box, box)))
  lines.splice(before + 1, 0, words)
}

/** Whether `one` is to the left of `other` in the same row, or in a row above it. */
function isBefore(one: Area, other: Area): boolean {
  return overlapDown(one, other) > 0.5 * Math.min(one.height, other.height) ? one.x < other.x : one.y < other.y
}

function isNeighbor(one: Area, other: Area, letterHeightPx: number): boolean {
  const gap = Math.max(one.x, other.x) - Math.min(one.x + one.width, other.x + other.width)
  return overlapDown(one, other) > 0.5 * Math.min(one.height, other.height) && gap < 1.5 * letterHeightPx
}
