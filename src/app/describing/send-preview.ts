import { describe } from '#core/describing/describer.ts'
import type { DescribePorts, DescriberRequest } from '#core/describing/describer-request.ts'
import { recordRequest } from '#core/describing/models/model-wrappers.ts'
import type { VisionRequest } from '#core/ports/vision.ts'
import { asDescryError, type Failure } from '#shared/errors.ts'

/** What describing a picture would send; or why it would send nothing, null if it needs no request. */
export type SendPreview =
  | { request: VisionRequest; baseUrl: string; /** US dollars; null if unknown. */ estimateUsd: number | null }
  | { failure: Failure | null }

/** Goes all the way to the request, which is recorded instead of sent. Errors: an AbortError. */
export async function previewRequest(
  ports: Omit<DescribePorts, 'vision'>,
  request: DescriberRequest,
  estimateUsd: number | null,
  signal: AbortSignal
): Promise<SendPreview> {
  const { baseUrl } = request
  try {
    const outcome = await recordRequest(baseUrl, (vision) =>
      describe({ ...ports, vision }, request, () => undefined, signal)
    )
    if ('prompt' in outcome) return { request: outcome, baseUrl, estimateUsd }
    return { failure: outcome.warnings[0] ?? null }
  } catch (error) {
    signal.throwIfAborted()
    return { failure: asDescryError(error).toFailure() }
  }
}
