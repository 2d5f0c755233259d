import type { RotatedBox } from '#core/pictures/rotated-box.ts'
import type { Script } from '#core/pictures/text-languages.ts'
import type { ReadWord } from '#core/ports/pictures.ts'

/** One line, or what a detector finds between two wide gaps of it. */
export interface ReadLine {
  words: ReadWord[]
  /** All letters. */
  text: string
  /** The mean of all letters, 0-100. */
  confidence: number
  box: RotatedBox
  /** One that only Tesseract knows; null for the others. */
  script: Script | null
}

/** A line with less is not text: textures and objects are read with less. */
export const leastConfidence = 80
/** Below this, a line is read a second time, by Tesseract. */
export const leastSure = 90
/** A line that could not be read, but has more than this, looks like text. */
const leastOfDoubtful = 50

/** Of words in their order. */
export function lineOf(words: ReadWord[], box: RotatedBox): ReadLine {
  const text = words.map((word) => word.text).join('')
  const sum = words.reduce((total, word) => total + word.confidence * word.text.length, 0)
  return { words, text, confidence: text === '' ? 0 : sum / text.length, box, script: null }
}

/** Looks like text, but it is not sure which. */
export function isDoubtful({ confidence, text }: ReadLine): boolean {
  return confidence >= leastOfDoubtful && confidence < leastSure && text.length > 1
}

/** Whether it is text. A line in a script of its own was found to be one already. */
export function isText({ confidence, script }: ReadLine): boolean {
  return script !== null || confidence >= leastConfidence
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
