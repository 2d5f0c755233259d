import { createCanvas, ImageData, type Canvas } from '@napi-rs/canvas'
import type { RgbaImage } from '#core/ports/pictures.ts'
import type { GreyImage, TextRegion } from './text-regions.ts'

/** Binary PGM, which Tesseract takes without decoding. */
export interface Pgm {
  bytes: Buffer
  /** Source pixels for one of its own, across and down. */
  scaleX: number
  scaleY: number
  /** Of its left upper corner, in the source. */
  x: number
  y: number
}

/** Twice the size reads small type best (docs/contributing/pictures.md has the figures). */
const enlargement = 2
/** Of a line that is read alone (docs/contributing/pictures.md). */
const letterHeightPx = 44
/** Points between the digits of narrow type get lost. */
const widening = 1.25

/** A picture as OCR wants it: grey and dark on light. Tesseract reads light on dark as well, but in twice the time. */
export class GreyPage {
  readonly width: number
  readonly height: number
  readonly #canvas: Canvas

  constructor(source: RgbaImage) {
    this.width = source.width
    this.height = source.height
    this.#canvas = createCanvas(source.width, source.height)
    this.#canvas.getContext('2d').putImageData(new ImageData(source.data, source.width, source.height), 0, 0)
  }

  image(): GreyImage {
    const { width, height } = this
    return { data: this.#grey(0, 0, width, height, width, height), width, height }
  }

  /** All of it, enlarged up to so many pixels. */
  whole(maxPixels: number): Pgm {
    const { width, height } = this
    const scale = Math.max(1, Math.min(enlargement, Math.sqrt(maxPixels / (width * height))))
    const [toWidth, toHeight] = [Math.round(width * scale), Math.round(height * scale)]
    const grey = this.#grey(0, 0, width, height, toWidth, toHeight)
    let sum = 0
    for (const value of grey) sum += value
    if (sum / grey.length < 128) stretch(grey, 255, 0)
    return { bytes: pgm(grey, toWidth, toHeight), scaleX: width / toWidth, scaleY: height / toHeight, x: 0, y: 0 }
  }

  /** A line of text alone, as large and as black on white as it can be; `isWidened` for a reading unlike the other. */
  line({ box, isLightOnDark, letterHeightPx: letters }: TextRegion, { isWidened = false } = {}): Pgm {
    const margin = Math.ceil(letters * 0.45)
    const [x, y] = [Math.max(0, box.x - margin), Math.max(0, box.y - margin)]
    const width = Math.min(this.width, box.x + box.width + margin) - x
    const height = Math.min(this.height, box.y + box.height + margin) - y
    const scale = Math.min(4, letterHeightPx / letters)
    const toWidth = Math.max(1, Math.round(width * scale * (isWidened ? widening : 1)))
    const toHeight = Math.max(1, Math.round(height * scale))
    const grey = this.#grey(x, y, width, height, toWidth, toHeight)
    const sorted = grey.toSorted()
    const [darkest, lightest] = [at(sorted, 0.02), at(sorted, 0.98)]
    stretch(grey, isLightOnDark ? lightest : darkest, isLightOnDark ? darkest : lightest)
    return { bytes: pgm(grey, toWidth, toHeight), scaleX: width / toWidth, scaleY: height / toHeight, x, y }
  }

  #grey(x: number, y: number, width: number, height: number, toWidth: number, toHeight: number): Uint8Array {
    const context = createCanvas(toWidth, toHeight).getContext('2d')
    context.imageSmoothingQuality = 'high'
    context.drawImage(this.#canvas, x, y, width, height, 0, 0, toWidth, toHeight)
    const { data } = context.getImageData(0, 0, toWidth, toHeight)
    const grey = new Uint8Array(toWidth * toHeight)
    for (let from = 0, to = 0; from < data.length; from += 4, to += 1)
      grey[to] = ((data[from] ?? 0) * 77 + (data[from + 1] ?? 0) * 150 + (data[from + 2] ?? 0) * 29) >> 8
    return grey
  }
}

/** What is `black` becomes 0, what is `white` 255. */
function stretch(grey: Uint8Array, black: number, white: number): void {
  const factor = 255 / (white - black || 1)
  for (let index = 0; index < grey.length; index += 1)
    grey[index] = Math.max(0, Math.min(255, Math.round(((grey[index] ?? 0) - black) * factor)))
}

function at(sorted: Uint8Array, share: number): number {
  return sorted[Math.floor(share * (sorted.length - 1))] ?? 0
}

function pgm(grey: Uint8Array, width: number, height: number): Buffer {
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), grey])
}
