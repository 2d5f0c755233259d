import type { DecodedPicture } from '../ports/pictures.ts'

/**
 * Screens up to 4K are compared pixel by pixel: scaled down, the same screenshot with and without an alpha channel
 * would differ by rounding. Larger pictures, usually photos, are scaled to save memory.
 */
export const comparedPixels = { maxWidthPx: 4096, maxHeightPx: 4096 }

/**
 * Equal for pictures with the same pixels, whatever file they came in: the same screenshot as a file and on the
 * clipboard. A moved pointer or a different digit changes the fingerprint, and so does a file that declares a different
 * color space. Not for security: it is fast, not cryptographic.
 */
export function fingerprint(picture: DecodedPicture): string {
  const { data } = picture.pixels(comparedPixels)
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4)
  // Two lanes like FNV-1a, fed alternate pixels. Each step is reversible, so a single different pixel always changes
  // the result. Indexed, because this loop runs millions of times.
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
