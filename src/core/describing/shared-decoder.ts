import type { DecodedPicture, PictureDecoder } from '#core/ports/pictures.ts'
import type { Clock } from '#core/ports/time.ts'

/** A picture that nobody is working on is held for this long: most work on a new picture follows right away. */
const holdMs = 20_000

/**
 * Decodes a picture once for everything that needs its pixels: calls with the same bytes (the same array) share the decoded
 * picture while it is in use. Only the newest is held beyond that, and released soon: decoded pictures take tens of
 * megabytes each.
 */
export function createSharedDecoder(decoder: PictureDecoder, clock: Clock): PictureDecoder {
  const inUse = new WeakMap<Uint8Array, WeakRef<DecodedPicture>>()
  const decoding = new Map<Uint8Array, Promise<DecodedPicture>>()
  /** The newest picture, or none. */
  const held = new Set<DecodedPicture>()
  let cancelRelease = (): void => undefined

  async function decodeNew(bytes: Uint8Array): Promise<DecodedPicture> {
    // Released first, so that there is room for the next one.
    held.clear()
    const picture = await decoder.decode(bytes)
    inUse.set(bytes, new WeakRef(picture))
    return picture
  }

  return {
    async decode(bytes) {
      let picture = inUse.get(bytes)?.deref()
      if (picture === undefined) {
        const pending = decoding.get(bytes) ?? decodeNew(bytes).finally(() => decoding.delete(bytes))
        decoding.set(bytes, pending)
        picture = await pending
      }
      held.clear()
      held.add(picture)
      cancelRelease()
      cancelRelease = clock.after(holdMs, () => held.clear())
      return picture
    }
  }
}
