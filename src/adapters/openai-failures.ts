import { DescryError, type ErrorCode, type FailureDetails } from '#shared/errors.ts'

/** What can be known of a foreign error, whichever server and SDK class it came from. */
interface ForeignError {
  status: number | null
  /** OpenAI's `error.code` and `error.type`. */
  code: string
  type: string
  message: string
  headers: Headers | null
  /** Of node's fetch: ECONNREFUSED, UND_ERR_HEADERS_TIMEOUT … */
  transportCode: string
}

/** A request that got no stream, in our words. The foreign text goes into `cause` only, without the key. */
export function providerFailure(error: unknown, apiKey: string | null): DescryError {
  const foreign = readError(error)
  const cause = new Error(withoutKey(foreign.message, apiKey))
  const details = { cause, ...retryAfter(foreign.headers) }
  const [code, words] = foreign.status === null ? transportCode(foreign) : statusCode(foreign, foreign.status)
  return new DescryError(code, { ...details, ...words })
}

/** A stream that broke: an error event of the server, a cut socket (a raw TypeError), or JSON that is none. */
export function streamFailure(error: unknown, apiKey: string | null): DescryError {
  const foreign = readError(error)
  const cause = new Error(withoutKey(foreign.message, apiKey))
  if (error instanceof SyntaxError) return new DescryError('bad-answer', { cause })
  // An error event has no status of its own, yet often a code that says what a status would.
  if (foreign.code !== '' || foreign.type !== '') {
    const [code, words] = statusCode(foreign, Number(foreign.code) || 500)
    return new DescryError(code, { cause, ...words })
  }
  return new DescryError('cut-off', { cause })
}

type Mapped = readonly [code: ErrorCode, words?: Pick<FailureDetails, 'message' | 'next'>]

function transportCode({ transportCode }: ForeignError): Mapped {
  return transportCode === 'UND_ERR_HEADERS_TIMEOUT' ? ['timed-out'] : ['provider-down']
}

function statusCode({ code, type, message }: ForeignError, status: number): Mapped {
  const names = `${code} ${type}`
  if (/insufficient_quota|billing|credit/iu.test(names)) return ['no-credit']
  if (/credit balance|billing hard limit/iu.test(message)) return ['no-credit']
  if (/content_filter|content_policy|safety/iu.test(names)) return ['refused']
  if (/model_not_found|model_deprecated|model_not_available/iu.test(names)) return ['model-gone']
  if (/invalid_api_key/iu.test(names) || /api key (is )?(not valid|invalid)/iu.test(message)) return ['bad-key']
  if (status === 401) return ['bad-key']
  if (status === 402) return ['no-credit']
  if (status === 403) {
    return [
      'bad-key',
      { message: 'The provider does not allow this with your key.', next: 'Check the rights of the key.' }
    ]
  }
  if (status === 429) return ['rate-limited']
  if (status === 413) return ['too-large']
  if (status === 408 || status === 409 || status >= 500) return ['provider-down']
  // Ollama, OpenRouter and others say only in words that they do not have the model.
  if (/model\b.*\b(not found|does not exist|not exist|deprecated|no longer|not a valid)/iu.test(message)) {
    return ['model-gone']
  }
  if (/not a valid model/iu.test(message)) return ['model-gone']
  if (status === 404 || (status >= 300 && status < 400)) {
    return [
      'bad-answer',
      { message: 'No vision provider answers at this address.', next: 'Check the address in settings.' }
    ]
  }
  return [
    'bad-answer',
    { message: 'The provider did not accept the request.', next: 'Try another model, or check the address.' }
  ]
}

/** The header in milliseconds: `retry-after-ms`, else `retry-after` in seconds or as a date. */
function retryAfter(headers: Headers | null): { retryAfterMs?: number } {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN)
  if (exact >= 0) return { retryAfterMs: exact }
  const header = headers?.get('retry-after')
  if (header === null || header === undefined || header.trim() === '') return {}
  const seconds = Number(header)
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - Date.now() : seconds * 1000
  return Number.isNaN(waitMs) ? {} : { retryAfterMs: Math.max(0, waitMs) }
}

function readError(error: unknown): ForeignError {
  const fields: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {}
  const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '')
  return {
    status: typeof fields['status'] === 'number' ? fields['status'] : null,
    code: text(fields['code']),
    type: text(fields['type']),
    message: error instanceof Error ? error.message : '',
    headers: fields['headers'] instanceof Headers ? fields['headers'] : null,
    transportCode: transportCodeOf(error)
  }
}

/** The innermost `code` along the causes: the SDK wraps what fetch wrapped. */
function transportCodeOf(error: unknown): string {
  let code = ''
  for (let inner: unknown = error, depth = 0; inner instanceof Error && depth < 5; inner = inner.cause, depth += 1) {
    if ('code' in inner && typeof inner.code === 'string') code = inner.code
  }
  return code
}

/** Some servers repeat the key in their complaint about it. */
function withoutKey(message: string, apiKey: string | null): string {
  const redacted = apiKey ? message.replaceAll(apiKey, '[key]') : message
  return redacted.slice(0, 500)
}
