import { comparedPixels } from './fingerprint.ts'
import type { DecodedPicture, PictureDecoder, RgbaImage } from '../ports/pictures.ts'

/**
 * The most that the lightness of 2 by 2 pixels may differ, of 255. JPEG and WebP change it by up to 25 on ordinary
 * screens, even at quality 75; another digit changes it by 50 or more, even in gray text of 11 px.
 */
const maxLightness = 36
/** The same for color, in 8 by 8 pixels. Lossy files keep less of the color and change it by up to 30. */
const maxColor = 40
const colorSide = 8

/** How much lighter each pixel of a line is in one picture than in the other. */
function lighterBy(one: RgbaImage, other: RgbaImage, line: number): Float32Array {
  const lighter = new Float32Array(one.width)
  for (let x = 0, at = line * one.width * 4; x < one.width; x += 1, at += 4) {
    const red = (one.data[at] ?? 0) - (other.data[at] ?? 0)
    const green = (one.data[at + 1] ?? 0) - (other.data[at + 1] ?? 0)
    const blue = (one.data[at + 2] ?? 0) - (other.data[at + 2] ?? 0)
    lighter[x] = 0.299 * red + 0.587 * green + 0.114 * blue
  }
  return lighter
}

function isLightnessAlike(one: RgbaImage, other: RgbaImage): boolean {
  let above = lighterBy(one, other, 0)
  for (let line = 1; line < one.height; line += 1) {
    const below = lighterBy(one, other, line)
    for (let x = 1; x < one.width; x += 1) {
      const sum = (above[x - 1] ?? 0) + (above[x] ?? 0) + (below[x - 1] ?? 0) + (below[x] ?? 0)
      if (Math.abs(sum) > maxLightness * 4) return false
    }
    above = below
  }
  return true
}

function isColorAlike(one: RgbaImage, other: RgbaImage): boolean {
  for (let top = 0; top < one.height; top += colorSide)
    for (let left = 0; left < one.width; left += colorSide)
      if (colorDifference(one, other, left, top) > maxColor) return false
  return true
}

/** How far apart the mean colors of one square are, whatever their lightness. */
function colorDifference(one: RgbaImage, other: RgbaImage, left: number, top: number): number {
  const right = Math.min(left + colorSide, one.width)
  const bottom = Math.min(top + colorSide, one.height)
  let redder = 0
  let bluer = 0
  for (let y = top; y < bottom; y += 1) {
    for (let at = (y * one.width + left) * 4, end = (y * one.width + right) * 4; at < end; at += 4) {
      const green = (one.data[at + 1] ?? 0) - (other.data[at + 1] ?? 0)
      redder += (one.data[at] ?? 0) - (other.data[at] ?? 0) - green
      bluer += (one.data[at + 2] ?? 0) - (other.data[at + 2] ?? 0) - green
    }
  }
  return Math.max(Math.abs(redder), Math.abs(bluer)) / ((right - left) * (bottom - top))
}

/**
 * True for a screen and the same screen after lossy compression: no part of it differs, however small. When in doubt,
 * false: announcing a picture twice is a nuisance, not announcing it loses it.
 */
export function isAlike(one: RgbaImage, other: RgbaImage): boolean {
  if (one.width !== other.width || one.height !== other.height) return false
  return isLightnessAlike(one, other) && isColorAlike(one, other)
}

/** What a screenshot program may save beside the lossless picture that it copies. */
const lossyMimes = new Set(['image/jpeg', 'image/webp', 'image/avif', 'image/heic', 'image/heif'])
/** More than one or two pictures at once are a burst, not one screenshot in two forms. */
const maxCompared = 3

export function isLossy({ mime }: Pick<DecodedPicture, 'mime'>): boolean {
  return lossyMimes.has(mime)
}

/** The first of the newest `candidates` that shows the same as `picture`, where one of the two is a lossy copy of the other. */
export async function findLossyTwin<Candidate extends { bytes: Uint8Array; isLossy: boolean }>(
  decoder: PictureDecoder,
  picture: DecodedPicture,
  candidates: Candidate[]
): Promise<Candidate | null> {
  for (const candidate of candidates.slice(-maxCompared)) {
    if (!isLossy(picture) && !candidate.isLossy) continue
    const other = await decoder.decode(candidate.bytes)
    if (other.width !== picture.width || other.height !== picture.height) continue
    if (isAlike(other.pixels(comparedPixels), picture.pixels(comparedPixels))) return candidate
  }
  return null
}
