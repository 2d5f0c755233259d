import { hash } from 'node:crypto'
import { createCanvas, loadImage, type Canvas, type Image } from './canvas-package.ts'
import type { DecodedPicture, EncodedPicture, PictureDecoder, PixelLimit, RgbaImage } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { readAnimation } from './animation-frames.ts'
import { firstFrame } from './animation.ts'
import { glanceAt, type Glance } from './background.ts'
import { asClassicTiff } from './big-tiff.ts'
import { drawSvg, drawTiff } from './drawn-formats.ts'
import { convertHeic } from './heic.ts'
import { forkHelper, type StartHelper } from '../helper/helper-process.ts'
import { withoutAlpha } from './lost-alpha.ts'
import { orientationLeft, turnUpright } from './orientation.ts'
import type { PixelSize } from './picture-formats.ts'
import { damaged, iconMime, readPictureHeader, type PictureHeader } from './picture-header.ts'
import { hasWholePixels, repairPicture } from './picture-repair.ts'
import { hasLinkedPictures, svgText } from './svg-text.ts'
import { readTiffPages } from './tiff-header.ts'

const white = '#ffffff'

/** A picture sent to a model should not be larger than this. */
const goalBytes = 400_000
/** Tried in turn until the picture is small enough; the last is accepted at any size. */
const jpegQualities = [80, 65, 50]
/** Small vision models fail on pictures with a shorter side. */
const leastSidePx = 32

/** Decodes with Skia, which applies EXIF orientation to JPEG and WebP and takes the first frame of an animation. */
export function createCanvasDecoder(startHelper: StartHelper = forkHelper): PictureDecoder {
  /** Formats that Skia does not decode, or not safely in this process, become PNG. */
  async function drawable(bytes: Uint8Array, header: PictureHeader): Promise<Uint8Array> {
    if (header.mime === 'image/svg+xml') return drawSvg(bytes, header, startHelper)
    if (header.mime === 'image/heic') return convertHeic(bytes)
    // Skia knows icons, but not that cursors are the same.
    if (header.mime === iconMime) return Uint8Array.from(bytes).fill(1, 2, 3)
    const tiff = header.mime === 'image/tiff' ? asClassicTiff(bytes) : null
    const [page] = (tiff && readTiffPages(tiff)) ?? []
    return tiff && page ? drawTiff(tiff, page, startHelper) : bytes
  }

  return {
    async decode(bytes) {
      const header = readPictureHeader(bytes)
      const repaired = header.isCut ? await repairPicture(bytes, header.mime) : { bytes, isIncomplete: null }
      const image = await loadImage(await drawable(repaired.bytes, header)).catch((error: unknown) => {
        throw error instanceof DescryError ? error : damaged(header.mime, error)
      })
      if (image.width === 0 || image.height === 0) throw damaged(header.mime)
      const glance = header.mime === 'image/jpeg' ? null : glanceAt(image)
      const isIncomplete = repaired.isIncomplete || (await lacksPixels(image, glance, bytes, header))
      const { shown, background } = await asShown(image, glance, repaired.bytes, header)
      if (isIncomplete && shown === image && isNothing(image, glance)) throw damaged(header.mime)
      const orientation = orientationLeft(bytes, header.mime)
      const upright = orientation === 1 ? shown : turnUpright(shown, orientation)
      return new CanvasPicture(upright, {
        mime: header.mime,
        sha256: hash('sha256', bytes),
        missing: isIncomplete ? 'pixels' : lacksLinked(bytes, header) ? 'linked-pictures' : null,
        background
      })
    }
  }
}

function lacksLinked(bytes: Uint8Array, { mime }: PictureHeader): boolean {
  return mime === 'image/svg+xml' && hasLinkedPictures(svgText(bytes))
}

/** With a background, with the colors that an alpha channel of zeros hides, and past a blank first frame. */
async function asShown(
  image: Image,
  glance: Glance | null,
  bytes: Uint8Array,
  { mime }: PictureHeader
): Promise<{ shown: Image | Canvas; background: string }> {
  if (glance === null) return { shown: image, background: white }
  const animation = glance.isOneColor ? readAnimation(bytes, mime) : null
  const frame = animation && (await firstFrame(animation, (canvas) => !glanceAt(canvas).isOneColor))
  if (frame) return { shown: frame, background: glanceAt(frame).background }
  const colors = glance.isEmpty ? withoutAlpha(bytes, mime, image) : null
  return { shown: colors ?? image, background: glance.background }
}

/** Decoders fill in what is missing without a word: libjpeg with gray, and libpng with nothing. */
async function lacksPixels(
  image: Image,
  glance: Glance | null,
  bytes: Uint8Array,
  { mime, isCut }: PictureHeader
): Promise<boolean> {
  if (glance === null) return isCut && isFiller(image, 'end')
  const isSuspect = mime === 'image/png' && !isCut && glance.isLastRowEmpty && !glance.isEmpty
  return isSuspect && !(await hasWholePixels(bytes))
}

/** Nothing of a file that is cut could be decoded. */
function isNothing(image: Image, glance: Glance | null): boolean {
  return glance === null ? isFiller(image, 'start') && isFiller(image, 'end') : glance.isEmpty
}

/** Whether a JPEG's first or last block is the medium gray that libjpeg puts in place of missing ones. */
function isFiller(image: Image | Canvas, which: 'start' | 'end'): boolean {
  const [width, height] = [Math.min(8, image.width), Math.min(8, image.height)]
  const [x, y] = which === 'start' ? [0, 0] : [image.width - width, image.height - height]
  const context = createCanvas(width, height).getContext('2d')
  context.drawImage(image, -x, -y)
  const { data } = context.getImageData(0, 0, width, height)
  return data.every((value, at) => at % 4 === 3 || Math.abs(value - 128) <= 1)
}

interface PictureFacts {
  mime: string
  /** Of the original bytes. */
  sha256: string
  missing: DecodedPicture['missing']
  /** CSS color behind transparent parts. */
  background: string
}

class CanvasPicture implements DecodedPicture {
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

  part(area: Area): DecodedPicture {
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
