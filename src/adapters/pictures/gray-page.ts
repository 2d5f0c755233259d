import { createCanvas, ImageData, type Canvas } from '@napi-rs/canvas'
import type { RgbaImage } from '#core/ports/pictures.ts'
import type { GrayImage, TextRegion } from '#core/pictures/text-regions.ts'

/** Binary PGM, which Tesseract takes without decoding. */
export interface Pgm {
  bytes: Buffer
  /** Source pixels per pixel of this image, across and down. */
  scaleX: number
  scaleY: number
  /** Where its top left corner is in the source. */
  x: number
  y: number
}

/** Twice the size reads small type best (docs/contributing/pictures.md has the figures). */
const enlargement = 2
/** Letter height in a line that is read alone (docs/contributing/pictures.md). */
const letterHeightPx = 44
/** In narrow type, the decimal points between digits get lost; stretching brings them back. */
const widening = 1.25

/** A picture prepared for OCR: gray, dark on light. Tesseract also reads light on dark, but takes twice as long. */
export class GrayPage {
  readonly width: number
  readonly height: number
  readonly #canvas: Canvas

  constructor(source: RgbaImage) {
    this.width = source.width
    this.height = source.height
    this.#canvas = createCanvas(source.width, source.height)
    this.#canvas.getContext('2d').putImageData(new ImageData(source.data, source.width, source.height), 0, 0)
  }

  image(): GrayImage {
    const { width, height } = this
    return { data: this.#gray(0, 0, width, height, width, height), width, height }
  }

  /** The whole page, enlarged to at most this many pixels. */
  whole(maxPixels: number): Pgm {
    const { width, height } = this
    const scale = Math.max(1, Math.min(enlargement, Math.sqrt(maxPixels / (width * height))))
    const [toWidth, toHeight] = [Math.round(width * scale), Math.round(height * scale)]
    const gray = this.#gray(0, 0, width, height, toWidth, toHeight)
    let sum = 0
    for (const value of gray) sum += value
    if (sum / gray.length < 128) stretch(gray, 255, 0)
    return { bytes: pgm(gray, toWidth, toHeight), scaleX: width / toWidth, scaleY: height / toHeight, x: 0, y: 0 }
  }

  /** One line of text, large and with full contrast; `isWidened` stretches it, for a second, independent reading. */
  line({ box, isLightOnDark, letterHeightPx: letters }: TextRegion, { isWidened = false } = {}): Pgm {
    const margin = Math.ceil(letters * 0.45)
    const [x, y] = [Math.max(0, box.x - margin), Math.max(0, box.y - margin)]
    const width = Math.min(this.width, box.x + box.width + margin) - x
    const height = Math.min(this.height, box.y + box.height + margin) - y
    const scale = Math.min(4, letterHeightPx / letters)
    const toWidth = Math.max(1, Math.round(width * scale * (isWidened ? widening : 1)))
    const toHeight = Math.max(1, Math.round(height * scale))
    const gray = this.#gray(x, y, width, height, toWidth, toHeight)
    const sorted = gray.toSorted()
    const [darkest, lightest] = [at(sorted, 0.02), at(sorted, 0.98)]
    stretch(gray, isLightOnDark ? lightest : darkest, isLightOnDark ? darkest : lightest)
    return { bytes: pgm(gray, toWidth, toHeight), scaleX: width / toWidth, scaleY: height / toHeight, x, y }
  }

  #gray(x: number, y: number, width: number, height: number, toWidth: number, toHeight: number): Uint8Array {
    const context = createCanvas(toWidth, toHeight).getContext('2d')
    context.imageSmoothingQuality = 'high'
    context.drawImage(this.#canvas, x, y, width, height, 0, 0, toWidth, toHeight)
    const { data } = context.getImageData(0, 0, toWidth, toHeight)
    const gray = new Uint8Array(toWidth * toHeight)
    for (let from = 0, to = 0; from < data.length; from += 4, to += 1)
      gray[to] = ((data[from] ?? 0) * 77 + (data[from + 1] ?? 0) * 150 + (data[from + 2] ?? 0) * 29) >> 8
    return gray
  }
}

/** Maps the level `black` to 0 and `white` to 255. */
function stretch(gray: Uint8Array, black: number, white: number): void {
  const factor = 255 / (white - black || 1)
  for (let index = 0; index < gray.length; index += 1)
    gray[index] = Math.max(0, Math.min(255, Math.round(((gray[index] ?? 0) - black) * factor)))
}

function at(sorted: Uint8Array, share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0
}

function pgm(gray: Uint8Array, width: number, height: number): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), gray])
}
