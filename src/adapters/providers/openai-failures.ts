import { DescryError, type ErrorCode, type FailureDetails } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { withoutKey } from './key-filter.ts'
import { serverTimeMs } from './rate-limits.ts'

/**
 * What a server's error says, whatever the server and SDK class. OpenAI has code, type and param, Google a list
 * with one error and its `status`, Anthropic a `type`, OpenRouter a numeric code, and Ollama sometimes only a message.
 */
interface ForeignError {
  status: number | null
  /** Code, type and Google's status in one string, for searching. */
  names: string
  /** The parameter that OpenAI complains about. */
  param: string
  message: string
  headers: Headers | null
  /** From Node's fetch: ECONNREFUSED, UND_ERR_HEADERS_TIMEOUT … */
  transportCode: string
}

/** The failure of a request that got no stream. The server's text goes only into `cause`, without the key. */
export function providerFailure(error: unknown, apiKey: string | null): DescryError {
  const foreign = readError(error)
  const cause = causeOf(foreign, apiKey)
  const [code, details] = foreign.status === null ? transportCode(foreign) : statusCode(foreign, foreign.status)
  const wantsKey = code === 'bad-key' && apiKey === null
  return new DescryError(code, {
    cause,
    ...retryAfter(foreign),
    ...details,
    ...(wantsKey && { message: t('errors.no-key'), next: t('errors.no-key.next') })
  })
}

/** The failure of a stream: an error event from the server, a broken socket (a raw TypeError), or invalid JSON. */
export function streamFailure(error: unknown, apiKey: string | null): DescryError {
  const foreign = readError(error)
  const cause = causeOf(foreign, apiKey)
  if (error instanceof SyntaxError) return new DescryError('bad-answer', { cause })
  // An error event has no status, but often a name or a number that says the same.
  if (foreign.names.trim() !== '') {
    const [code, details] = statusCode(foreign, statusIn(foreign.names))
    return new DescryError(code, { cause, ...retryAfter(foreign), ...details })
  }
  // Some servers send nothing but a message.
  const [code, details] = statusCode(foreign, 500)
  if (code !== 'provider-down' || details) return new DescryError(code, { cause, ...details })
  return new DescryError('cut-off', { cause })
}

/** The failure in a body with status 200. */
export function bodyFailure(body: unknown, apiKey: string | null): DescryError {
  const foreign = readError({ error: body })
  // A message and nothing else comes from a server that does not know this path.
  const [code, details] = statusCode(foreign, foreign.names.trim() === '' ? 404 : statusIn(foreign.names))
  return new DescryError(code, { cause: causeOf(foreign, apiKey), ...details })
}

/** The failure of an unsuccessful response. */
export async function responseFailure(response: Response, apiKey: string | null): Promise<DescryError> {
  const text = await response.text().catch(() => '')
  const { status, headers } = response
  return providerFailure({ status, headers, error: parsed(text) ?? { message: text } }, apiKey)
}

type Mapped = readonly [code: ErrorCode, details?: FailureDetails]

function transportCode({ transportCode }: ForeignError): Mapped {
  if (transportCode === 'UND_ERR_HEADERS_TIMEOUT') return ['timed-out']
  if (/^(?:ENOTFOUND|EAI_AGAIN|ENETUNREACH|ENETDOWN|EHOSTUNREACH)$/u.test(transportCode))
    return ['provider-down', { next: t('providers.check-network') }]
  if (transportCode === 'ECONNREFUSED') return ['provider-down', { next: t('providers.check-running') }]
  // From a network that requires signing in, or a computer whose clock is wrong.
  if (/^(?:CERT_|ERR_TLS_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_)/u.test(transportCode)) {
    return ['provider-down', { message: t('providers.bad-certificate'), next: t('providers.bad-certificate.next') }]
  }
  return ['provider-down']
}

/** The status that a name implies: Google's statuses and Anthropic's types, in a stream that began with 200. */
function statusIn(names: string): number {
  const number = /\b[45]\d\d\b/u.exec(names)
  if (number) return Number(number[0])
  if (/authentication_error|UNAUTHENTICATED/u.test(names)) return 401
  if (/permission_error|PERMISSION_DENIED/u.test(names)) return 403
  if (/rate_limit|RESOURCE_EXHAUSTED/iu.test(names)) return 429
  if (/invalid_request|INVALID_ARGUMENT/u.test(names)) return 400
  return 500
}

const cannotSee = new RegExp(
  [
    '(?:image|picture|vision)s?\\b.*\\b(?:not (?:supported|enabled)|unsupported|disabled)',
    "(?:not|n['’]t) (?:support|accept|handle)(?:ed)?\\b.*\\b(?:image|vision|multi-?modal)",
    'support image input',
    'missing data required for image',
    'only [\'"`]?text[\'"`]? (?:content|input|messages?)',
    'image_url.? is only supported',
    'unknown variant .image_url',
    // LM Studio
    'vision add-?on is not loaded',
    'without (?:a )?(?:vision|mmproj)',
    // LM Studio, vLLM, SGLang, MLX
    "(?:not|n['’]t) (?:a |an )?(?:multi-?modal|vision(?:[- ]language)?|vlm\\b)",
    'text-only model',
    // vLLM
    'at most 0 image',
    // Groq, DeepSeek and others that know content only as text
    'content.? must be a string'
  ].join('|'),
  'iu'
)
/** Ollama, LM Studio, llama.cpp, CUDA and Metal. */
const hasTooLittleMemory = new RegExp(
  [
    'requires more (?:system |gpu |video )?memory',
    'out of (?:\\w+ )?memory',
    '(?:insufficient|not enough) (?:\\w+ )?(?:memory|system resources|vram)',
    '(?:failed|unable) to allocate',
    'resource limitations'
  ].join('|'),
  'iu'
)
// Ollama, OpenRouter, Anthropic ("model: claude-x") and others say only in the message that they do not have the model.
const hasNoModel = new RegExp(
  [
    'model\\b.*\\b(?:not found|does not exist|not exist|deprecated|no longer|not a valid)',
    'not a valid model',
    'models/\\S+ is not found',
    'no endpoints found for',
    '\\bmodel: \\S'
  ].join('|'),
  'iu'
)
const ourParameters = /\b(max_completion_tokens|max_tokens|temperature|reasoning_effort|stream_options)\b/u

function statusCode({ names, param, message }: ForeignError, status: number): Mapped {
  if (/insufficient_quota|billing|credit/iu.test(names)) return ['no-credit']
  if (/credit balance|billing hard limit/iu.test(message)) return ['no-credit']
  if (/content_filter|content_policy|safety/iu.test(names)) return ['refused']
  if (/DeploymentNotFound/u.test(names)) {
    return ['model-gone', { message: t('providers.no-deployment'), next: t('providers.no-deployment.next') }]
  }
  if (/model_not_found|model_deprecated|model_not_available/iu.test(names)) return ['model-gone']
  if (/invalid_api_key/iu.test(names) || /api key (is )?(not valid|invalid|expired)/iu.test(message)) return ['bad-key']
  if (status === 401) return ['bad-key']
  if (status === 402) return ['no-credit']
  if (status === 403) {
    if (/flagged|moderation/iu.test(message)) return ['refused']
    return ['bad-key', { message: t('providers.key-not-allowed'), next: t('providers.key-not-allowed.next') }]
  }
  if (status === 429) return ['rate-limited']
  if (status === 413) return ['too-large']
  // Before the statuses, since llama.cpp uses 500 for this and OpenRouter 404.
  if (cannotSee.test(message)) {
    return ['bad-answer', { message: t('providers.no-vision'), next: t('providers.no-vision.next') }]
  }
  if (/context_length_exceeded|exceed_context_size/iu.test(names) || /context (?:size|length|window)/iu.test(message)) {
    return ['too-large', { message: t('providers.context-too-small'), next: t('providers.context-too-small.next') }]
  }
  if (status === 503 && /loading model/iu.test(message)) {
    return [
      'provider-down',
      { message: t('providers.model-loading'), next: t('providers.model-loading.next'), retryAfterMs: 3000 }
    ]
  }
  if ((status === 400 || status >= 500) && hasTooLittleMemory.test(message)) {
    return ['provider-down', { message: t('providers.no-memory'), next: t('providers.no-memory.next') }]
  }
  if (status === 408 || status === 409 || status >= 500) return ['provider-down']
  // Before "deprecated", which Anthropic says of a parameter and others of a model.
  const refusedParameter = (ourParameters.exec(param) ?? ourParameters.exec(message))?.[1]
  if (refusedParameter === undefined && hasNoModel.test(message)) return ['model-gone']
  if (status === 404 || (status >= 300 && status < 400)) {
    return ['bad-answer', { message: t('providers.nothing-here'), next: t('providers.nothing-here.next') }]
  }
  return [
    'bad-answer',
    {
      message: t('providers.rejected'),
      next: t('providers.rejected.next'),
      ...(refusedParameter !== undefined && { refusedParameter })
    }
  ]
}

/** The requested wait in milliseconds: `retry-after-ms`, `retry-after` in seconds or as a date, or from Google's message. */
function retryAfter({ headers, message }: ForeignError): { retryAfterMs?: number } {
  const exact = Number(headers?.get('retry-after-ms') ?? Number.NaN)
  if (exact >= 0) return { retryAfterMs: exact }
  const header = headers?.get('retry-after') ?? /\bretry in ([\d.]+) ?s/iu.exec(message)?.[1]
  if (header === undefined || header.trim() === '') return {}
  const seconds = Number(header)
  const waitMs = Number.isNaN(seconds) ? Date.parse(header) - serverTimeMs(headers ?? new Headers()) : seconds * 1000
  return Number.isNaN(waitMs) ? {} : { retryAfterMs: Math.max(0, waitMs) }
}

function readError(error: unknown): ForeignError {
  const fields: Record<string, unknown> = typeof error === 'object' && error !== null ? { ...error } : {}
  const body = bodyOf(fields['error'])
  const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? `${value}` : '')
  const names = [fields['code'], fields['type'], body['code'], body['type'], body['status']]
  return {
    status: typeof fields['status'] === 'number' ? fields['status'] : null,
    names: names.map(text).join(' '),
    param: text(body['param']),
    message: text(body['message']) || (error instanceof Error ? error.message : ''),
    headers: fields['headers'] instanceof Headers ? fields['headers'] : null,
    transportCode: transportCodeOf(error)
  }
}

/** Google needs three: an error in an error in a list. */
const maxWrappers = 6

/** The error inside the server's wrappers. */
function bodyOf(value: unknown, depth = 0): Record<string, unknown> {
  if (typeof value === 'string') return { message: value }
  if (typeof value !== 'object' || value === null || depth > maxWrappers) return {}
  if (Array.isArray(value)) return bodyOf(value[0], depth + 1)
  return 'error' in value ? bodyOf(value.error, depth + 1) : { ...value }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

/** The innermost `code` in the chain of causes: the SDK wraps what fetch has wrapped. */
function transportCodeOf(error: unknown): string {
  let code = ''
  for (let inner: unknown = error, depth = 0; inner instanceof Error && depth < 5; inner = inner.cause, depth += 1) {
    if ('code' in inner && typeof inner.code === 'string') code = inner.code
  }
  return code
}

/** The server's words, for the log of a developer. */
function causeOf({ message }: ForeignError, apiKey: string | null): Error {
  return new Error(withoutKey(message, apiKey).slice(0, 500))
}
