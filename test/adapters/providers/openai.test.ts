import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createOpenAiModel } from '#adapters/providers/openai.ts'
import type { RateLimits } from '#core/ports/vision.ts'
import { DescryError, type ErrorCode } from '#shared/errors.ts'
import { answerSteps, createFakeVisionModel, type FakeStream } from '#test/fake-vision-model.ts'
import {
  answer,
  createGate,
  httpError,
  httpErrors,
  startModelServer,
  type Behavior,
  type ModelServer
} from '#test/model-server.ts'
import { until } from '#test/process.ts'
import { collect, visionContract, visionRequest } from '#test/vision-contract.ts'

const apiKey = 'sk-test-1234567890'
let server: ModelServer

beforeEach(async () => {
  server = await startModelServer()
})
afterEach(async () => {
  vi.unstubAllEnvs()
  await server.close()
})

const model = (key: string | null = apiKey) => createOpenAiModel({ baseUrl: server.baseUrl, apiKey: key })
const run = async (behavior: Behavior) => {
  server.script([behavior])
  return collect(model().stream(visionRequest, new AbortController().signal))
}
const json = (body: object): Behavior => ({
  type: 'raw',
  body: JSON.stringify(body),
  contentType: 'application/json'
})
const realWith = (behavior: Behavior) => {
  server.script([behavior])
  return Promise.resolve(model())
}

visionContract('openai', {
  answers: (words, limits) => realWith({ type: 'answer', chunks: words, headers: limits ? headersOf(limits) : {} }),
  fails: (code) => realWith(code === 'bad-key' ? httpErrors.badKey : httpErrors.rateLimited()),
  breaksOff: (words) => realWith({ type: 'answer', chunks: words, ending: 'cut' }),
  stallsAfter: (words) => realWith({ type: 'answer', chunks: words, ending: 'stall' }),
  lastRequest() {
    type Content = string | { type: string; text?: string }[]
    const messages = server.requests.at(-1)?.body.messages as { role: string; content: Content }[]
    const [system, ...others] = messages
    expect(messages.map(({ role }) => role)).toEqual([
      'system',
      ...others.map((_, index) => (index % 2 === 0 ? 'user' : 'assistant'))
    ])
    return {
      instructions: typeof system?.content === 'string' ? system.content : '',
      conversation: others.map(({ content }) =>
        typeof content === 'string' ? content : content.map(({ text = '' }) => text).join('')
      ),
      pictureBeside: others.flatMap(({ content }, index) =>
        typeof content !== 'string' && content.some(({ type }) => type === 'image_url') ? [index] : []
      )
    }
  }
})

function headersOf(limits: RateLimits): Record<string, string> {
  return {
    'x-ratelimit-limit-requests': String(limits.limitRequests),
    'x-ratelimit-limit-tokens': String(limits.limitTokens),
    'x-ratelimit-remaining-requests': String(limits.remainingRequests),
    'x-ratelimit-remaining-tokens': String(limits.remainingTokens),
    'x-ratelimit-reset-requests': `${limits.resetRequestsMs}ms`,
    'x-ratelimit-reset-tokens': `${Number(limits.resetTokensMs) / 60_000}m0s`
  }
}

let fake = createFakeVisionModel()
const fakeWith = (stream: FakeStream) => {
  fake = createFakeVisionModel()
  fake.script(stream)
  return Promise.resolve(fake)
}
const toSteps = (words: string[]) => words.map((text) => ({ text }))
visionContract('fake', {
  answers: (words, limits) =>
    fakeWith({ ...(limits ? { limits } : {}), steps: [...toSteps(words), ...answerSteps('')] }),
  fails: (code) => fakeWith({ start: false, steps: [{ fail: new DescryError(code) }] }),
  breaksOff: (words) => fakeWith({ steps: [...toSteps(words), { fail: new DescryError('cut-off') }] }),
  stallsAfter: (words) => fakeWith({ steps: [...toSteps(words), { wait: new Promise(() => undefined) }] }),
  lastRequest() {
    const { instructions, turns, prompt } = fake.requests.at(-1) ?? visionRequest
    const conversation = [...turns.flatMap((turn) => [turn.prompt, turn.answer]), prompt]
    return { instructions, conversation, pictureBeside: [0] }
  }
})

describe('what goes out', () => {
  it('is the picture as a data URL, the prompt, the model and its parameters', async () => {
    await run(answer('A cat.'))
    const [request] = server.requests
    expect(request?.path).toBe('/v1/chat/completions')
    expect(request?.body).toMatchObject({ model: 'gpt-4o-mini', stream: true, max_tokens: 100 })
    expect(request?.body.messages[0]).toEqual({ role: 'system', content: 'Describe.' })
    expect(request?.images[0]).toMatchObject({ mime: 'image/jpeg', detail: 'high' })
    expect(new Uint8Array(request?.images[0]?.bytes ?? [])).toEqual(visionRequest.picture.bytes)
  })

  it('carries the key of this address and nothing from the environment', async () => {
    vi.stubEnv('OPENAI_API_KEY', 'sk-from-the-environment')
    vi.stubEnv('OPENAI_ORG_ID', 'org-secret')
    vi.stubEnv('OPENAI_PROJECT_ID', 'project-secret')
    vi.stubEnv('OPENAI_CUSTOM_HEADERS', 'x-secret: 1')
    vi.stubEnv('OPENAI_BASE_URL', 'https://elsewhere.invalid/v1')
    await run(answer('A cat.'))
    await collect(model(null).stream(visionRequest, new AbortController().signal))
    const [withKey, withoutKey] = server.requests
    expect(withKey?.headers.authorization).toBe(`Bearer ${apiKey}`)
    expect(withoutKey?.headers.authorization).toBeUndefined()
    expect(JSON.stringify(server.requests.map((request) => request.headers))).not.toMatch(
      /secret|environment|stainless/u
    )
  })

  it('is nothing at all when a key would go over plain http to another computer', async () => {
    const far = createOpenAiModel({ baseUrl: 'http://provider.example/v1', apiKey })
    const { events, error } = await collect(far.stream(visionRequest, new AbortController().signal))
    expect(events).toEqual([])
    expect(error).toMatchObject({ code: 'no-permission', message: expect.stringContaining('not encrypted') })
  })

  it('is one request, whatever the answer', async () => {
    for (const behavior of [httpErrors.serverError, httpErrors.rateLimited('0'), httpErrors.noCredit]) {
      const before = server.requests.length
      await run(behavior)
      expect(server.requests.length - before).toBe(1)
    }
  })

  it('does not follow a redirect to an address the user did not choose', async () => {
    const other = await startModelServer()
    const { error } = await run({
      type: 'error',
      status: 307,
      headers: { location: `${other.baseUrl}/chat/completions` },
      error: 'Moved'
    })
    expect(error).toMatchObject({ code: 'bad-answer', message: expect.stringContaining('address') })
    expect(other.requests).toEqual([])
    await other.close()
  })
})

describe('the address', () => {
  it.each([
    ['https://api.openai.com/v1', 'api.openai.com', false],
    ['http://localhost:11434/v1', 'localhost:11434', true],
    ['http://127.0.0.1:1234/v1', '127.0.0.1:1234', true],
    ['http://[::1]:1234/v1', '[::1]:1234', true],
    ['https://127.0.0.1.example.org/v1', '127.0.0.1.example.org', false]
  ])('%s is %s', (baseUrl, provider, isLocal) => {
    expect(createOpenAiModel({ baseUrl, apiKey: null })).toMatchObject({ provider, isLocal })
  })
})

describe('a good answer', () => {
  it('comes with usage and the name of the model that answered', async () => {
    const { events } = await run(answer('A cat.', { model: 'gpt-4o-mini-2024-07-18' }))
    expect(events.at(-1)).toEqual({
      type: 'finished',
      reason: 'stop',
      usage: { inputTokens: 36_835, outputTokens: 2 },
      model: 'gpt-4o-mini-2024-07-18'
    })
  })

  it('may come without usage, and may end at the length limit', async () => {
    const { events } = await run(answer('A cat.', { withoutUsage: true, finishReason: 'length' }))
    expect(events.at(-1)).toMatchObject({ type: 'finished', reason: 'length', usage: null })
  })

  it.each([
    null,
    {},
    { prompt_tokens: -5, completion_tokens: 2 },
    { prompt_tokens: 1e18, completion_tokens: 2 },
    { prompt_tokens: '900', completion_tokens: 2 },
    { prompt_tokens: 900.5, completion_tokens: null }
  ])('ignores an impossible usage: %j', async (usage) => {
    const chunk = { choices: [{ delta: { content: 'A cat.' }, finish_reason: 'stop' }], usage }
    const { events } = await run({ type: 'raw', body: `data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n` })
    expect(events.at(-1)).toMatchObject({ type: 'finished', usage: null })
  })

  it.each([
    ['with keep-alives', ': OPENROUTER PROCESSING\n\nevent: ping\ndata: {"type":"ping"}\n\n', 'text/event-stream'],
    ['after chunks that are none', 'data: null\n\ndata: 5\n\ndata: {"choices":null}\n\n', 'text/event-stream'],
    ['under another type', '', 'text/plain'],
    ['under the type of a whole answer', '', 'application/json']
  ])('may come %s', async (_, before, contentType) => {
    const chunk = { choices: [{ delta: { content: 'A cat.' }, finish_reason: 'stop' }] }
    const body = `${before}data: ${JSON.stringify(chunk)}\n\ndata: [DONE]\n\n`
    const { events, error } = await run({ type: 'raw', body, contentType })
    expect(error).toBeNull()
    expect(events).toMatchObject([{ type: 'started' }, { type: 'text', text: 'A cat.' }, { type: 'finished' }])
  })

  it('may come in one piece from a server that does not stream, and as a list of parts with thoughts', async () => {
    const content = [
      { type: 'thinking', thinking: [{ type: 'text' }] },
      { type: 'text', text: 'A cat.' }
    ]
    const { events } = await run(
      json({
        model: 'big',
        choices: [{ message: { role: 'assistant', content }, finish_reason: 'length' }],
        usage: { prompt_tokens: 5, completion_tokens: 2 }
      })
    )
    expect(events.slice(1)).toEqual([
      { type: 'text', text: 'A cat.' },
      { type: 'finished', reason: 'length', usage: { inputTokens: 5, outputTokens: 2 }, model: 'big' }
    ])
  })

  const words = 'data: {"choices":[{"delta":{"content":"A cat."}}]}\n\n'
  const counted = '"usage":{"prompt_tokens":5,"completion_tokens":2}'
  it.each([
    ['[DONE]', 'data: [DONE]\n\n'],
    ['[DONE] without a space or a line after it', 'data:[DONE]'],
    ['a usage chunk', `data: {"choices":[],${counted}}\n\n`],
    ['a usage chunk without choices', `data: {${counted}}\n\n`]
  ])('is complete when it ends with %s and no finish_reason', async (_, end) => {
    const { events, error } = await run({ type: 'raw', body: words + end })
    expect(error).toBeNull()
    expect(events.slice(1)).toMatchObject([
      { type: 'text', text: 'A cat.' },
      { type: 'finished', reason: 'stop' }
    ])
  })

  it.each([
    ['a usage chunk in its middle', `data: {"choices":[],${counted}}\n\n${words}`],
    ['usage with each chunk', words.replace('}]}', `}],${counted}}`)],
    ['the mark as its text', 'data: {"choices":[{"delta":{"content":"\\ndata: [DONE]"}}]}\n\n']
  ])('is cut off when it has %s and just ends', async (_, body) => {
    expect((await run({ type: 'raw', body })).error).toMatchObject({ code: 'cut-off' })
  })

  it('is found in a whole answer that is announced as a stream', async () => {
    const { events } = await run({ type: 'raw', body: '{"choices":[{"message":{"content":"A cat."}}]}' })
    expect(events.slice(1)).toMatchObject([{ type: 'text', text: 'A cat.' }, { type: 'finished' }])
  })

  it('passes on each word as it arrives', async () => {
    const gate = createGate()
    server.script([{ type: 'answer', chunks: ['One', ' two'], gate }])
    const stream = model().stream(visionRequest, new AbortController().signal)[Symbol.asyncIterator]()
    expect((await stream.next()).value).toEqual({ type: 'started', limits: null })
    gate.release()
    expect((await stream.next()).value).toEqual({ type: 'text', text: 'One' })
    gate.open()
    expect((await stream.next()).value).toEqual({ type: 'text', text: ' two' })
  })
})

describe('a failure becomes a DescryError', () => {
  const cases: [name: string, behavior: Behavior, code: ErrorCode][] = [
    ['401', httpErrors.badKey, 'bad-key'],
    [
      '400 about the key, as Gemini has it',
      httpError(400, null, 'API key not valid. Please pass a valid API key.'),
      'bad-key'
    ],
    ['403', httpError(403, null, 'Country, region, or territory not supported'), 'bad-key'],
    ['402', httpError(402, null, 'Payment required'), 'no-credit'],
    ['429 insufficient_quota', httpErrors.noCredit, 'no-credit'],
    ['400 credit, as Anthropic has it', httpError(400, null, 'Your credit balance is too low.'), 'no-credit'],
    ['429', httpErrors.rateLimited(), 'rate-limited'],
    ['404 model_not_found', httpErrors.modelGone, 'model-gone'],
    ['403 model_not_found', httpError(403, 'model_not_found', 'Project has no access to model'), 'model-gone'],
    ['404 as Ollama has it', httpError(404, null, 'model "llava" not found, try pulling it first'), 'model-gone'],
    ['400 as OpenRouter has it', httpError(400, null, 'nothing/x is not a valid model ID'), 'model-gone'],
    ['404 deprecated', httpError(404, null, 'The model `gpt-4o-mini` has been deprecated.'), 'model-gone'],
    ['404 of another kind', { type: 'error', status: 404, error: '<html>Not found</html>' }, 'bad-answer'],
    ['400', httpErrors.badRequest, 'bad-answer'],
    ['400 content filter, as Azure has it', httpError(400, 'content_filter', 'Filtered.'), 'refused'],
    ['413', httpError(413, null, 'Payload too large'), 'too-large'],
    ['500', httpErrors.serverError, 'provider-down'],
    ['503', httpErrors.overloaded, 'provider-down'],
    [
      'a web page instead of events, as a network has it that wants its users to sign in',
      { type: 'raw', body: '<html>Hello</html>', contentType: 'text/html' },
      'provider-down'
    ],
    ['a status without a body', { type: 'error', status: 204, error: '' }, 'bad-answer'],
    ['200 with a failure, as OpenRouter has it', json({ error: { code: 402, message: 'No credits' } }), 'no-credit'],
    ['200 for an unknown path, as LM Studio has it', json({ error: 'Unexpected endpoint or method.' }), 'bad-answer'],
    [
      '200 without vision, as LM Studio has it',
      json({ error: 'Vision add-on is not loaded, but images were provided for processing.' }),
      'bad-answer'
    ],
    ['200 with other JSON', json({ hello: 'world' }), 'bad-answer'],
    ['the finish of a failure, as OpenRouter has it', answer('A cat', { finishReason: 'error' }), 'cut-off'],
    ['the finish of a filter, as Gemini has it', answer('A', { finishReason: 'content_filter: SAFETY' }), 'refused'],
    ['nothing but thoughts', answer('', { finishReason: 'length' }), 'bad-answer'],
    ['no answer at all', { type: 'raw', body: '' }, 'bad-answer'],
    ['malformed JSON', { type: 'raw', body: 'data: {"choices": [\n\n' }, 'bad-answer'],
    ['an empty answer', answer(''), 'bad-answer'],
    ['no finish_reason', answer('A cat', { finishReason: null }), 'cut-off'],
    ['a cut socket', answer('A cat', { ending: 'cut' }), 'cut-off'],
    ['content_filter', answer('A', { finishReason: 'content_filter' }), 'refused'],
    ['a refusal', answer('', { refusal: "I can't help with that." }), 'refused'],
    [
      'an error event',
      { type: 'raw', body: 'data: {"error":{"message":"overloaded","type":"server_error","code":null}}\n\n' },
      'provider-down'
    ]
  ]

  it.each(cases)('%s', async (_, behavior, code) => {
    const { error } = await run(behavior)
    expect(error).toBeInstanceOf(DescryError)
    expect((error as DescryError).code).toBe(code)
  })

  const thought = '{"choices":[{"delta":{"reasoning":"A cat?"},"finish_reason":"stop"}]}'
  it.each([
    ['no choices at all', { type: 'raw', body: 'data: {"choices":[]}\n\n' }],
    ['no choices and [DONE]', { type: 'raw', body: 'data: {"choices":[]}\n\ndata: [DONE]\n\n' }],
    ['[DONE] alone', { type: 'raw', body: 'data: [DONE]\n\n' }],
    ['an answer only in `reasoning`', { type: 'raw', body: `data: ${thought}\n\n` }],
    ['an empty answer', answer('')],
    ['whole JSON without choices', json({ choices: [] })],
    ['whole JSON with thoughts', json({ choices: [{ message: { content: '', reasoning: 'A cat?' } }] })]
  ] satisfies [string, Behavior][])('says that there is no answer: %s', async (_, behavior) => {
    expect((await run(behavior)).error).toMatchObject({
      code: 'bad-answer',
      message: 'The model returned no answer.',
      next: 'Choose another model in Settings.'
    })
  })

  it('a server that is not there', async () => {
    const { baseUrl } = server
    await server.close()
    const gone = createOpenAiModel({ baseUrl, apiKey })
    const { events, error } = await collect(gone.stream(visionRequest, new AbortController().signal))
    expect(error).toMatchObject({ code: 'provider-down', next: expect.stringContaining('running') })
    expect(events).toEqual([])
    server = await startModelServer()
  })

  it('reports that the picture was sent once an answer has a status', async () => {
    expect((await run(httpErrors.serverError)).events).toEqual([{ type: 'started', limits: null }])
  })

  it('reports the rate limits of a refusal, too', async () => {
    const { events } = await run({
      ...httpErrors.rateLimited(),
      headers: { 'x-ratelimit-remaining-requests': '0', 'x-ratelimit-reset-requests': '12s' }
    })
    expect(events).toMatchObject([{ type: 'started', limits: { remainingRequests: 0, resetRequestsMs: 12_000 } }])
  })

  it.each([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after-ms': '250', 'retry-after': '7' }, 250],
    [{ 'retry-after': 'Sun, 22 Nov 2026 20:00:07 GMT', date: 'Sun, 22 Nov 2026 20:00:00 GMT' }, 7000],
    [{ 'retry-after': 'soon' }, undefined]
  ])('passes on the wait the provider asks for: %j', async (headers, waitMs) => {
    const { error } = await run({ ...httpErrors.rateLimited(), headers })
    expect((error as DescryError).retryAfterMs).toBe(waitMs)
  })

  it('passes on a wait given as a date', async () => {
    const { error } = await run(httpErrors.rateLimited(new Date(Date.now() + 60_000).toUTCString()))
    const { retryAfterMs = Number.NaN } = error as DescryError
    expect(retryAfterMs).toBeGreaterThan(40_000)
    expect(retryAfterMs).toBeLessThanOrEqual(60_000)
  })

  it('never repeats the key, even if the server does', async () => {
    const { error } = await run(httpError(401, 'invalid_api_key', `Wrong key ${apiKey}, really ${apiKey}.`))
    const { message, next, cause, stack } = error as DescryError
    expect(`${message} ${next} ${String(cause)} ${(cause as Error).stack} ${stack}`).not.toContain(apiKey)
    expect(String(cause)).toContain('Wrong key [key]')
  })
})

describe('a key that the server repeats', () => {
  const textOf = (events: { type: string; text?: string }[]): string => events.map(({ text = '' }) => text).join('')

  it('is cut out of a caption, wherever the server splits it', async () => {
    for (let split = 0; split <= apiKey.length; split += 1) {
      const chunks = ['A sign says ', apiKey.slice(0, split), `${apiKey.slice(split)}. Two sk`, 'is.']
      const { events } = await run({ type: 'answer', chunks })
      expect(textOf(events)).toBe('A sign says [key]. Two skis.')
    }
  })

  it('does not hold back what only ends like one', async () => {
    expect(textOf((await run(answer(`Red des`, { finishReason: 'length' }))).events)).toBe('Red des')
    expect(textOf((await run(answer('Red des', { finishReason: null }))).events)).toBe('Red des')
  })

  it('is cut out of the name of the model', async () => {
    const { events } = await run(answer('A cat.', { model: `gpt-${apiKey}` }))
    expect(events.at(-1)).toMatchObject({ type: 'finished', model: 'gpt-[key]' })
  })

  it('stays if it is a word that servers without keys are given', async () => {
    server.script([answer('A window of ollama.')])
    const { events } = await collect(model('ollama').stream(visionRequest, new AbortController().signal))
    expect(textOf(events)).toBe('A window of ollama.')
  })
})

describe('a stop', () => {
  it.each([
    ['before the headers', { type: 'stall', when: 'before-headers' }],
    ['after the headers', { type: 'stall', when: 'after-headers' }],
    ['in an endless answer', { type: 'endless', chunk: 'word ' }]
  ] as const)('%s ends the request at the server too', async (_, behavior) => {
    server.script([behavior])
    const controller = new AbortController()
    const done = collect(model().stream(visionRequest, controller.signal))
    await until(() => server.requests.length === 1)
    controller.abort()
    expect((await done).error).toMatchObject({ name: 'AbortError' })
    await until(() => server.requests[0]?.state === 'aborted')
  })
})
