import type { DecodedPicture } from '../ports.ts'

/**
 * Screens up to this size are compared pixel by pixel, larger ones after scaling down: that keeps a 4K screen at 9 MB
 * of pixels, and no change that a person could tell is lost.
 */
const limit = { maxWidthPx: 2048, maxHeightPx: 2048 }

/**
 * Equal for pictures with the same pixels, whatever file they came in: the same screenshot as a file and on the
 * clipboard. A moved pointer or another digit gives another fingerprint. Not for safety: it is quick, not cryptographic.
 */
export function fingerprint(picture: DecodedPicture): string {
  const { data } = picture.pixels(limit)
  // Two 32-bit lanes with different multipliers, FNV-1a over whole pixels.
  const pixels = new Uint32Array(data.buffer, data.byteOffset, data.length / 4)
  let first = 0x811c9dc5
  let second = 0x9e3779b9
  for (const pixel of pixels) {
    first = Math.imul(first ^ pixel, 0x01000193)
    first ^= first >>> 15
    second = Math.imul(second ^ pixel, 0x85ebca6b)
    second ^= second >>> 13
  }
  const hex = (value: number): string => (value >>> 0).toString(16).padStart(8, '0')
  return `${picture.width}x${picture.height}-${hex(first)}${hex(second)}`
}
