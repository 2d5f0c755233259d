import type { Area } from '#shared/caption.ts'
import type { ReadWord } from '#core/ports/pictures.ts'
import type { TextRegion } from './text-regions.ts'

/** What a region that was not read surely says when it is read alone. */
export interface SecondLook {
  region: TextRegion
  /** One, or two when the first was not sure, or none when there was no time. */
  readings: ReadWord[][]
}

const leastSure = 70
/** Digits have no neighbours that tell which of them are likely. */
const leastSureOfDigits = 90
/** What two looks tell differently is not known. */
const confidenceOfContradicted = 50
/** And what two tell alike is, however much each of them doubts. */
const confidenceOfAgreed = 85
/** What was read so poorly is not told as text. */
export const confidenceOfGuess = 29
/** Less is no text at all. */
const leastMeanOfText = 25
/** A region is text if it was read with this on average. */
const leastMean = 60
/** A spot is easily taken for a letter. */
const leastMeanOfShort = 80

/** A sign alone may be a frame, or a button that was not read. */
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
 * Puts what was read at the second look into the lines, in place of what was read doubtfully at the first.
 *
 * @returns `unread`: what looks like text and was not read at either.
 */
export function withSecondLook(
  firstLines: readonly ReadWord[][],
  looks: readonly SecondLook[]
): { lines: ReadWord[][]; unread: Area[] } {
  const doubtful = doubtfulWords(firstLines.flat())
  const lines = firstLines.map((line) => [...line])
  const unread: Area[] = []
  for (const { region, readings } of looks) {
    const before = [...doubtful].filter(({ box }) => isWithin(box, region.box) || isWithin(region.box, box))
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

/** Wide type takes the cents for a column of their own: "£28." and "32". */
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

/** Half a word of a button is not what the button says. */
function fills(words: readonly ReadWord[], { box }: TextRegion): boolean {
  return words.reduce((sum, word) => sum + word.box.width, 0) > 0.5 * box.width
}

/** A look at one half of a long word, where the first look read all of it. */
function isPartOf(words: readonly ReadWord[], first: readonly ReadWord[]): boolean {
  return isRead(first) && toldBy(words).length < 0.7 * toldBy(first).length
}

/** What nobody should be told, but enough to see that it may be what a caption says. */
function guessed(
  first: readonly ReadWord[],
  readings: readonly ReadWord[][],
  { box, letterHeightPx }: TextRegion
): ReadWord[] | null {
  if (isRead(first) || box.width < 2.5 * letterHeightPx) return null
  const longest = readings.toSorted((a, b) => toldBy(b).length - toldBy(a).length)[0] ?? []
  if (toldBy(longest).length < 4 || mean(longest) < leastMeanOfText) return null
  return longest.map((word) => withConfidence(word, Math.min(word.confidence, confidenceOfGuess)))
}

/** Two spots in a photo are not. */
function isText(words: readonly ReadWord[]): boolean {
  return toldBy(words).length >= 2 && mean(words) >= leastMeanOfText
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

/** Letters and digits; what is easily taken for one another is the same. */
function told(text: string): string {
  return lookalikes.reduce((left, [shape, plain]) => left.replace(shape, plain), text)
}

function toldBy(words: readonly ReadWord[]): string {
  return told(words.map(({ text }) => text).join(''))
}

/** What the readings of a region make of it, or null when they make nothing better than the words that stand there. */
function chosen(first: readonly ReadWord[], readings: readonly ReadWord[][]): ReadWord[] | null {
  const best = readings.toSorted((a, b) => mean(b) - mean(a))[0] ?? []
  const others = [first, ...readings].filter((words) => toldBy(words) !== toldBy(best))
  const agreed = readings.find(
    (reading) =>
      toldBy(reading).length >= 2 &&
      [first, ...readings].some((other) => other !== reading && toldBy(other) === toldBy(reading))
  )
  if (agreed)
    return agreed.map((word) =>
      isDisputed(word, agreed, first)
        ? doubted(word)
        : withConfidence(word, Math.max(word.confidence, confidenceOfAgreed))
    )
  const least = toldBy(best).length < 3 ? leastMeanOfShort : leastMean
  if (toldBy(best) === '' || mean(best) < least) return null
  if (mean(best) < mean(first) - 10) return first.map((word) => (isDisputed(word, first, best) ? doubted(word) : word))
  return best.map((word) => (others.some((words) => isDisputed(word, best, words)) ? doubted(word) : word))
}

/** Digits that another reading tells otherwise; where letters stand among them, even one that is hardly sure. */
function isDisputed(word: ReadWord, reading: readonly ReadWord[], other: readonly ReadWord[]): boolean {
  return (
    /\d/u.test(word.text) &&
    toldBy(other) !== '' &&
    toldBy(other) !== toldBy(reading) &&
    (isMixed(word.text) || mean(other) >= leastMean)
  )
}

/** A number with its unit is none. */
function isMixed(text: string): boolean {
  return /\d/u.test(text) && /\p{L}/u.test(text) && !/^\P{L}*\p{L}{1,2}$/u.test(text)
}

function doubted(word: ReadWord): ReadWord {
  return withConfidence(word, Math.min(word.confidence, confidenceOfContradicted))
}

function withConfidence({ text, box }: ReadWord, confidence: number): ReadWord {
  return { text, confidence, box }
}

/** Weighed by letters. */
function mean(words: readonly ReadWord[]): number {
  const letters = words.reduce((sum, { text }) => sum + text.length, 0)
  return letters === 0 ? 0 : words.reduce((sum, { text, confidence }) => sum + text.length * confidence, 0) / letters
}

/** Into the line that it goes on, or as a line of its own under what lies above. */
function insert(lines: ReadWord[][], words: ReadWord[], { box, letterHeightPx }: TextRegion): void {
  const home = lines.find((line) => line.some((word) => isNeighbour(word.box, box, letterHeightPx)))
  if (home) {
    home.push(...words)
    home.sort((a, b) => a.box.x - b.box.x)
    return
  }
  const before = lines.findLastIndex((line) => line.some((word) => isBefore(word.box, box)))
  lines.splice(before + 1, 0, words)
}

/** In one row to the left, or in a row above. */
function isBefore(one: Area, other: Area): boolean {
  return overlapDown(one, other) > 0.5 * Math.min(one.height, other.height) ? one.x < other.x : one.y < other.y
}

function overlapDown(one: Area, other: Area): number {
  return Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
}

function isNeighbour(one: Area, other: Area, letterHeightPx: number): boolean {
  const gap = Math.max(one.x, other.x) - Math.min(one.x + one.width, other.x + other.width)
  return overlapDown(one, other) > 0.5 * Math.min(one.height, other.height) && gap < 1.5 * letterHeightPx
}

function isWithin(inner: Area, outer: Area): boolean {
  const [middle, centre] = [inner.x + inner.width / 2, inner.y + inner.height / 2]
  return middle >= outer.x && middle <= outer.x + outer.width && centre >= outer.y && centre <= outer.y + outer.height
}
