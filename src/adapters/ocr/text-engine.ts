import { createCanvas, ImageData } from '../pictures/canvas-package.ts'
import { detectText, prepareToDetectText } from './text-detector.ts'
import type { LanguagesToRead } from './language-data.ts'
import { isDoubtful, isText, leastSure, withoutSigns, type ReadLine } from './read-line.ts'
import { readLines } from './text-lines.ts'
import { prepareToRecognizeText } from './text-recognizer.ts'
import { inReadingOrder } from '#core/pictures/reading-order.ts'
import { enclosing } from '#core/pictures/rotated-box.ts'
import { isRightToLeft, type TextLanguage } from '#core/pictures/text-languages.ts'
import type { ReadText, RgbaImage } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'

// Runs in the helper process (helper-program.ts).

export interface Reading {
  picture: RgbaImage
  /** Width of the source in pixels, the unit of all places. */
  sourceWidth: number
  languages: LanguagesToRead
}

/** A page in a language that cannot be read has at least so many lines, and most are doubtful. English is read with more. */
const leastUnreadLines = 2

export async function prepareToReadText(): Promise<void> {
  await Promise.all([prepareToDetectText(), prepareToRecognizeText()])
}

/** Reads all text in reading order. A network decides where text is, so that nothing else is read. */
export async function readText({ picture, sourceWidth, languages }: Reading): Promise<ReadText> {
  const canvas = createCanvas(picture.width, picture.height)
  canvas.getContext('2d').putImageData(new ImageData(picture.data, picture.width, picture.height), 0, 0)
  const lines = await readLines(canvas, await detectText(canvas), languages.ready)
  const found = withoutSigns(lines.filter(isText))
  const isFromRight = isRightToLeft(found.map(({ text }) => text).join(''))
  const rows = inReadingOrder(found, isFromRight ? 'right-to-left' : 'left-to-right')

  const scale = sourceWidth / picture.width
  const inSource = ({ x, y, width, height }: Area): Area => ({
    x: Math.round(x * scale),
    y: Math.round(y * scale),
    width: Math.round(width * scale),
    height: Math.round(height * scale)
  })
  return {
    text: rows.map((row) => row.flatMap(({ words }) => words.map(({ text }) => text)).join(' ')).join('\n'),
    words: rows.flat().flatMap(({ words }) => words.map((word) => ({ ...word, box: inSource(word.box) }))),
    unread: lines.filter((line) => !isText(line) && isDoubtful(line)).map(({ box }) => inSource(enclosing(box))),
    unreadLanguage: unreadLanguage(lines, languages.missing)?.tag ?? null
  }
}

/** The language that badly read lines may be in; one of Latin letters would be read well, but for its accents. */
function unreadLanguage(lines: readonly ReadLine[], missing: readonly TextLanguage[]): TextLanguage | null {
  const unread = lines.filter(({ confidence, script }) => script === null && confidence < leastSure)
  if (unread.length < leastUnreadLines || unread.length * 2 <= lines.length) return null
  return missing.find(({ script }) => script !== 'Latin') ?? null
}
