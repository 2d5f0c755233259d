import { hash } from 'node:crypto'
import { createCanvas, loadImage, type Canvas, type Image } from '@napi-rs/canvas'
import type { DecodedPicture, EncodedPicture, PictureDecoder, PixelLimit, RgbaImage } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { drawSvg, drawTiff } from './drawn-formats.ts'
import { convertHeic } from './heic.ts'
import { forkHelper, type StartHelper } from '../helper/helper-process.ts'
import { orientationLeft, turnUpright } from './orientation.ts'
import type { PixelSize } from './picture-formats.ts'
import { damaged, readPictureHeader, type PictureHeader } from './picture-header.ts'
import { readTiffPages } from './tiff-header.ts'

/** The background of transparent pictures … */
const white = '#ffffff'
/** … and of those that white would hide, such as a logo for dark pages. */
const dark = '#303030'
/** Anything lighter than this level, of 255, is hard to see on white. */
const lightLevel = 200
/** The choice between the two is made on a copy of at most this size. */
const glanceSidePx = 256

/** A picture sent to a model should not be larger than this. */
const goalBytes = 400_000
/** Tried in turn until the picture is small enough; the last is accepted at any size. */
const jpegQualities = [80, 65, 50]

/** Decodes with Skia, which applies EXIF orientation to JPEG and WebP and takes the first frame of an animation. */
export function createCanvasDecoder(startHelper: StartHelper = forkHelper): PictureDecoder {
  /** Formats that Skia does not decode, or not safely in this process, become PNG. */
  async function drawable(bytes: Uint8Array, header: PictureHeader): Promise<Uint8Array> {
    if (header.mime === 'image/svg+xml') return drawSvg(bytes, header, startHelper)
    if (header.mime === 'image/heic') return convertHeic(bytes)
    const [page] = header.mime === 'image/tiff' ? (readTiffPages(bytes) ?? []) : []
    return page ? drawTiff(bytes, page, startHelper) : bytes
  }

  return {
    async decode(bytes) {
      const header = readPictureHeader(bytes)
      const image = await loadImage(await drawable(bytes, header)).catch((error: unknown) => {
        throw error instanceof DescryError ? error : damaged(header.mime, error)
      })
      if (image.width === 0 || image.height === 0) throw damaged(header.mime)
      const orientation = orientationLeft(bytes, header.mime)
      const upright = orientation === 1 ? image : turnUpright(image, orientation)
      return new CanvasPicture(upright, header.mime, hash('sha256', bytes))
    }
  }
}

class CanvasPicture implements DecodedPicture {
  readonly width: number
  readonly height: number
  readonly mime: string
  readonly sha256: string
  readonly #image: Image | Canvas
  readonly #background: string

  constructor(image: Image | Canvas, mime: string, sha256: string) {
    this.#image = image
    this.#background = mime === 'image/jpeg' ? white : backgroundFor(image)
    this.width = image.width
    this.height = image.height
    this.mime = mime
    this.sha256 = sha256
  }

  async encode(limit: PixelLimit): Promise<EncodedPicture> {
    const size = fittedSize(this, limit)
    const canvas = drawn(this.#image, size, this.#background)
    let bytes: Uint8Array = new Uint8Array()
    for (const quality of jpegQualities) {
      bytes = await canvas.encode('jpeg', quality)
      if (bytes.length < goalBytes) break
    }
    return { bytes, mime: 'image/jpeg', ...size }
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

  part(area: Area): DecodedPicture {
    return new CanvasPicture(this.#cut(area), 'image/png', this.sha256)
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

/** Dark if something is transparent and all the rest is light, so that white letters are not lost on white. */
function backgroundFor(image: Image | Canvas): string {
  const [width, height] = [Math.min(glanceSidePx, image.width), Math.min(glanceSidePx, image.height)]
  const context = createCanvas(width, height).getContext('2d')
  context.imageSmoothingEnabled = false
  context.drawImage(image, 0, 0, width, height)
  const { data } = context.getImageData(0, 0, width, height)
  let [seen, light] = [0, 0]
  for (let at = 0; at < data.length; at += 4) {
    if ((data[at + 3] ?? 0) < 128) continue
    seen += 1
    if (Math.min(data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0) > lightLevel) light += 1
  }
  const isHidden = seen > 0 && seen < width * height && light >= seen * 0.95
  return isHidden ? dark : white
}
