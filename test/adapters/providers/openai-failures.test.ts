import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createOpenAiModel } from '#adapters/providers/openai.ts'
import { DescryError, type ErrorCode } from '#shared/errors.ts'
import { startModelServer, type Behavior, type ModelServer } from '#test/model-server.ts'
import { collect, visionRequest } from '#test/vision-contract.ts'

// Error answers as each provider's documentation, source or users show them: docs/contributing/providers.md.

let server: ModelServer
beforeAll(async () => {
  server = await startModelServer()
})
afterAll(() => server.close())

async function failureFor(behavior: Behavior): Promise<DescryError> {
  server.script([behavior])
  const model = createOpenAiModel({ baseUrl: server.baseUrl, apiKey: 'sk-test' })
  const { error } = await collect(model.stream(visionRequest, new AbortController().signal))
  expect(error).toBeInstanceOf(DescryError)
  return error as DescryError
}

/** A whole body with a status; the test server wraps objects the OpenAI way, but not text. */
const status = (code: number, body: object): Behavior => ({ type: 'error', status: code, error: JSON.stringify(body) })
const midStream = (...events: object[]): Behavior => ({
  type: 'raw',
  body: events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')
})
const google = (code: number, name: string, message: string): object[] => [{ error: { code, message, status: name } }]
const anthropic = (type: string, message: string): object => ({ type: 'error', error: { type, message } })
const openai = (error: object): object => ({ error })

const unsupported = {
  message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
  type: 'invalid_request_error',
  param: 'max_tokens',
  code: 'unsupported_parameter'
}

describe('a failure in the shape of', () => {
  it.each<[string, Behavior, ErrorCode]>([
    [
      'Gemini: key',
      status(400, google(400, 'INVALID_ARGUMENT', 'API key not valid. Please pass a valid one.')),
      'bad-key'
    ],
    ['Gemini: old key', status(400, google(400, 'INVALID_ARGUMENT', 'API key expired. Please renew it.')), 'bad-key'],
    ['Gemini: rights', status(403, google(403, 'PERMISSION_DENIED', 'Denied.')), 'bad-key'],
    ['Gemini: quota', status(429, google(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded, check billing.')), 'rate-limited'],
    [
      'Gemini: model',
      status(404, google(404, 'NOT_FOUND', 'models/x is not found for API version v1main')),
      'model-gone'
    ],
    ['Gemini: busy', status(503, google(503, 'UNAVAILABLE', 'The model is overloaded.')), 'provider-down'],
    ['Gemini in the stream', midStream(google(429, 'RESOURCE_EXHAUSTED', 'Slow down.')[0] ?? {}), 'rate-limited'],
    ['Anthropic: key', status(401, anthropic('authentication_error', 'invalid x-api-key')), 'bad-key'],
    ['Anthropic: billing', status(402, anthropic('billing_error', 'Check your payment details.')), 'no-credit'],
    ['Anthropic: model', status(404, anthropic('not_found_error', 'model: claude-none')), 'model-gone'],
    ['Anthropic: size', status(413, anthropic('request_too_large', 'Request exceeds 32 MB')), 'too-large'],
    ['Anthropic: busy', status(529, anthropic('overloaded_error', 'Overloaded')), 'provider-down'],
    ['Anthropic in the stream: busy', midStream(anthropic('overloaded_error', 'Overloaded')), 'provider-down'],
    ['Anthropic in the stream: limit', midStream(anthropic('rate_limit_error', 'Too many')), 'rate-limited'],
    [
      'Azure: key',
      status(401, openai({ code: '401', message: 'Access denied due to invalid subscription key.' })),
      'bad-key'
    ],
    [
      'Azure: deployment',
      status(404, openai({ code: 'DeploymentNotFound', message: 'The API deployment.' })),
      'model-gone'
    ],
    ['Azure: address', status(404, openai({ code: '404', message: 'Resource not found' })), 'bad-answer'],
    ['OpenRouter: credit', status(402, openai({ code: 402, message: 'Insufficient credits.' })), 'no-credit'],
    ['OpenRouter: moderation', status(403, openai({ code: 403, message: 'Your input was flagged.' })), 'refused'],
    ['OpenRouter: no model', status(404, openai({ code: 404, message: 'No endpoints found for x/y.' })), 'model-gone'],
    ['OpenRouter in the stream', midStream(openai({ code: 502, message: 'Provider disconnected' })), 'provider-down'],
    ['OpenRouter in the stream: credit', midStream(openai({ code: 402, message: 'Credit.' })), 'no-credit'],
    ['Ollama', status(404, { error: 'model "llava" not found, try pulling it first' }), 'model-gone'],
    ['LM Studio: no model', status(404, openai({ message: 'Model not found', code: 'model_not_found' })), 'model-gone'],
    [
      'llama.cpp: loading',
      status(503, openai({ code: 503, message: 'Loading model', type: 'unavailable_error' })),
      'provider-down'
    ],
    [
      'llama.cpp: size',
      status(400, openai({ code: 400, type: 'exceed_context_size_error', message: 'Too long.' })),
      'too-large'
    ],
    ['nobody', status(500, {}), 'provider-down']
  ])('%s', async (_, behavior, code) => {
    expect((await failureFor(behavior)).code).toBe(code)
  })

  it.each<[string, Behavior]>([
    [
      'llama.cpp',
      status(500, openai({ code: 500, message: 'image input is not supported - hint: you may need the mmproj' }))
    ],
    ['LM Studio', status(400, { error: 'Model does not support images. Please use a model that does.' })],
    [
      'Ollama',
      status(500, openai({ message: 'this model is missing data required for image input', type: 'api_error' }))
    ],
    ['OpenRouter', status(404, openai({ code: 404, message: 'No endpoints found that support image input' }))],
    [
      'OpenAI',
      status(400, openai({ message: 'Invalid content type. image_url is only supported by certain models.' }))
    ],
    [
      'LM Studio, whose add-on is missing',
      status(400, { error: 'Vision add-on is not loaded, but images were sent.' })
    ],
    [
      'LM Studio, in the stream',
      midStream({ error: { message: 'Vision add-on is not loaded, but images were sent.' } })
    ],
    [
      'vLLM',
      status(400, {
        object: 'error',
        message: '/models/x is not a multimodal model',
        type: 'BadRequestError',
        code: 400
      })
    ],
    ['vLLM, newer', status(400, openai({ message: 'At most 0 image(s) may be provided in one prompt.', code: 400 }))],
    ['MLX', status(400, { detail: 'The model x is not a VLM.' })],
    ['a gateway', status(400, openai({ message: 'Image input is not enabled for this model' }))],
    ['Bedrock', status(400, { message: "The model doesn't support the image content block that you provided." })],
    ['Groq', status(400, openai({ message: 'messages[1].content must be a string', type: 'invalid_request_error' }))]
  ])('a model without vision at %s, which is not an outage', async (_, behavior) => {
    expect(await failureFor(behavior)).toMatchObject({
      code: 'bad-answer',
      message: 'This model cannot see pictures.'
    })
  })

  it.each<[string, Behavior]>([
    ['Ollama', status(500, { error: 'model requires more system memory (5.6 GiB) than is available (3.1 GiB)' })],
    [
      'Ollama with an error object',
      status(
        500,
        openai({ message: 'model requires more system memory (5.6 GiB) than is available', type: 'api_error' })
      )
    ],
    [
      'llama.cpp',
      status(500, openai({ code: 500, message: 'cudaMalloc failed: out of memory', type: 'server_error' }))
    ],
    ['LM Studio', status(400, { error: 'Model loading was stopped due to insufficient system resources.' })],
    ['MLX in the stream', midStream({ error: { message: 'Insufficient Memory' } })]
  ])('too little memory at %s', async (_, behavior) => {
    expect(await failureFor(behavior)).toMatchObject({
      code: 'provider-down',
      message: 'The server does not have enough memory for this model.',
      next: 'Choose a smaller model, or close other programs.'
    })
  })

  it.each<[string, number, object, string]>([
    ['OpenAI', 400, openai(unsupported), 'max_tokens'],
    [
      'OpenAI',
      400,
      openai({ message: "Unsupported value: 'temperature' does not support 0.2.", param: 'temperature' }),
      'temperature'
    ],
    ['Gemini', 400, google(400, 'INVALID_ARGUMENT', 'Invalid reasoning_effort: minimal.'), 'reasoning_effort'],
    [
      'Anthropic',
      400,
      anthropic('invalid_request_error', '`temperature` is deprecated for this model.'),
      'temperature'
    ],
    ['FastAPI', 422, { detail: [{ loc: ['body', 'stream_options'], msg: 'Extra inputs' }] }, 'stream_options']
  ])('%s names a parameter that the model does not accept', async (_, code, body, refusedParameter) => {
    expect(await failureFor(status(code, body))).toMatchObject({ code: 'bad-answer', refusedParameter })
  })

  it('Google, whose message says how long to wait', async () => {
    const busy = google(429, 'RESOURCE_EXHAUSTED', 'You exceeded your quota. Please retry in 36.5s.')
    expect((await failureFor(status(429, busy))).retryAfterMs).toBe(36_500)
  })

  it('llama.cpp, which is worth another try in a moment', async () => {
    const loading = openai({ code: 503, message: 'Loading model', type: 'unavailable_error' })
    expect(await failureFor(status(503, loading))).toMatchObject({ retryAfterMs: 3000, next: 'Try again in a moment.' })
  })
})
