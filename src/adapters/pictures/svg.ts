import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { StartHelper } from '../helper/helper-process.ts'
import { askOnce } from '../helper/helper.ts'
import type { PixelSize } from './picture-formats.ts'

/**
 * Draws an SVG of the given size in pixels into a PNG, which is larger when that is small. Files and addresses that it refers to are not loaded. It is drawn in
 * the helper process, since a hostile one can stop Skia at once (a huge width in a style, tags nested a hundred
 * thousand deep) or keep it busy for ever (nested <use>). Errors: unsupported (pictures are embedded in it), bad-image when it
 * cannot be drawn within `limitMs`.
 */
export async function rasterizeSvg(
  bytes: Uint8Array,
  { width, height }: PixelSize,
  startHelper: StartHelper,
  limitMs = 10_000
): Promise<Uint8Array> {
  try {
    return await askOnce(startHelper, 'drawSvg', { bytes, width, height }, limitMs)
  } catch (error) {
    if (error instanceof DescryError) throw error
    throw new DescryError('bad-image', {
      message: t('pictures.svg-failed'),
      next: t('pictures.save-as-png'),
      cause: error
    })
  }
}
