import type { VisionModel, VisionRequest } from '#core/ports/vision.ts'
import { DescryError } from '#shared/errors.ts'

/** Parameters that were refused, by provider and model. One for the whole run, so that each is refused once. */
export type RefusedParameters = Map<string, Set<string>>

/**
 * A model that the table does not know may refuse a parameter: "Unsupported parameter: 'max_tokens'. Use
 * 'max_completion_tokens' instead." Then the request is made once more without it, or with the other name for the limit
 * on output tokens, and so is every later one. Two `started` events mean that the picture was sent twice.
 */
export function createForgivingModel(vision: VisionModel, refused: RefusedParameters): VisionModel {
  return {
    provider: vision.provider,
    isLocal: vision.isLocal,
    async *stream(request, signal) {
      const key = `${vision.provider} ${request.model}`
      const known = refused.get(key) ?? new Set<string>()
      const first = without(known, request)
      try {
        yield* vision.stream(first, signal)
      } catch (error) {
        const name = error instanceof DescryError ? error.refusedParameter : undefined
        // Servers that complain about what was not sent, or again about the same, are not asked twice.
        if (name === undefined || !(name in first.parameters) || known.has(name)) throw error
        refused.set(key, new Set([...known, name]))
        yield* vision.stream(without(new Set([...known, name]), request), signal)
      }
    }
  }
}

const otherName: Record<string, string> = {
  max_tokens: 'max_completion_tokens',
  max_completion_tokens: 'max_tokens'
}

function without(refused: ReadonlySet<string>, request: VisionRequest): VisionRequest {
  const parameters = Object.entries(request.parameters).flatMap(([name, value]) => {
    if (!refused.has(name)) return [[name, value] as const]
    const other = otherName[name]
    return other !== undefined && !refused.has(other) ? [[other, value] as const] : []
  })
  return { ...request, parameters: Object.fromEntries(parameters) }
}
