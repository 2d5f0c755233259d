import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { StartHelper } from '../helper/helper-process.ts'
import { askOnce, LateHelper } from '../helper/helper.ts'
import { refuseTooManyPixels } from './picture-header.ts'
import type { TiffPage } from './tiff-header.ts'
import { wayToDraw } from './tiff-ways.ts'

/** By its number in the file; what is not here is read. */
const refusedCompressions: Record<number, string> = {
  6: 'old-jpeg',
  34712: 'JPEG 2000',
  34925: 'LZMA',
  50000: 'Zstandard',
  50001: 'WebP'
}

/** A PNG of one page, upright. Errors: too-large, unsupported (says what about it), bad-image. */
export async function drawTiff(
  bytes: Uint8Array,
  page: TiffPage,
  startHelper: StartHelper,
  limitMs = 20_000
): Promise<Uint8Array> {
  refuseTooManyPixels(page)
  if (wayToDraw(page) === null) {
    const compression = refusedCompressions[page.compression]
    const message =
      compression === undefined ? t('pictures.tiff-pixel-format') : t('pictures.tiff-compression', { compression })
    throw new DescryError('unsupported', { message })
  }
  try {
    return await askOnce(startHelper, 'drawTiffPage', { bytes, page }, limitMs)
  } catch (error) {
    throw new DescryError('bad-image', {
      message: error instanceof LateHelper ? t('pictures.tiff-slow') : t('pictures.tiff-damaged'),
      cause: error
    })
  }
}
