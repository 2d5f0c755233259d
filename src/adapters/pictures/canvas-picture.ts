import { createCanvas, type Canvas, type Image } from './canvas-package.ts'
import type { DecodedPicture, EncodedPicture, PixelLimit, RgbaImage } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { glanceAt } from './background.ts'
import type { PixelSize } from './picture-formats.ts'

/** A picture sent to a model should not be larger than this. */
const goalBytes = 400_000
/** Tried in turn until the picture is small enough; the last is accepted at any size. */
const jpegQualities = [80, 65, 50]
/** Small vision models fail on pictures with a shorter side. */
const leastSidePx = 32

export interface PictureFacts {
  mime: string
  /** Of the original bytes. */
  sha256: string
  missing: DecodedPicture['missing']
  /** CSS color behind transparent parts. */
  background: string
}

/** A decoded picture whose pixels are in this process. */
export class CanvasPicture implements DecodedPicture {
  readonly width: number
  readonly height: number
  readonly mime: string
  readonly sha256: string
  readonly missing: DecodedPicture['missing']
  readonly #image: Image | Canvas
  readonly #background: string

  constructor(image: Image | Canvas, { mime, sha256, missing, background }: PictureFacts) {
    this.#image = image
    this.#background = background
    this.width = image.width
    this.height = image.height
    this.mime = mime
    this.sha256 = sha256
    this.missing = missing
  }

  async encode(limit: PixelLimit): Promise<EncodedPicture> {
    const size = fittedSize(this, limit)
    const canvas = enlarged(drawn(this.#image, size, this.#background), this.#background)
    let bytes: Uint8Array = new Uint8Array()
    for (const quality of jpegQualities) {
      bytes = await canvas.encode('jpeg', quality)
      if (bytes.length < goalBytes) break
    }
    return { bytes, mime: 'image/jpeg', width: canvas.width, height: canvas.height }
  }

  pixels(limit: PixelLimit): RgbaImage {
    const size = fittedSize(this, limit)
    const { data } = drawn(this.#image, size, this.#background)
      .getContext('2d')
      .getImageData(0, 0, size.width, size.height)
    return { ...size, data }
  }

  async crop(area: Area): Promise<Uint8Array> {
    return this.#cut(area).encode('png')
  }

  async part(area: Area): Promise<DecodedPicture> {
    const cut = this.#cut(area)
    const { sha256, missing } = this
    return new CanvasPicture(cut, { mime: 'image/png', sha256, missing, background: glanceAt(cut).background })
  }

  withBoxes(areas: readonly Area[]): DecodedPicture {
    const { width, height, mime, sha256, missing } = this
    const canvas = drawn(this.#image, { width, height }, this.#background)
    const context = canvas.getContext('2d')
    context.fillStyle = '#000000'
    for (const area of areas) {
      const [left, top] = [Math.floor(area.x), Math.floor(area.y)]
      context.fillRect(left, top, Math.ceil(area.x + area.width) - left, Math.ceil(area.y + area.height) - top)
    }
    return new CanvasPicture(canvas, { mime, sha256, missing, background: this.#background })
  }

  #cut(area: Area): Canvas {
    const [left, top] = [Math.max(0, Math.round(area.x)), Math.max(0, Math.round(area.y))]
    const width = Math.min(this.width, Math.round(area.x + area.width)) - left
    const height = Math.min(this.height, Math.round(area.y + area.height)) - top
    if (width <= 0 || height <= 0) throw new DescryError('bad-image', { message: t('pictures.area-outside') })
    const canvas = createCanvas(width, height)
    canvas.getContext('2d').drawImage(this.#image, left, top, width, height, 0, 0, width, height)
    return canvas
  }
}

/** The largest size of the same shape within `limit`, which is rotated for a portrait picture; never larger than the source. */
function fittedSize(source: PixelSize, limit: PixelLimit): PixelSize {
  const long = Math.max(limit.maxWidthPx, limit.maxHeightPx)
  const short = Math.min(limit.maxWidthPx, limit.maxHeightPx)
  const isLandscape = source.width >= source.height
  const scale = Math.min(1, (isLandscape ? long : short) / source.width, (isLandscape ? short : long) / source.height)
  return {
    width: Math.max(1, Math.round(source.width * scale)),
    height: Math.max(1, Math.round(source.height * scale))
  }
}

/** The image at this size, with nothing transparent left. */
function drawn(image: Image | Canvas, size: PixelSize, background: string): Canvas {
  const canvas = createCanvas(size.width, size.height)
  const context = canvas.getContext('2d')
  context.fillStyle = background
  context.fillRect(0, 0, size.width, size.height)
  context.imageSmoothingQuality = 'medium'
  context.drawImage(image, 0, 0, size.width, size.height)
  return canvas
}

/** A tiny picture in whole steps, so that its pixels stay sharp; what is only narrow gets a margin. */
function enlarged(canvas: Canvas, background: string): Canvas {
  const { width, height } = canvas
  if (Math.min(width, height) >= leastSidePx) return canvas
  const isNarrow = Math.max(width, height) >= leastSidePx
  const scale = isNarrow ? 1 : Math.ceil(leastSidePx / Math.min(width, height))
  const large = createCanvas(Math.max(leastSidePx, width * scale), Math.max(leastSidePx, height * scale))
  const context = large.getContext('2d')
  context.fillStyle = background
  context.fillRect(0, 0, large.width, large.height)
  context.imageSmoothingEnabled = false
  const [left, top] = [Math.floor((large.width - width * scale) / 2), Math.floor((large.height - height * scale) / 2)]
  context.drawImage(canvas, left, top, width * scale, height * scale)
  return large
}
