import { DescryError } from '#shared/errors.ts'
import type { StartHelper } from '../helper/helper-process.ts'
import { askOnce, LateHelper } from '../helper/helper.ts'
import { refuseTooManyPixels } from './picture-header.ts'
import type { TiffPage } from './tiff-header.ts'

/** By its number in the file; true for what is read. */
const compressions: Record<number, true | string> = {
  1: true,
  2: 'fax',
  3: 'fax',
  4: 'fax',
  5: true,
  6: 'JPEG',
  7: 'JPEG',
  8: true,
  32773: 'PackBits',
  32946: true
}
/** Grey in two ways, RGB, palette, transparency, CMYK. */
const colours = [true, true, true, true, 'these', 'CMYK'] as const

/** A PNG of one page, upright. Errors: too-large, unsupported (says what about it), bad-image. */
export async function drawTiff(
  bytes: Uint8Array,
  page: TiffPage,
  startHelper: StartHelper,
  limitMs = 20_000
): Promise<Uint8Array> {
  refuseTooManyPixels(page)
  const compression = compressions[page.compression] ?? 'this'
  const colour = colours[page.photometric] ?? 'these'
  if (compression !== true) throw unsupportedTiff(`${compression} compression`)
  if (colour !== true) throw unsupportedTiff(`${colour} colours`)
  if (page.isUncommon || ![1, 8, 16].includes(page.bitsPerSample)) throw unsupportedTiff('this kind of pixels')
  try {
    return await askOnce(startHelper, 'drawTiffPage', { bytes, page }, limitMs)
  } catch (error) {
    throw new DescryError('bad-image', {
      message: error instanceof LateHelper ? 'The TIFF takes too long to draw.' : 'The TIFF is damaged.',
      cause: error
    })
  }
}

function unsupportedTiff(what: string): DescryError {
  return new DescryError('unsupported', { message: `TIFF files with ${what} are not supported.` })
}
