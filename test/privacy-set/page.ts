import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { createCanvas, loadImage, type Canvas, type SKRSContext2D } from '@napi-rs/canvas'
import { prepareZXingModule, writeBarcode, type WriteInputBarcodeFormat } from 'zxing-wasm/writer'
import { around } from '#core/areas.ts'
import type { Area } from '#shared/caption.ts'
import { font } from '../support/fonts.ts'
import type { Look } from './looks.ts'
import type { Private, PrivacyKind } from './values.ts'

/** A private value in a picture. */
export interface PrivateTruth {
  kind: PrivacyKind
  text: string
  /** The box of the ink, in pixels; of all lines, if it is on several. */
  area: Area
  /** One for each line. */
  lines: { text: string; area: Area }[]
}

/** What is written: words, and values to hide. */
export type Part = string | Private

export interface TextStyle {
  sizePx?: number
  bold?: boolean
  family?: 'Sans' | 'Sans Mono' | 'Serif'
  color?: string
  align?: 'left' | 'center' | 'right'
  spacingPx?: number
  /** Of wrapped text: from one baseline to the next. */
  leadingPx?: number
}

type Paint = (context: SKRSContext2D) => void | Promise<void>

const scratch = createCanvas(8, 8).getContext('2d')

/**
 * A picture in the making: it measures at once, so that it knows where each private value is, and paints later. Lengths are in
 * units of which `scale` pixels make one, as on a screen with a high resolution; `y` of a text is its baseline.
 */
export class Page {
  readonly truth: PrivateTruth[] = []
  /** Where hiding is neither asked for nor wrong: the security code of a card. */
  readonly optional: Area[] = []
  readonly texts: string[] = []
  /** Contents of codes that are not private. */
  readonly harmlessCodes: string[] = []
  readonly #paints: Paint[] = []
  readonly width: number
  readonly height: number
  readonly look: Look
  readonly scale: number
  readonly style: Required<Pick<TextStyle, 'sizePx' | 'family'>>

  constructor(
    look: Look,
    size: { width: number; height: number; scale?: number },
    style: { sizePx?: number; family?: 'Sans' | 'Sans Mono' | 'Serif' } = {}
  ) {
    this.look = look
    this.width = size.width
    this.height = size.height
    this.scale = size.scale ?? 1
    this.style = { sizePx: style.sizePx ?? 15, family: style.family ?? 'Sans' }
    this.box(0, 0, size.width, size.height, { fill: look.paper })
  }

  box(
    x: number,
    y: number,
    width: number,
    height: number,
    look: { fill?: string; stroke?: string; radius?: number; lineWidth?: number }
  ): void {
    this.#paints.push((context) => {
      context.beginPath()
      context.roundRect(x, y, width, height, look.radius ?? 0)
      if (look.fill !== undefined) {
        context.fillStyle = look.fill
        context.fill()
      }
      if (look.stroke !== undefined) {
        context.strokeStyle = look.stroke
        context.lineWidth = look.lineWidth ?? 1
        context.stroke()
      }
    })
  }

  dot(x: number, y: number, radius: number, fill: string): void {
    this.box(x - radius, y - radius, radius * 2, radius * 2, { fill, radius })
  }

  line(x: number, y: number, width: number): void {
    this.box(x, y, width, 1, { fill: this.look.line })
  }

  /** Anything else: a photo, a shade. */
  paint(paint: Paint): void {
    this.#paints.push(paint)
  }

  measure(text: string, style: TextStyle = {}): TextMetrics {
    this.#use(scratch, style)
    return scratch.measureText(text)
  }

  /** Writes one line. Returns its width. */
  text(parts: Part | Part[], x: number, y: number, style: TextStyle = {}): number {
    const all = Array.isArray(parts) ? parts : [parts]
    const widths = all.map((part) => this.measure(textOf(part), style).width)
    const width = widths.reduce((sum, one) => sum + one, 0)
    let at = style.align === 'right' ? x - width : style.align === 'center' ? x - width / 2 : x
    for (const [index, part] of all.entries()) {
      const area = this.#write(textOf(part), at, y, style)
      if (typeof part !== 'string') this.#addTruth(part, [{ text: part.text, area }])
      at += widths[index] ?? 0
    }
    this.texts.push(all.map(textOf).join(''))
    return width
  }

  /** Writes lines that break at spaces, and within what is longer than a line. Returns the baseline below the last one. */
  wrapped(parts: Part | Part[], x: number, y: number, width: number, style: TextStyle = {}): number {
    const leadingPx = style.leadingPx ?? (style.sizePx ?? this.style.sizePx) * 1.5
    const lines: { text: string; x: number; y: number; owner: Private | null }[] = []
    let [at, baseline] = [x, y]
    const all = Array.isArray(parts) ? parts : [parts]
    for (const part of all) {
      const owner = typeof part === 'string' ? null : part
      for (const word of textOf(part).match(/\n|[^\n ]+ ?| /gu) ?? []) {
        const needed = this.measure(word.trimEnd(), style).width
        const mustBreak = word === '\n' || (at + needed > x + width && at > x && needed <= width)
        if (mustBreak) [at, baseline] = [x, baseline + leadingPx]
        for (let rest = word === '\n' ? '' : word; rest !== '';) {
          let end = rest.length
          while (end > 1 && at + this.measure(rest.slice(0, end).trimEnd(), style).width > x + width) end -= 1
          const piece = rest.slice(0, end)
          const last = lines.at(-1)
          if (last && last.y === baseline && last.owner === owner) last.text += piece
          else lines.push({ text: piece, x: at, y: baseline, owner })
          at += this.measure(piece, style).width
          rest = rest.slice(end)
          if (rest !== '') [at, baseline] = [x, baseline + leadingPx]
        }
      }
    }
    const written = lines.map(({ owner, text, x: left, y: at }) => ({
      owner,
      text: text.trimEnd(),
      area: this.#write(text.trimEnd(), left, at, style)
    }))
    for (const part of all)
      if (typeof part !== 'string') this.#addTruth(part, written.filter(({ owner }) => owner === part)) // prettier-ignore
    this.texts.push(all.map(textOf).join(''))
    return baseline + leadingPx
  }

  /** A private value that the caller writes itself, line by line. */
  lines(value: Private, rows: { text: string; x: number; y: number }[], style: TextStyle = {}): void {
    const written = rows.map(({ text, x, y }) => ({ text, area: this.#write(text, x, y, style) }))
    this.#addTruth(value, written)
    this.texts.push(...rows.map(({ text }) => text))
  }

  /** Written where hiding is neither asked for nor wrong. */
  aside(text: string, x: number, y: number, style: TextStyle = {}): void {
    this.optional.push(this.#write(text, x, y, style))
  }

  /** A QR code or bar code in a white square, with its quiet zone. */
  code(
    content: Private | string,
    x: number,
    y: number,
    size: number,
    format: WriteInputBarcodeFormat = 'QRCode'
  ): void {
    const height = format === 'QRCode' ? size : size * 0.4
    const text = textOf(content)
    if (typeof content === 'string') this.harmlessCodes.push(content)
    else {
      const quiet = size * 0.07
      const area = this.#inPixels(x + quiet, y + quiet, size - 2 * quiet, size - 2 * quiet)
      this.#addTruth(content, [{ text, area }])
    }
    this.paint(async (context) => {
      context.fillStyle = '#ffffff'
      context.fillRect(x, y, size, height)
      const image = await codeImage(text, format)
      context.imageSmoothingEnabled = false
      const quiet = size * 0.07
      context.drawImage(image, x + quiet, y + quiet, size - 2 * quiet, height - 2 * quiet)
      context.imageSmoothingEnabled = true
    })
  }

  async painted(): Promise<Canvas> {
    const canvas = createCanvas(Math.round(this.width * this.scale), Math.round(this.height * this.scale))
    const context = canvas.getContext('2d')
    context.scale(this.scale, this.scale)
    for (const paint of this.#paints) await paint(context)
    return canvas
  }

  /** Writes one line at its left end. Returns the box of its ink, in pixels. */
  #write(text: string, x: number, y: number, style: TextStyle): Area {
    const metrics = this.measure(text, style)
    const color = style.color ?? this.look.ink
    this.#paints.push((context) => {
      this.#use(context, style)
      context.fillStyle = color
      context.fillText(text, x, y)
    })
    return this.#inPixels(
      x - metrics.actualBoundingBoxLeft,
      y - metrics.actualBoundingBoxAscent,
      metrics.actualBoundingBoxLeft + metrics.actualBoundingBoxRight,
      metrics.actualBoundingBoxAscent + metrics.actualBoundingBoxDescent
    )
  }

  #use(context: SKRSContext2D, { sizePx = this.style.sizePx, family = this.style.family, ...style }: TextStyle): void {
    context.font = font(sizePx, { family, bold: style.bold ?? false })
    context.letterSpacing = `${style.spacingPx ?? 0}px`
  }

  #inPixels(x: number, y: number, width: number, height: number): Area {
    const scaled = (length: number): number => length * this.scale
    return { x: scaled(x), y: scaled(y), width: scaled(width), height: scaled(height) }
  }

  #addTruth({ kind, text }: Private, lines: PrivateTruth['lines']): void {
    this.truth.push({ kind, text, area: around(lines.map(({ area }) => area)), lines: lines.map(({ text: line, area }) => ({ text: line, area })) }) // prettier-ignore
  }
}

const textOf = (part: Part): string => (typeof part === 'string' ? part : part.text)

async function codeImage(
  text: string,
  format: WriteInputBarcodeFormat
): Promise<Awaited<ReturnType<typeof loadImage>>> {
  const wasm = await readFile(fileURLToPath(import.meta.resolve('zxing-wasm/writer/zxing_writer.wasm')))
  prepareZXingModule({ overrides: { wasmBinary: new Uint8Array(wasm).buffer } })
  const { image, error } = await writeBarcode(text, { format, scale: 4, addQuietZones: false })
  if (!image) throw new Error(`No ${format} was made: ${error}`)
  return loadImage(Buffer.from(await image.arrayBuffer()))
}
