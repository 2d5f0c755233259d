import { createCanvas, ImageData } from '@napi-rs/canvas'
import { detectText, prepareToDetectText } from './text-detector.ts'
import { isDoubtful, leastConfidence, readLines, withoutSigns } from './text-lines.ts'
import { prepareToRecognizeText } from './text-recognizer.ts'
import { inReadingOrder } from '#core/pictures/reading-order.ts'
import { enclosing } from '#core/pictures/rotated-box.ts'
import type { ReadText, RgbaImage } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'

// Runs in the helper process (helper-program.ts).

export interface Reading {
  picture: RgbaImage
  /** Width of the source in pixels, the unit of all places. */
  sourceWidth: number
}

export async function prepareToReadText(): Promise<void> {
  await Promise.all([prepareToDetectText(), prepareToRecognizeText()])
}

/** Reads all text in reading order. A network decides where text is, so that nothing else is read. */
export async function readText({ picture, sourceWidth }: Reading): Promise<ReadText> {
  const canvas = createCanvas(picture.width, picture.height)
  canvas.getContext('2d').putImageData(new ImageData(picture.data, picture.width, picture.height), 0, 0)
  const lines = await readLines(canvas, await detectText(canvas))
  const rows = inReadingOrder(withoutSigns(lines.filter(({ confidence }) => confidence >= leastConfidence)))

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
    unread: lines
      .filter((line) => line.confidence < leastConfidence && isDoubtful(line))
      .map(({ box }) => inSource(enclosing(box)))
  }
}
