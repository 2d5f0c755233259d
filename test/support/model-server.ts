import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

/**
 * An OpenAI-compatible server on loopback that answers, stalls, cuts off and refuses as a test tells it. It validates nothing;
 * test/adapters/openai-contract.test.ts does.
 */
export interface ModelServer {
  /** Such as `http://127.0.0.1:41234/v1`. */
  readonly baseUrl: string
  /** Every request so far, oldest first. */
  readonly requests: ReceivedRequest[]
  /**
   * What the next chat requests get: a queue (each entry once, then the default answer), or a function called for each
   * request.
   */
  script(behaviors: Behavior[] | ((request: ReceivedRequest) => Behavior)): void
  /** Closes every connection and stops listening. */
  close(): Promise<void>
}

export interface ReceivedRequest {
  method: string
  path: string
  /** performance.now() when its first bytes arrived. */
  arrivedAtMs: number
  headers: IncomingHttpHeaders
  /** Parsed JSON, or null. */
  // oxlint-disable-next-line typescript/no-explicit-any -- tests reach into whatever was sent
  body: any
  /** Pictures in the body's data URLs, decoded. */
  images: { mime: string; bytes: Buffer; detail: string | undefined }[]
  /** `aborted`: the client went away before the answer was complete. */
  state: 'open' | 'answered' | 'aborted'
}

export type Behavior = StreamedAnswer | HttpError | Stall | RawAnswer | EndlessAnswer

/** Text in server-sent events, as Chat Completions streams it. */
export interface StreamedAnswer {
  type: 'answer'
  /** One event each, sent as it is. */
  chunks: string[]
  /** In addition to the usual ones, such as `x-ratelimit-remaining-requests`. */
  headers?: Record<string, string>
  /** Pause before each chunk; default none. */
  delayMs?: number
  /** Each chunk, and then the end, waits until the test releases it. */
  gate?: Gate
  /** A refusal delta after the chunks. */
  refusal?: string
  /** Null leaves the finish_reason out. Default "stop". */
  finishReason?: string | null
  /** What happens after the chunks; default `end`. `cut` resets the socket, `stall` sends nothing more. */
  ending?: 'end' | 'cut' | 'stall'
  /** The model named in the answer; default the model asked for. */
  model?: string
  /** Omits the usage chunk even when it was requested, as many servers do. */
  withoutUsage?: boolean
}

export interface HttpError {
  type: 'error'
  status: number
  headers?: Record<string, string>
  /** OpenAI's error object; a string is sent as plain text. */
  error: { message: string; type?: string | null; param?: string | null; code?: string | null } | string
}

export interface Stall {
  type: 'stall'
  when: 'before-headers' | 'after-headers'
}

/** Any body with status 200. */
export interface RawAnswer {
  type: 'raw'
  body: string
  contentType?: string
}

/** Sends `chunk` until the client goes away, replacing # with a growing number, because repeated sentences are cut off. */
export interface EndlessAnswer {
  type: 'endless'
  chunk: string
}

/** Lets a test decide when each chunk is sent, without sleeping. */
export interface Gate {
  /** Lets `count` more chunks through. */
  release(count?: number): void
  /** Lets everything through from now on. */
  open(): void
  /** Resolves when a chunk may pass. */
  pass(): Promise<void>
}

export function createGate(): Gate {
  let permits = 0
  const waiting: (() => void)[] = []
  const drain = (): void => {
    while (permits > 0 && waiting.length > 0) {
      permits -= 1
      waiting.shift()?.()
    }
  }
  return {
    release(count = 1) {
      permits += count
      drain()
    },
    open() {
      permits = Infinity
      drain()
    },
    pass: () =>
      new Promise((resolve) => {
        waiting.push(resolve)
        drain()
      })
  }
}

/** The text in chunks of about a token each. */
export function answer(text: string, options: Partial<Omit<StreamedAnswer, 'type'>> = {}): StreamedAnswer {
  return { type: 'answer', chunks: text.match(/\s*\S{1,6}|\s+$/gu) ?? [], ...options }
}

const quota = 'You exceeded your current quota, please check your plan and billing details.'
/** OpenAI's own error answers. */
export const httpErrors = {
  badKey: httpError(401, 'invalid_api_key', 'Incorrect API key provided: sk-abc***xyz.', 'invalid_request_error'),
  noCredit: httpError(429, 'insufficient_quota', quota, 'insufficient_quota'),
  modelGone: httpError(404, 'model_not_found', 'The model does not exist or you do not have access to it.'),
  badRequest: httpError(400, null, "Unsupported parameter: 'max_tokens'.", 'invalid_request_error'),
  serverError: httpError(500, null, 'The server had an error while processing your request.', 'server_error'),
  overloaded: httpError(503, null, 'The engine is currently overloaded.', 'server_error'),
  /** `retryAfter` is the header as it is sent; null leaves it out. */
  rateLimited: (retryAfter: string | null = null): HttpError => ({
    ...httpError(429, 'rate_limit_exceeded', 'Rate limit reached for requests.', 'requests'),
    ...(retryAfter === null ? {} : { headers: { 'retry-after': retryAfter } })
  })
}

export function httpError(status: number, code: string | null, message: string, type: string | null = null): HttpError {
  return { type: 'error', status, error: { message, type, param: null, code } }
}

export const defaultAnswer =
  'A red bicycle leans against a white wall. A basket with yellow flowers hangs from the handlebar.\n' +
  'Tags: bicycle, wall, flowers'

/** Options of the server: the models it lists under GET /models. */
export interface ModelServerOptions {
  models?: { id: string; object?: 'model'; shutdown_date?: string }[]
}

/** Listens on a free port of 127.0.0.1. Call `close()` in afterEach or afterAll. */
export async function startModelServer(options: ModelServerOptions = {}): Promise<ModelServer> {
  const { models = [{ id: 'gpt-4o-mini', object: 'model' }] } = options
  const requests: ReceivedRequest[] = []
  let next: (request: ReceivedRequest) => Behavior = () => answer(defaultAnswer)

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const request = await receive(incoming)
    requests.push(request)
    const gone = new AbortController()
    response.once('close', () => {
      request.state = response.writableFinished ? 'answered' : 'aborted'
      gone.abort()
    })
    if (request.method === 'GET' && request.path.endsWith('/models')) {
      return sendJson(response, 200, { object: 'list', data: models })
    }
    if (request.method !== 'POST' || !request.path.endsWith('/chat/completions')) {
      return sendJson(response, 404, { error: { message: `Unknown request URL: ${request.path}`, code: null } })
    }
    await behave(next(request), request, response, gone.signal)
  }

  const server = createServer((incoming, response) => {
    handle(incoming, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    requests,
    script(behaviors) {
      if (typeof behaviors === 'function') {
        next = behaviors
        return
      }
      const queue = [...behaviors]
      next = () => queue.shift() ?? answer(defaultAnswer)
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    }
  }
}

async function receive(incoming: IncomingMessage): Promise<ReceivedRequest> {
  const arrivedAtMs = performance.now()
  const parts: Buffer[] = []
  for await (const part of incoming) parts.push(part as Buffer)
  const text = Buffer.concat(parts).toString('utf8')
  let body: unknown = null
  try {
    body = JSON.parse(text)
  } catch {
    // Not JSON: recorded as null.
  }
  const images = [...text.matchAll(/"url":"data:([^;"]+);base64,([^"]*)"(?:,"detail":"([^"]*)")?/gu)].map((match) => ({
    mime: match[1] ?? '',
    bytes: Buffer.from(match[2] ?? '', 'base64'),
    detail: match[3]
  }))
  return {
    method: incoming.method ?? '',
    path: incoming.url ?? '',
    arrivedAtMs,
    headers: incoming.headers,
    body,
    images,
    state: 'open'
  }
}

async function behave(
  behavior: Behavior,
  request: ReceivedRequest,
  response: ServerResponse,
  gone: AbortSignal
): Promise<void> {
  switch (behavior.type) {
    case 'error':
      if (typeof behavior.error === 'string') {
        response.writeHead(behavior.status, { 'content-type': 'text/html', ...behavior.headers }).end(behavior.error)
        return
      }
      return sendJson(response, behavior.status, { error: behavior.error }, behavior.headers)
    case 'stall':
      if (behavior.when === 'after-headers') startEvents(response)
      return
    case 'raw':
      response.writeHead(200, { 'content-type': behavior.contentType ?? 'text/event-stream' }).end(behavior.body)
      return
    case 'endless':
      startEvents(response)
      for (let count = 1; !gone.aborted; count += 1) {
        const content = behavior.chunk.replaceAll('#', `${count}`)
        const accepted = response.write(event(request, { delta: { content } }))
        await (accepted ? sleep(0) : Promise.race([once(response, 'drain'), once(response, 'close')]))
      }
      return
    case 'answer':
      return streamAnswer(behavior, request, response, gone)
  }
}

async function streamAnswer(
  behavior: StreamedAnswer,
  request: ReceivedRequest,
  response: ServerResponse,
  gone: AbortSignal
): Promise<void> {
  const { model } = behavior
  const pause = async (): Promise<void> => {
    if (behavior.delayMs !== undefined) await sleep(behavior.delayMs)
    await behavior.gate?.pass()
  }
  startEvents(response, behavior.headers)
  response.write(event(request, { delta: { role: 'assistant', content: '' } }, model))
  for (const chunk of behavior.chunks) {
    await pause()
    if (gone.aborted) return
    response.write(event(request, { delta: { content: chunk } }, model))
  }
  await behavior.gate?.pass()
  if (gone.aborted) return
  if (behavior.refusal !== undefined) response.write(event(request, { delta: { refusal: behavior.refusal } }, model))
  if (behavior.ending === 'stall') return
  if (behavior.ending === 'cut') {
    // What was written must have been sent before the reset, or the client never sees it.
    await new Promise((resolve) => response.write('', resolve))
    await sleep(20)
    response.socket?.resetAndDestroy()
    return
  }
  const finishReason = behavior.finishReason === undefined ? 'stop' : behavior.finishReason
  if (finishReason === null) {
    response.end()
    return
  }
  response.write(event(request, { delta: {}, finish_reason: finishReason }, model))
  if (request.body?.stream_options?.include_usage === true && behavior.withoutUsage !== true) {
    response.write(usageEvent(request, behavior.chunks.length, model))
  }
  response.end('data: [DONE]\n\n')
}

function startEvents(response: ServerResponse, headers: Record<string, string> = {}): void {
  const usual = { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache' }
  response.writeHead(200, { ...usual, ...headers })
  response.flushHeaders()
}

function sendJson(response: ServerResponse, status: number, body: unknown, headers?: Record<string, string>): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

function frame(request: ReceivedRequest, rest: object, model?: string): string {
  const common = { id: 'chatcmpl-test', object: 'chat.completion.chunk', created: 1_790_000_000 }
  return `data: ${JSON.stringify({ ...common, model: model ?? request.body?.model ?? 'unknown', ...rest })}\n\n`
}

function event(request: ReceivedRequest, choice: { delta: object; finish_reason?: string }, model?: string): string {
  return frame(request, { choices: [{ index: 0, finish_reason: null, logprobs: null, ...choice }] }, model)
}

/** The tokens gpt-4o-mini counts for a 1365x768 picture. */
const inputTokens = 36_835

function usageEvent(request: ReceivedRequest, outputTokens: number, model?: string): string {
  const usage = {
    prompt_tokens: inputTokens,
    completion_tokens: outputTokens,
    total_tokens: inputTokens + outputTokens
  }
  return frame(request, { choices: [], usage }, model)
}
