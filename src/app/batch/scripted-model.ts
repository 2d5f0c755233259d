import type { VisionEvent, VisionModel, VisionRequest } from '#core/ports/vision.ts'

/** A model that answers what it is told: for answers that came another way, and to see what would be asked. */
export function scriptedModel(baseUrl: string, answer: (request: VisionRequest) => VisionEvent[]): VisionModel {
  return {
    provider: new URL(baseUrl).host,
    isLocal: false,
    async *stream(request) {
      yield* answer(request)
    }
  }
}
