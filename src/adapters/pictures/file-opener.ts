import type { FileOpener, PictureDecoder, PicturePart } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'
import { readAnimation, type Animation } from './animation-frames.ts'
import { chooseFrames, drawFrame } from './animation.ts'
import { forkHelper, type StartHelper } from '../helper/helper-process.ts'
import { countParts, cutParts } from '#core/pictures/long-picture.ts'
import { asClassicTiff } from './big-tiff.ts'
import { drawTiff, openPdf } from './drawn-formats.ts'
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
    const animation = readAnimation(bytes, mime)
    if (animation) return frameParts(bytes, animation)
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
      const parts = await partsOf(bytes, header.mime, countParts(header))
      return { mime: header.mime, parts, close: async () => undefined }
    }
  }
}

async function frameParts(bytes: Uint8Array, animation: Animation): Promise<PicturePart[]> {
  const chosen = await chooseFrames(animation)
  if (chosen.length <= 1) return [wholePicture(bytes)]
  return chosen.map((frame) =>
    picturePart(partName('frame', frame, animation.frames.length), () => drawFrame(animation, frame))
  )
}
