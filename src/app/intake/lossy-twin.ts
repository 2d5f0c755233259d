import { comparedPixels } from '#core/intake/fingerprint.ts'
import { isAlike } from '#core/intake/likeness.ts'
import type { DecodedPicture, PictureDecoder } from '#core/ports/pictures.ts'

/** What a screenshot program may save beside the lossless picture that it copies. */
const lossyMimes = new Set(['image/jpeg', 'image/webp', 'image/avif', 'image/heic', 'image/heif'])
/** Of those that came just now; more than one or two are a burst. */
const maxCompared = 3

export function isLossy({ mime }: Pick<DecodedPicture, 'mime'>): boolean {
  return lossyMimes.has(mime)
}

/** The picture that one PrintScreen made together with this one, if one of them is a lossy copy of the other. */
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
