import type { Canvas } from '@napi-rs/canvas'
import { straightLine } from './straight-line.ts'
import { readLineWithTesseract } from './tesseract-line.ts'
import { recognizeLine } from './text-recognizer.ts'
import { enclosing, flipped, isUpright, type RotatedBox } from '#core/pictures/rotated-box.ts'
import type { ReadWord } from '#core/ports/pictures.ts'

// Runs in the helper process (helper-program.ts).

/** One line, or what a detector finds between two wide gaps of it. */
export interface ReadLine {
  words: ReadWord[]
  /** All letters. */
  text: string
  /** The mean of all letters, 0-100. */
  confidence: number
  box: RotatedBox
}

/** A line with less is not text: textures and objects are read with less. */
export const leastConfidence = 80
/** Below this, a line is read a second time, by Tesseract. */
const leastSure = 90
/** A line that could not be read, but has more than this, looks like text. */
const leastOfDoubtful = 50
/** Each takes some 30 ms. */
const mostSecondReadings = 40
/** Tesseract reads best when letters have about 44 pixels; a line is about half as high again. */
const tesseractHeightPx = 64
/** As many lines are read from both ends to find out how a page lies. */
const directionSamples = 3

/** Looks like text, but it is not sure which. */
export function isDoubtful({ confidence, text }: ReadLine): boolean {
  return confidence >= leastOfDoubtful && confidence < leastSure && text.length > 1
}

/** Reads lines, in their order; each from the end at which it begins, because pages are scanned upside down and sideways. */
export async function readLines(picture: Canvas, boxes: readonly RotatedBox[]): Promise<ReadLine[]> {
  const isPageUpright = boxes.filter(isUpright).length * 2 > boxes.length
  const isOfPage = (box: RotatedBox): boolean => isUpright(box) === isPageUpright
  const isFlipped = await isReadBackward(picture, boxes.filter(isOfPage), isPageUpright)
  const lines: ReadLine[] = []
  let secondReadings = 0
  for (const box of boxes) {
    // What stands across the page, such as a label beside a chart, may be read from either end.
    let line = isOfPage(box)
      ? await readLine(picture, isFlipped ? flipped(box) : box)
      : surest(await readLine(picture, box), await readLine(picture, flipped(box)))
    if (isDoubtful(line) && (secondReadings += 1) <= mostSecondReadings) line = await readAgain(picture, line)
    lines.push(line)
  }
  return lines
}

/** Whether the lines of a page begin at their other end. An ordinary page is found out by its first reading. */
async function isReadBackward(picture: Canvas, boxes: RotatedBox[], isPageUpright: boolean): Promise<boolean> {
  const samples = boxes.toSorted((a, b) => b.width - a.width).slice(0, directionSamples)
  const meanOf = async (some: RotatedBox[]): Promise<number> => {
    let sum = 0
    for (const box of some) sum += (await readLine(picture, box)).confidence
    return some.length === 0 ? 0 : sum / some.length
  }
  const forward = await meanOf(samples)
  if (forward >= leastSure && !isPageUpright) return false
  return (await meanOf(samples.map(flipped))) > forward
}

async function readLine(picture: Canvas, box: RotatedBox): Promise<ReadLine> {
  return lineOf(await recognizeLine(picture, box), box)
}

async function readAgain(picture: Canvas, first: ReadLine): Promise<ReadLine> {
  const line = straightLine(picture, first.box, tesseractHeightPx)
  const words = (await readLineWithTesseract(line.canvas)).map(({ text, confidence, left, right }) => ({
    text,
    confidence,
    box: enclosing(line.boxOf(left, right))
  }))
  const second = lineOf(words, first.box)
  return second.confidence >= leastConfidence ? surest(first, second) : first
}

function surest(one: ReadLine, other: ReadLine): ReadLine {
  return other.confidence > one.confidence ? other : one
}

function lineOf(words: ReadWord[], box: RotatedBox): ReadLine {
  const text = words.map((word) => word.text).join('')
  const sum = words.reduce((total, word) => total + word.confidence * word.text.length, 0)
  return { words, text, confidence: text === '' ? 0 : sum / text.length, box }
}

/**
 * Without lines of a single sign: icons, wheels and windows look like letters, and most of all like Chinese ones. Kept are a
 * letter or a digit where there is other text of its kind.
 */
export function withoutSigns(lines: readonly ReadLine[]): ReadLine[] {
  const isOneSign = ({ text }: ReadLine): boolean => /^.?$/u.test(text)
  const whole = lines.filter((line) => !isOneSign(line))
  const hasChinese = whole.some(({ text }) => /\p{Script=Han}/u.test(text))
  const isKept = (text: string): boolean =>
    whole.length > 0 && /[\p{L}\p{N}]/u.test(text) && (hasChinese || !/\p{Script=Han}/u.test(text))
  return lines.filter((line) => !isOneSign(line) || isKept(line.text))
}
