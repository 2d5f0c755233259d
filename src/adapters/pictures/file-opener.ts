import type { FileOpener, PictureDecoder, PicturePart } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'
import { readAnimation } from './animation-frames.ts'
import { forkHelper, type StartHelper } from '../helper/helper-process.ts'
import { countParts, cutParts } from '#core/pictures/long-picture.ts'
import { asClassicTiff } from './big-tiff.ts'
import { drawTiff, openAnimation, openPdf } from './drawn-formats.ts'
import { isPdf, readPictureHeader } from './picture-header.ts'
import { partName, picturePart, wholePicture } from './picture-part.ts'
import { readTiffPages } from './tiff-header.ts'

/**
 * Takes files apart: PDF and TIFF into pages, animations into a few frames, long pictures into parts. Any other file is
 * one picture. Nothing but an animation is drawn before a part is loaded.
 */
export function createFileOpener(decoder: PictureDecoder, startHelper: StartHelper = forkHelper): FileOpener {
  async function partsOf(bytes: Uint8Array, mime: string, longParts: number): Promise<PicturePart[]> {
    const tiff = mime === 'image/tiff' ? asClassicTiff(bytes) : null
    const pages = (tiff && readTiffPages(tiff)) ?? []
    if (tiff && pages.length > 1)
      return pages.map((page, index) =>
        picturePart(partName('page', index, pages.length), () => drawTiff(tiff, page, startHelper))
      )
    return longParts > 1 ? longPictureParts(bytes, longParts) : [wholePicture(bytes)]
  }

  function longPictureParts(bytes: Uint8Array, count: number): PicturePart[] {
    let areas: Area[] | null = null
    return Array.from({ length: count }, (_, index) =>
      picturePart(partName('part', index, count), async () => {
        // Decoded again for each part, because keeping a long picture would take hundreds of megabytes.
        const picture = await decoder.decode(bytes)
        areas ??= cutParts(picture, count)
        return picture.crop(areas[index] as Area)
      })
    )
  }

  return {
    async open(bytes) {
      if (isPdf(bytes)) return openPdf(bytes, startHelper)
      const header = readPictureHeader(bytes)
      const animation = readAnimation(bytes, header.mime)
      const frames = animation && (await openAnimation(bytes, header.mime, animation.frames.length, startHelper))
      if (frames) return frames
      const parts = await partsOf(bytes, header.mime, countParts(header))
      return { mime: header.mime, parts, close: async () => undefined }
    }
  }
}
