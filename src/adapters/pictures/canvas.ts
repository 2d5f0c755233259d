import { hash } from 'node:crypto'
import { loadImage } from './canvas-package.ts'
import type { DecodedPicture, PictureDecoder } from '#core/ports/pictures.ts'
import { asClassicTiff } from './big-tiff.ts'
import { CanvasPicture, type PictureFacts } from './canvas-picture.ts'
import { drawSvg, drawTiff } from './drawn-formats.ts'
import { convertHeic } from './heic.ts'
import { forkHelper, type StartHelper } from '../helper/helper-process.ts'
import { askOnce } from '../helper/helper.ts'
import { decodeLarge, maxPixelsHere } from './large-picture.ts'
import { decodeHere, type FindColoredFrame } from './picture-decoding.ts'
import { readPictureHeader, type PictureHeader } from './picture-header.ts'
import { repairPicture } from './picture-repair.ts'
import { hasLinkedPictures, svgText } from './svg-text.ts'
import { readTiffPages } from './tiff-header.ts'

/** For the frames of an animation. */
const timeoutMs = 20_000

/** Decodes with Skia, which applies EXIF orientation to JPEG and WebP and takes the first frame of an animation. */
export function createCanvasDecoder(startHelper: StartHelper = forkHelper): PictureDecoder {
  /** Formats that Skia does not decode, or not safely in this process, become PNG; null for others. */
  async function drawn(bytes: Uint8Array, header: PictureHeader): Promise<Uint8Array | null> {
    if (header.mime === 'image/svg+xml') return drawSvg(bytes, header, startHelper)
    if (header.mime === 'image/heic') return convertHeic(bytes)
    const tiff = header.mime === 'image/tiff' ? asClassicTiff(bytes) : null
    const [page] = (tiff && readTiffPages(tiff)) ?? []
    return tiff && page ? drawTiff(tiff, page, startHelper) : null
  }

  /** Without one, the picture is shown by its first frame. */
  const coloredFrame: FindColoredFrame = async (_animation, bytes, mime) => {
    const png = await askOnce(startHelper, 'drawColoredFrame', { bytes, mime }, { timeoutMs }).catch(() => null)
    return png && loadImage(png)
  }

  async function decode(bytes: Uint8Array, digest = hash('sha256', bytes)): Promise<DecodedPicture> {
    const header = readPictureHeader(bytes)
    const repaired = header.isCut ? await repairPicture(bytes, header.mime) : { bytes, isIncomplete: null }
    const png = await drawn(repaired.bytes, header)
    // What a converter made is looked at like any file.
    const { width, height } = png === null ? header : readPictureHeader(png)
    const file = { bytes: png ?? repaired.bytes, header, isIncomplete: repaired.isIncomplete }
    const facts = (isIncomplete: boolean): Omit<PictureFacts, 'background'> => ({
      mime: header.mime,
      sha256: digest,
      missing: isIncomplete ? 'pixels' : lacksLinked(bytes, header) ? 'linked-pictures' : null
    })
    if (width * height > maxPixelsHere || header.mime === 'image/avif')
      return decodeLarge(file, facts, startHelper, (part) => decode(part, digest))
    const { image, background, isIncomplete } = await decodeHere(file, coloredFrame)
    return new CanvasPicture(image, { ...facts(isIncomplete), background })
  }

  return { decode: (bytes) => decode(bytes) }
}

function lacksLinked(bytes: Uint8Array, { mime }: PictureHeader): boolean {
  return mime === 'image/svg+xml' && hasLinkedPictures(svgText(bytes))
}
