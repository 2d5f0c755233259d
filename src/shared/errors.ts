import { z } from 'zod'
import { t } from './messages/messages.ts'

/** Every way Descry can fail. Adapters turn foreign errors into one of these, once. */
export const errorCodes = [
  'no-key',
  'bad-key',
  'no-credit',
  'rate-limited',
  'model-gone',
  'provider-down',
  'timed-out',
  'cut-off',
  'refused',
  'bad-answer',
  'offline',
  'over-limit',
  'bad-image',
  'too-large',
  'unsupported',
  'not-found',
  'no-picture',
  'no-voice',
  'no-permission',
  'private',
  'internal'
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** A failure as shown, spoken and printed: what happened, and what to do next. Both are whole sentences. */
export const failureSchema = z.object({ code: z.enum(errorCodes), message: z.string(), next: z.string() })
export type Failure = z.infer<typeof failureSchema>

/** What happened and what to do, as it is shown and spoken. */
export function failureText({ message, next }: Pick<Failure, 'message' | 'next'>): string {
  return `${message} ${next}`.trim()
}

/** More precise wording for one occurrence, and details from the provider. */
export interface FailureDetails {
  message?: string
  next?: string
  /** The provider's retry-after, in milliseconds. */
  retryAfterMs?: number
  /** A request parameter that the model does not accept. */
  refusedParameter?: string
  cause?: unknown
}

/** The one error class that crosses a port. */
export class DescryError extends Error {
  readonly code: ErrorCode
  readonly next: string
  readonly retryAfterMs: number | undefined
  readonly refusedParameter: string | undefined

  constructor(code: ErrorCode, details: FailureDetails = {}) {
    super(details.message ?? t(`errors.${code}`), { cause: details.cause })
    this.name = 'DescryError'
    this.code = code
    this.next = details.next ?? t(`errors.${code}.next`)
    this.retryAfterMs = details.retryAfterMs
    this.refusedParameter = details.refusedParameter
  }

  toFailure(): Failure {
    return { code: this.code, message: this.message, next: this.next }
  }
}

/** The failure for a code, in its standard wording. */
export function failure(code: ErrorCode): Failure {
  return { code, message: t(`errors.${code}`), next: t(`errors.${code}.next`) }
}

/** Any thrown value as a DescryError. Other errors become `internal`, with the original as the cause. */
export function asDescryError(error: unknown): DescryError {
  return error instanceof DescryError ? error : new DescryError('internal', { cause: error })
}

/** True for what an AbortSignal throws: the user stopped, nothing failed. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
