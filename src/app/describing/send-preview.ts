import type { ResolvedRequest } from './resolve-request.ts'
import { describe } from '#core/describing/describer.ts'
import type { DescribePorts } from '#core/describing/describer-request.ts'
import { recordRequest } from '#core/describing/models/model-wrappers.ts'
import type { DecodedPicture } from '#core/ports/pictures.ts'
import type { VisionRequest } from '#core/ports/vision.ts'
import { asDescryError, type Failure } from '#shared/errors.ts'
import { unchecked, type Privacy } from '#shared/privacy-rules.ts'

/** What describing a picture would send. */
export interface SendPreview {
  /** Null when nothing would be sent. */
  request: VisionRequest | null
  /** Why nothing would be sent; null when something would, or when a saved caption or this computer has the answer. */
  failure: Failure | null
  privacy: Privacy
  model: string
  baseUrl: string
}

/** Goes all the way to the request, which is recorded instead of sent. Errors: those of the describer. */
export async function previewRequest(
  ports: Omit<DescribePorts, 'vision'>,
  resolved: ResolvedRequest,
  picture: DecodedPicture,
  signal: AbortSignal
): Promise<SendPreview> {
  const { model, baseUrl } = resolved
  let privacy = unchecked
  const described = recordRequest(baseUrl, (vision) =>
    describe(
      { ...ports, vision },
      { ...resolved, picture, part: null, fallback: null },
      (event) => {
        if (event.type === 'privacy') privacy = event.privacy
      },
      signal
    )
  )
  try {
    const outcome = await described
    const isRequest = 'prompt' in outcome
    const failure = isRequest ? null : (outcome.warnings[0] ?? null)
    return { request: isRequest ? outcome : null, failure, privacy, model, baseUrl }
  } catch (error) {
    signal.throwIfAborted()
    return { request: null, failure: asDescryError(error).toFailure(), privacy, model, baseUrl }
  }
}
