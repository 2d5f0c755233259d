import { holdsMiddle, overlapDown } from '#core/areas.ts'
import type { Area } from '#shared/caption.ts'
import type { ReadWord } from '#core/ports/pictures.ts'
import type { TextRegion } from './text-regions.ts'

/** What OCR made of a region when it read that region alone, because it was unsure the first time. */
export interface SecondLook {
  region: TextRegion
  /** One; two if the first was unsure; none if there was no time. */
  readings: ReadWord[][]
}

const leastSure = 70
/** Letters get help from their neighbors; digits do not. */
const leastSureOfDigits = 90
/** When two readings contradict each other. */
const confidenceOfContradicted = 50
/** When two readings agree, however unsure each is. */
const confidenceOfAgreed = 85
/** A word read with this confidence or less is not reported as text. */
export const confidenceOfGuess = 29
/** Below this mean confidence, a reading is not text at all. */
const leastMeanOfText = 25
/** From this mean confidence on, a region counts as read. */
const leastMean = 60
/** For fewer than three letters, since a spot is easily taken for a letter. */
const leastMeanOfShort = 80

/** Words worth another look. A lone symbol counts too: it may be a frame, or a button that was not read. */
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
 * @returns `unread`: what looks like text and was read neither time.
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

/** In widely spaced type OCR takes the cents for a column of their own: "£28." and "32". */
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

/** Half a word of a button's text is not the button's text. */
function fills(words: readonly ReadWord[], { box }: TextRegion): boolean {
  return words.reduce((sum, word) => sum + word.box.width, 0) > 0.5 * box.width
}

/** The second look saw half of a long word that the first look read in full. */
function isPartOf(words: readonly ReadWord[], first: readonly ReadWord[]): boolean {
  return isRead(first) && lettersOf(words).length < 0.7 * lettersOf(first).length
}

/** Too unsure to report, but enough to check whether it may be what a caption says. */
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

/** Two spots in a photo are not text. */
function isText(words: readonly ReadWord[]): boolean {
  return lettersOf(words).length >= 2 && mean(words) >= leastMeanOfText
}

const lookalikes: readonly [RegExp, string][] = [
  // As in "22.7 g".
  [/[gq¢&]/gu, '9'],
  [/[oO]/gu, '0'],
  [/[iIl|]/gu, '1'],
  [/[sS]/gu, '5'],
  [/B/gu, '8'],
  [/[^\p{L}\p{N}]/gu, '']
]

/** Their letters and digits, with lookalikes made the same. */
function lettersOf(words: readonly ReadWord[]): string {
  const text = words.map((word) => word.text).join('')
  return lookalikes.reduce((left, [shape, plain]) => left.replace(shape, plain), text)
}

/** The best of the readings of a region, or null when the words already there are better. */
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

/** Digits that another reading contradicts; if letters are mixed in, even a reading that is hardly sure. */
function isDisputed(word: ReadWord, reading: readonly ReadWord[], other: readonly ReadWord[]): boolean {
  return (
    /\d/u.test(word.text) &&
    lettersOf(other) !== '' &&
    lettersOf(other) !== lettersOf(reading) &&
    (isMixed(word.text) || mean(other) >= leastMean)
  )
}

/** Digits and letters mixed; a number with its unit does not count. */
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

/** Inserts words into the line they continue, or as a line of their own below what is above them. */
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

/** To the left in the same row, or in a row above. */
function isBefore(one: Area, other: Area): boolean {
  return overlapDown(one, other) > 0.5 * Math.min(one.height, other.height) ? one.x < other.x : one.y < other.y
}

function isNeighbor(one: Area, other: Area, letterHeightPx: number): boolean {
  const gap = Math.max(one.x, other.x) - Math.min(one.x + one.width, other.x + other.width)
  return overlapDown(one, other) > 0.5 * Math.min(one.height, other.height) && gap < 1.5 * letterHeightPx
}
