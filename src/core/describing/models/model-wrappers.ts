import type { VisionEvent, VisionModel, VisionRequest } from '#core/ports/vision.ts'
import { isOnThisComputer } from '#shared/addresses.ts'
import type { SentLog, UnpricedPicture } from '#core/ports/storage.ts'
import { DescryError } from '#shared/errors.ts'
import { costUsd } from './models.ts'
import { providerOf } from './providers.ts'

/** Asks the model only while the user allows it, which may change before a request or between two of them. */
export function onlyWhile(isAllowed: () => boolean, vision: VisionModel): VisionModel {
  return {
    ...identityOf(vision),
    async *stream(request, signal) {
      if (!isAllowed()) throw new DescryError('offline')
      yield* vision.stream(request, signal)
    }
  }
}

/** What is noted of the picture of a request that was sent to this host. */
export function sentPicture(provider: string, { model, picture, hidden = [] }: VisionRequest): UnpricedPicture {
  const { width, height, bytes } = picture
  return { provider, model, widthPx: width, heightPx: height, bytes: bytes.byteLength, hidden: [...hidden] }
}

/** Notes each picture when the server has it, and what its answer cost. */
export function notingSent(vision: VisionModel, baseUrl: string, sent: SentLog): VisionModel {
  return {
    ...identityOf(vision),
    async *stream(request, signal) {
      const note = (): ReturnType<SentLog['note']> => sent.note(sentPicture(vision.provider, request))
      let settle: ReturnType<SentLog['note']> | null = null
      try {
        for await (const event of vision.stream(request, signal)) {
          if (event.type === 'started') settle = note()
          if (event.type === 'finished') settle?.(providerOf(baseUrl).isLocal ? 0 : costUsd(event.model, event.usage))
          yield event
        }
      } finally {
        // A server that did not respond before it was given up may have the picture.
        if (signal.aborted && settle === null) note()
      }
    }
  }
}

/** Calls `onAnswer` with the name of the requested model at each piece of an answer. */
export function reportingAnswers(vision: VisionModel, onAnswer: (model: string) => void): VisionModel {
  return {
    ...identityOf(vision),
    async *stream(request, signal) {
      for await (const event of vision.stream(request, signal)) {
        if (event.type !== 'started') onAnswer(request.model)
        yield event
      }
    }
  }
}

/** Not a real model: returns answers that arrived some other way, or records requests. */
export function scriptedModel(baseUrl: string, answer: (request: VisionRequest) => VisionEvent[]): VisionModel {
  return {
    provider: new URL(baseUrl).host,
    isLocal: isOnThisComputer(baseUrl),
    async *stream(request) {
      yield* answer(request)
    }
  }
}

/**
 * The request that describing would send to this address, recorded instead of sent; or what describing came to, if it needs
 * no request. Errors: those of describing.
 */
export async function recordRequest<Outcome>(
  baseUrl: string,
  describe: (recorder: VisionModel) => Promise<Outcome>
): Promise<VisionRequest | Outcome> {
  let request: VisionRequest | null = null
  const recorder = scriptedModel(baseUrl, (asked) => {
    request = asked
    throw new Error('Recorded, not sent.')
  })
  try {
    return await describe(recorder)
  } catch (error) {
    if (request === null) throw error
    return request
  }
}

/** Refused parameters, by provider and model. One map for the whole run, so that each is refused only once. */
export type RefusedParameters = Map<string, Set<string>>

/**
 * A model that is not in the table may refuse a parameter: "Unsupported parameter: 'max_tokens'. Use
 * 'max_completion_tokens' instead." The request is then repeated once without it, or with the other name for the limit
 * on output tokens, and so is every later one. Two `started` events mean that the picture was sent twice.
 */
export function createForgivingModel(vision: VisionModel, refused: RefusedParameters): VisionModel {
  return {
    ...identityOf(vision),
    async *stream(request, signal) {
      const key = `${vision.provider} ${request.model}`
      const known = refused.get(key) ?? new Set<string>()
      const first = without(known, request)
      try {
        yield* vision.stream(first, signal)
      } catch (error) {
        const name = error instanceof DescryError ? error.refusedParameter : undefined
        // No second request to a server that complains about what was not sent, or about the same parameter again.
        if (name === undefined || !(name in first.parameters) || known.has(name)) throw error
        refused.set(key, new Set([...known, name]))
        yield* vision.stream(without(new Set([...known, name]), request), signal)
      }
    }
  }
}

function identityOf({ provider, isLocal }: VisionModel): Pick<VisionModel, 'provider' | 'isLocal'> {
  return { provider, isLocal }
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
