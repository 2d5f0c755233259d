import { findPart, partArea } from '#core/describing/prompts/picture-part.ts'
import type { DecodedPicture, PictureDecoder } from '#core/ports/pictures.ts'
import { untilAborted } from '#core/async/abort.ts'

/** What a question is about. */
export interface AskedPart {
  /** Of the part, in the original's pixels; else the whole picture as it came. */
  bytes: Uint8Array
  /** Null: the whole picture. */
  part: { name: string } | null
  /** The whole picture, where it had to be decoded for its part. */
  whole: DecodedPicture | null
}

/** "Look closer at the top left" is about that part alone. Errors: those of the decoder, when it must be cut out. */
export async function askedPart(
  decoder: PictureDecoder,
  bytes: Uint8Array,
  question: string | null,
  signal: AbortSignal
): Promise<AskedPart> {
  const part = question === null ? null : findPart(question)
  if (part === null) return { bytes, part, whole: null }
  const whole = await untilAborted(decoder.decode(bytes), signal)
  return { bytes: await whole.crop(partArea(part, whole)), part, whole }
}
