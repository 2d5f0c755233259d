import type { VisionModel } from '#core/ports/vision.ts'
import { DescryError } from '#shared/errors.ts'

/** The model, asked only while the user allows it: that may change before a request, and between the first and the second. */
export function onlyWhile(isAllowed: () => boolean, vision: VisionModel): VisionModel {
  return {
    provider: vision.provider,
    isLocal: vision.isLocal,
    async *stream(request, signal) {
      if (!isAllowed()) throw new DescryError('offline')
      yield* vision.stream(request, signal)
    }
  }
}
