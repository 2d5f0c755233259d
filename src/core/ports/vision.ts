import type { EncodedPicture } from './pictures.ts'
import type { Usage } from '#shared/caption.ts'

/*
 * The vision model, as core needs it. One adapter implements each port for real; tests use fakes that pass the same contract suite.
 * A port rejects with a DescryError, or an AbortError when its signal fired, and with nothing else.
 */

/** One question and its answer, from earlier about the same picture. */
export interface Turn {
  prompt: string
  answer: string
}

/** What the provider's headers say may still be asked; null where they are silent. */
export interface RateLimits {
  /** Requests and tokens allowed in one period. */
  limitRequests: number | null
  limitTokens: number | null
  remainingRequests: number | null
  remainingTokens: number | null
  /** Until the full number is back. */
  resetRequestsMs: number | null
  resetTokensMs: number | null
}

export interface VisionRequest {
  model: string
  /** Under which name, and whether at all, the server wants each parameter: from the model table. */
  parameters: Record<string, unknown>
  instructions: string
  /** What was asked and answered before, oldest first; the picture goes with the first question of all. */
  turns: Turn[]
  prompt: string
  picture: EncodedPicture
  /** OpenAI's image `detail`. */
  imageDetail: 'low' | 'high' | 'auto'
}

export type VisionEvent =
  /** The request has reached the server: response headers have come, also those of a refusal. */
  | { type: 'started'; limits?: RateLimits | null }
  | { type: 'text'; text: string }
  /** Only when the stream ended with a finish_reason; a stream that ends without one is `cut-off`. */
  | { type: 'finished'; reason: 'stop' | 'length'; usage: Usage | null; model: string }

/**
 * One HTTP request. Throws: no-key never (the caller knows), bad-key, no-credit, rate-limited (with retryAfterMs),
 * model-gone, provider-down, cut-off, refused, bad-answer; offline when the user no longer allows it; an AbortError when the signal fired. It neither retries nor
 * watches the time: that is the describer's policy.
 */
export interface VisionModel {
  /** Host of the address, for people. */
  readonly provider: string
  /** True for a server on this computer (longer first-token time). */
  readonly isLocal: boolean
  stream(request: VisionRequest, signal: AbortSignal): AsyncIterable<VisionEvent>
}
