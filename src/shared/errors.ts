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
  'internal'
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** A failure as it is shown, spoken and printed: what happened, and what to do next. Both are whole sentences. */
export interface Failure {
  code: ErrorCode
  message: string
  next: string
}

/** The words for each code: cause and next step in at most 15 words together (Manners 11), no codes, no "Error". */
const words: Record<ErrorCode, readonly [message: string, next: string]> = {
  'no-key': ['No key is stored.', 'Store one in settings, or with descry key set.'],
  'bad-key': ['The provider rejected the key.', 'Store a valid one in settings.'],
  'no-credit': ['The provider credit is used up.', 'Add credit on its billing page.'],
  'rate-limited': ['The provider wants fewer requests.', 'Try again in a minute.'],
  'model-gone': ['The model is no longer offered.', 'Choose another model in settings.'],
  'provider-down': ['The provider cannot be reached.', 'Try again later.'],
  'timed-out': ['The provider took too long.', 'Try again.'],
  'cut-off': ['The description broke off.', 'Try again for the rest.'],
  refused: ['The provider declined to describe this picture.', 'Try the text only.'],
  'bad-answer': ['The provider sent no usable description.', 'Try again.'],
  offline: ['Descry is offline.', 'Turn sending on for a full description.'],
  'over-limit': ['Your spending limit is reached.', 'Raise it in settings.'],
  'bad-image': ['The picture is damaged or not a picture.', 'Try another file.'],
  'too-large': ['The picture is too large.', 'Try a smaller one.'],
  unsupported: ['This kind of file is not supported.', 'Save it as PNG or JPEG.'],
  'not-found': ['The picture was not found.', 'Check the name or address.'],
  'no-picture': ['There is no picture here.', 'Copy a picture first.'],
  'no-voice': ['No voice can be heard.', 'Install espeak-ng, or check the sound output.'],
  'no-permission': ['The system did not allow this.', 'Grant Descry access in the system settings.'],
  internal: ['Something went wrong inside Descry.', 'Try again, and report it if it stays.']
}

/** More precise words for one occurrence, and how long the provider asked us to wait. */
export interface FailureDetails {
  message?: string
  next?: string
  /** The provider's retry-after, in milliseconds. */
  retryAfterMs?: number
  /** A parameter of the request that the model does not take. */
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
    super(details.message ?? words[code][0], { cause: details.cause })
    this.name = 'DescryError'
    this.code = code
    this.next = details.next ?? words[code][1]
    this.retryAfterMs = details.retryAfterMs
    this.refusedParameter = details.refusedParameter
  }

  toFailure(): Failure {
    return { code: this.code, message: this.message, next: this.next }
  }
}

/** The failure for a code in its standard words. */
export function failure(code: ErrorCode): Failure {
  return { code, message: words[code][0], next: words[code][1] }
}

/** Any thrown value as a DescryError; what is not ours becomes `internal`, with the original as cause. */
export function asDescryError(error: unknown): DescryError {
  return error instanceof DescryError ? error : new DescryError('internal', { cause: error })
}

/** True for what an AbortSignal throws: the user stopped, nothing failed. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError'
}
