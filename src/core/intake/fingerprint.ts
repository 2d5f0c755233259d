import type { DecodedPicture } from '../ports/pictures.ts'

/**
 * Screens are compared pixel by pixel, up to 4K: scaled down, the same screenshot with and without an alpha channel
 * differs by a rounding. Larger pictures, photos, are scaled to save memory.
 */
export const comparedPixels = { maxWidthPx: 4096, maxHeightPx: 4096 }

/**
 * Equal for pictures with the same pixels, whatever file they came in: the same screenshot as a file and on the
 * clipboard. A moved pointer or another digit gives another fingerprint, and so does a file that claims another
 * color space. Not for safety: it is quick, not cryptographic.
 */
export function fingerprint(picture: DecodedPicture): string {
  const { data } = picture.pixels(comparedPixels)
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4)
  // Two lanes in the manner of FNV-1a, over whole pixels in turn. Each step is reversible, so that a single pixel that
  // differs always shows. An index, because this loop runs millions of times.
  let even = 0x811c9dc5
  let odd = 0x9e3779b9
  for (let index = 0; index < pixels.length; index += 2) {
    even = Math.imul(even ^ (pixels[index] ?? 0), 0x01000193)
    even ^= even >>> 15
    odd = Math.imul(odd ^ (pixels[index + 1] ?? 0), 0x85ebca6b)
    odd ^= odd >>> 13
  }
  const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0')
  return `${picture.width}x${picture.height}-${hex(even)}${hex(odd)}`
}
