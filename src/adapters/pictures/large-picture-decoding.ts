import type { RgbaImage } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'
import { firstColoredFrame } from './animation.ts'
import { CanvasPicture } from './canvas-picture.ts'
import { maxReducedPixels } from './large-picture.ts'
import { decodeHere, type Decodable } from './picture-decoding.ts'
import type { PixelSize } from './picture-formats.ts'

// Runs in the helper process (helper-program.ts).

/** The whole picture in at most `maxReducedPixels`, on its background. `size` is upright, in pixels. */
export async function decodeLargePicture(
  file: Decodable
): Promise<{ size: PixelSize; reduced: RgbaImage; isIncomplete: boolean }> {
  const { picture, isIncomplete } = await decoded(file)
  const { width, height } = picture
  const scale = Math.min(1, Math.sqrt(maxReducedPixels / (width * height)))
  const limit = { maxWidthPx: Math.ceil(width * scale), maxHeightPx: Math.ceil(height * scale) }
  return { size: { width, height }, reduced: picture.pixels(limit), isIncomplete }
}

/** A PNG of an area at full resolution, clipped to the picture. Errors: bad-image (nothing is left). */
export async function cropLargePicture({ file, area }: { file: Decodable; area: Area }): Promise<Uint8Array> {
  return (await decoded(file)).picture.crop(area)
}

async function decoded(file: Decodable): Promise<{ picture: CanvasPicture; isIncomplete: boolean }> {
  const { image, background, isIncomplete } = await decodeHere(file, firstColoredFrame)
  const { mime } = file.header
  return { picture: new CanvasPicture(image, { mime, sha256: '', missing: null, background }), isIncomplete }
}
