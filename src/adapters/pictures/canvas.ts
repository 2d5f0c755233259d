import { hash } from 'node:crypto'
import { createCanvas, loadImage, type Canvas, type Image } from '@napi-rs/canvas'
import type { DecodedPicture, EncodedPicture, PictureDecoder, PixelLimit, RgbaImage } from '#core/ports.ts'
import type { Area } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import { convertHeic } from './heic.ts'
import { forkHelper, type StartHelper } from '../helper/helper-process.ts'
import type { PixelSize } from './picture-formats.ts'
import { readPictureHeader, type PictureHeader } from './picture-header.ts'
import { rasterizeSvg } from './svg.ts'
import { readTiffPages } from './tiff-header.ts'
import { drawTiff } from './tiff.ts'

/** Bytes that a picture sent to a model should not exceed. */
const goalBytes = 400_000
/** Tried in turn until the picture is small enough; the last is taken as it comes. */
const jpegQualities = [80, 65, 50]

/** Decodes with Skia, which turns pictures upright by EXIF and takes the first frame of an animation. */
export function createCanvasDecoder(startHelper: StartHelper = forkHelper): PictureDecoder {
  /** What Skia does not decode, or not safely in this process, as PNG. */
  async function drawable(bytes: Uint8Array, header: PictureHeader): Promise<Uint8Array> {
    if (header.mime === 'image/svg+xml') return rasterizeSvg(bytes, header, startHelper)
    if (header.mime === 'image/heic') return convertHeic(bytes)
    const [page] = header.mime === 'image/tiff' ? (readTiffPages(bytes) ?? []) : []
    return page ? drawTiff(bytes, page, startHelper) : bytes
  }

  return {
    async decode(bytes) {
      const header = readPictureHeader(bytes)
      const image = await loadImage(await drawable(bytes, header)).catch((error: unknown) => {
        throw error instanceof DescryError ? error : new DescryError('bad-image', { cause: error })
      })
      if (image.width === 0 || image.height === 0) throw new DescryError('bad-image')
      return new CanvasPicture(image, header.mime, hash('sha256', bytes))
    }
  }
}

class CanvasPicture implements DecodedPicture {
  readonly width: number
  readonly height: number
  readonly mime: string
  readonly sha256: string
  readonly #image: Image

  constructor(image: Image, mime: string, sha256: string) {
    this.#image = image
    this.width = image.width
    this.height = image.height
    this.mime = mime
    this.sha256 = sha256
  }

  async encode(limit: PixelLimit): Promise<EncodedPicture> {
    const size = fittedSize(this, limit)
    const canvas = drawn(this.#image, size)
    let bytes: Uint8Array = new Uint8Array()
    for (const quality of jpegQualities) {
      bytes = await canvas.encode('jpeg', quality)
      if (bytes.length < goalBytes) break
    }
    return { bytes, mime: 'image/jpeg', ...size }
  }

  pixels(limit: PixelLimit): RgbaImage {
    const size = fittedSize(this, limit)
    const { data } = drawn(this.#image, size).getContext('2d').getImageData(0, 0, size.width, size.height)
    return { ...size, data }
  }

  async crop(area: Area): Promise<Uint8Array> {
    const [left, top] = [Math.max(0, Math.round(area.x)), Math.max(0, Math.round(area.y))]
    const width = Math.min(this.width, Math.round(area.x + area.width)) - left
    const height = Math.min(this.height, Math.round(area.y + area.height)) - top
    if (width <= 0 || height <= 0)
      throw new DescryError('bad-image', { message: 'This part lies outside the picture.' })
    const canvas = createCanvas(width, height)
    canvas.getContext('2d').drawImage(this.#image, left, top, width, height, 0, 0, width, height)
    return canvas.encode('png')
  }
}

/** The largest size of the same shape inside `limit`, which is turned for a portrait picture; never larger than the source. */
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

/** The image at this size on white. */
function drawn(image: Image, size: PixelSize): Canvas {
  const canvas = createCanvas(size.width, size.height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, size.width, size.height)
  context.imageSmoothingQuality = 'medium'
  context.drawImage(image, 0, 0, size.width, size.height)
  return canvas
}
