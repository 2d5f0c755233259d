import { createCanvas, ImageData } from './canvas-package.ts'
import type { DecodedPicture, EncodedPicture, PixelLimit, RgbaImage } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'
import { t } from '#shared/messages/messages.ts'
import { CanvasPicture, type PictureFacts } from './canvas-picture.ts'
import { helperFailure } from './drawn-formats.ts'
import { maxAvifBytes, maxHelperBytes } from '../helper/helper-limits.ts'
import type { StartHelper } from '../helper/helper-process.ts'
import { askOnce, type TaskInput, type TaskName, type TaskOutput } from '../helper/helper.ts'
import type { Decodable } from './picture-decoding.ts'
import type { PixelSize } from './picture-formats.ts'
import { damaged } from './picture-header.ts'

/**
 * Larger pictures are decoded in the helper process: one of 100 megapixels takes up to 1 GB. Photos of most cameras have fewer,
 * and do not pay for its start. AVIF is always decoded there, because its container may claim any size, and no more is known
 * before its decoder has taken the memory.
 */
export const maxPixelsHere = 25_000_000
/** In the main process, a larger picture is kept at this size: more than a model or OCR gets. */
export const maxReducedPixels = 12_000_000
/** 100 megapixels of AVIF take 15 s on two idle cores. */
const timeoutMs = 60_000

/** Errors: too-large, bad-image. */
export async function decodeLarge(
  file: Decodable,
  facts: (isIncomplete: boolean) => Omit<PictureFacts, 'background'>,
  startHelper: StartHelper,
  decodePart: (png: Uint8Array) => Promise<DecodedPicture>
): Promise<DecodedPicture> {
  const { mime, width, height } = file.header
  const maxBytes = mime === 'image/avif' && width * height > maxPixelsHere ? maxAvifBytes : maxHelperBytes
  const ask = async <Name extends TaskName>(name: Name, input: TaskInput<Name>): Promise<TaskOutput<Name>> => {
    try {
      return await askOnce(startHelper, name, input, { timeoutMs, maxBytes })
    } catch (cause) {
      throw helperFailure(cause, t('pictures.slow'), damaged(mime, cause))
    }
  }
  const { size, reduced, isIncomplete } = await ask('decodeLargePicture', file)
  const isWhole = reduced.width * reduced.height === size.width * size.height
  if (isWhole) return wholePicture(reduced, facts(isIncomplete))
  return new LargePicture(size, wholePicture(reduced, facts(isIncomplete)), {
    crop: (area) => ask('cropLargePicture', { file, area }),
    decodePart
  })
}

/** Pixels that are already on their background. */
function wholePicture({ width, height, data }: RgbaImage, facts: Omit<PictureFacts, 'background'>): CanvasPicture {
  const canvas = createCanvas(width, height)
  canvas.getContext('2d').putImageData(new ImageData(data, width, height), 0, 0)
  return new CanvasPicture(canvas, { ...facts, background: '#ffffff' })
}

interface Cutter {
  /** A PNG at full resolution. */
  crop(area: Area): Promise<Uint8Array>
  decodePart(png: Uint8Array): Promise<DecodedPicture>
}

/** A picture of which only a smaller copy is in this process; parts of it are cut from the file when they are needed. */
class LargePicture implements DecodedPicture {
  readonly width: number
  readonly height: number
  readonly mime: string
  readonly sha256: string
  readonly missing: DecodedPicture['missing']
  readonly #reduced: DecodedPicture
  readonly #cutter: Cutter

  constructor(size: PixelSize, reduced: DecodedPicture, cutter: Cutter) {
    this.width = size.width
    this.height = size.height
    this.mime = reduced.mime
    this.sha256 = reduced.sha256
    this.missing = reduced.missing
    this.#reduced = reduced
    this.#cutter = cutter
  }

  encode(limit: PixelLimit): Promise<EncodedPicture> {
    return this.#reduced.encode(limit)
  }

  pixels(limit: PixelLimit): RgbaImage {
    return this.#reduced.pixels(limit)
  }

  crop(area: Area): Promise<Uint8Array> {
    return this.#cutter.crop(area)
  }

  async part(area: Area): Promise<DecodedPicture> {
    return this.#cutter.decodePart(await this.crop(area))
  }

  withBoxes(areas: readonly Area[]): DecodedPicture {
    const [across, down] = [this.#reduced.width / this.width, this.#reduced.height / this.height]
    // Shrinking mixes neighbors, so a pixel more on each side.
    const reduced = areas.map(({ x, y, width, height }) => ({
      x: x * across - 1,
      y: y * down - 1,
      width: width * across + 2,
      height: height * down + 2
    }))
    const cutter = this.#cutter
    return new LargePicture(this, this.#reduced.withBoxes(reduced), {
      decodePart: (png) => cutter.decodePart(png),
      async crop(area) {
        const part = await cutter.decodePart(await cutter.crop(area))
        const [left, top] = [Math.max(0, Math.round(area.x)), Math.max(0, Math.round(area.y))]
        const boxed = part.withBoxes(areas.map((one) => ({ ...one, x: one.x - left, y: one.y - top })))
        return boxed.crop({ x: 0, y: 0, width: part.width, height: part.height })
      }
    })
  }
}
