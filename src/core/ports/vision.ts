import type { EncodedPicture } from './pictures.ts'
import type { Usage } from '#shared/caption.ts'
import type { PrivateCount } from '#shared/privacy.ts'

/*
 * The ports for the vision model. Each has one real adapter; tests use fakes that pass the same
 * contract suite. Ports reject only with a DescryError, or with an AbortError if their signal is aborted.
 */

/** An earlier question about the same picture, and its answer. */
export interface Turn {
  prompt: string
  answer: string
}

/** Rate limits from the response headers; null for those that are not sent. */
export interface RateLimits {
  /** Requests and tokens allowed in one period. */
  limitRequests: number | null
  limitTokens: number | null
  remainingRequests: number | null
  remainingTokens: number | null
  /** Until the limit resets. */
  resetRequestsMs: number | null
  resetTokensMs: number | null
}

export interface VisionRequest {
  model: string
  /** The parameters this model accepts, under the names its server expects. From the model table. */
  parameters: Record<string, unknown>
  instructions: string
  /** Earlier questions and answers, oldest first. The picture is sent with the first question. */
  turns: Turn[]
  prompt: string
  picture: EncodedPicture
  /** OpenAI's image `detail`. */
  imageDetail: 'low' | 'high' | 'auto'
  /** What boxes cover in the picture, for the list of what was sent; not sent itself. */
  hidden?: readonly PrivateCount[]
}

export type VisionEvent =
  /** The server has sent response headers, even if they are for an error. */
  | { type: 'started'; limits?: RateLimits | null }
  | { type: 'text'; text: string }
  /** Only when the server showed that the answer is complete; a stream that just ends is `cut-off`. */
  | { type: 'finished'; reason: 'stop' | 'length'; usage: Usage | null; model: string }

/**
 * One HTTP request. Throws bad-key, no-credit, rate-limited (with retryAfterMs), model-gone, provider-down, cut-off,
 * refused, bad-answer; offline if sending has been turned off; an AbortError if the signal is aborted. Never no-key,
 * because the caller checks for a key. It does not retry and has no timeout; the describer handles both.
 */
export interface VisionModel {
  /** Host of the address, for people. */
  readonly provider: string
  /** True for a server on this computer, which may take longer to send the first token. */
  readonly isLocal: boolean
  stream(request: VisionRequest, signal: AbortSignal): AsyncIterable<VisionEvent>
}
