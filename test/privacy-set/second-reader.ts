import { createCanvas, ImageData } from '@napi-rs/canvas'
import { languagesToRead, type LanguageData } from '#adapters/ocr/language-data.ts'
import { straightLine } from '#adapters/ocr/straight-line.ts'
import { readLineWithTesseract } from '#adapters/ocr/tesseract-line.ts'
import type { DecodedPicture } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'
import type { Language } from './languages.ts'

/** Around a value, relative to its height: Tesseract wants some paper, and letters stand out from under a box. */
const margin = 0.35
/** Tesseract reads best when a line has so many pixels. */
const lineHeightPx = 64

/** What Tesseract, which shares no network with Descry's first reader, reads in an area that holds one line. */
export async function readInPlace(picture: DecodedPicture, area: Area, language: Language): Promise<string> {
  const edge = margin * area.height
  const place = {
    x: area.x - edge,
    y: area.y - edge,
    width: area.width + 2 * edge,
    height: area.height + 2 * edge
  }
  const part = await picture.part(place)
  const { width, height, data } = part.pixels({ maxWidthPx: picture.width, maxHeightPx: picture.height })
  const canvas = createCanvas(width, height)
  canvas.getContext('2d').putImageData(new ImageData(data, width, height), 0, 0)
  const whole = { centerX: width / 2, centerY: height / 2, width, height, angle: 0 }
  const line = straightLine(canvas, whole, lineHeightPx)
  const [first, ...others] = languagesToRead([language]).ready
  const all: [LanguageData, ...LanguageData[]] = [first as LanguageData, ...others]
  return (await readLineWithTesseract(line.canvas, all)).map(({ text }) => text).join(' ')
}
