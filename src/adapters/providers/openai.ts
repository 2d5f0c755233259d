import type { RateLimits, VisionEvent, VisionModel, VisionRequest } from '#core/ports/vision.ts'
import { isOnThisComputer } from '#shared/addresses.ts'
import type { Usage } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import type { OpenAI } from 'openai'
import { watched, watchOf } from './body-watch.ts'
import { createKeyFilter, withoutKey } from './key-filter.ts'
import { maxAnswerBytes, maxDownloadBytes } from './limited-body.ts'
import { providerFailure, streamFailure } from './openai-failures.ts'
import { fetchFromProvider, keepOffProxy, requireSafeAddress } from './provider-request.ts'
import { readRateLimits } from './rate-limits.ts'
import { noAnswer, readUnstreamed } from './unstreamed-answer.ts'

export interface OpenAiOptions {
  /** Chat Completions address without `/chat/completions`. */
  baseUrl: string
  /** The key for exactly this address; null for servers that need none. */
  apiKey: string | null
}

/** Longer than the describer ever waits, because it handles timeouts, not the SDK. */
const sdkTimeoutMs = 3_600_000

/** A vision model on any OpenAI-compatible server, through the `openai` SDK. One stream is one HTTP request. */
export function createOpenAiModel(options: OpenAiOptions): VisionModel {
  const { apiKey } = options
  // Loading takes a tenth of a second, while the picture is still being prepared. If it fails, the request says so.
  const client = loadClient(options)
  client.catch(() => undefined)

  return {
    provider: new URL(options.baseUrl).host,
    isLocal: isOnThisComputer(options.baseUrl),
    async *stream(request, signal) {
      signal.throwIfAborted()
      await requireSafeAddress(options.baseUrl, apiKey)
      let chunks: AsyncIterable<OpenAI.ChatCompletionChunk>
      let limits: RateLimits | null
      let hasDoneMark: () => boolean
      try {
        const { chat } = await client
        const { data, response } = await chat.completions.create(requestBody(request), { signal }).withResponse()
        chunks = chunksOf(data, response, apiKey)
        hasDoneMark = () => watchOf(response).hasDoneMark
        limits = readRateLimits(response.headers)
      } catch (error) {
        signal.throwIfAborted()
        // The server has answered, so the picture was sent.
        if (hasStatus(error)) yield { type: 'started', limits: limitsOf(error) }
        throw providerFailure(error, apiKey)
      }
      yield { type: 'started', limits }
      yield* readAnswer(chunks, hasDoneMark, { askedModel: request.model, signal, apiKey })
    }
  }
}

/** The server's chunks; if there are none, the answer that came instead of a stream. */
async function* chunksOf(
  data: AsyncIterable<OpenAI.ChatCompletionChunk>,
  response: Response,
  apiKey: string | null
): AsyncGenerator<OpenAI.ChatCompletionChunk> {
  if (!response.body) throw new DescryError('bad-answer')
  let isEmpty = true
  for await (const chunk of data) {
    isEmpty = false
    yield chunk
  }
  const { unstreamed } = watchOf(response)
  if (isEmpty && unstreamed.trim() !== '')
    yield readUnstreamed(unstreamed, response.headers.get('content-type'), apiKey)
}

/**
 * Turns the server's chunks into events. Every bad ending that the SDK ignores becomes an error.
 *
 * @param hasDoneMark Asked once the chunks have ended.
 */
async function* readAnswer(
  chunks: AsyncIterable<OpenAI.ChatCompletionChunk>,
  hasDoneMark: () => boolean,
  { askedModel, signal, apiKey }: { askedModel: string; signal: AbortSignal; apiKey: string | null }
): AsyncGenerator<VisionEvent> {
  let finishReason: string | null = null
  let usage: unknown = null
  let endsWithUsage = false
  let model = askedModel
  let hasChoice = false
  let hasText = false
  let isRefused = false
  const filter = createKeyFilter(apiKey)
  try {
    for await (const chunk of chunks) {
      // Some servers send null, or a number.
      if (typeof chunk !== 'object' || chunk === null) continue
      if (typeof chunk.model === 'string' && chunk.model !== '') model = withoutKey(chunk.model, apiKey)
      usage = chunk.usage ?? usage
      const choice = chunk.choices?.[0]
      hasChoice ||= Boolean(choice)
      // The last chunk of a stream. Servers that count along send usage with each choice, too.
      endsWithUsage = Boolean(chunk.usage) && !choice
      if (choice?.delta?.refusal) isRefused = true
      // Some servers send "" while there is more to come.
      finishReason = choice?.finish_reason || finishReason
      const text = textOf(choice?.delta?.content)
      hasText ||= text !== ''
      const clean = filter.pass(text)
      if (clean !== '') yield { type: 'text', text: clean }
    }
  } catch (error) {
    signal.throwIfAborted()
    throw error instanceof DescryError ? error : streamFailure(error, apiKey)
  }
  // An aborted stream ends like a complete one.
  signal.throwIfAborted()
  // Gemini says "content_filter: …" or, in its own words, "SAFETY"; OpenRouter has "error".
  if (isRefused || /content_filter|safety|prohibited/iu.test(finishReason ?? '')) throw new DescryError('refused')
  if (!hasChoice) throw noAnswer()
  const rest = filter.rest()
  if (rest !== '') yield { type: 'text', text: rest }
  // So does a stream that the server closed early. Gateways differ in which sign of the end they pass on.
  const isComplete = finishReason !== null || endsWithUsage || hasDoneMark()
  if (!isComplete || finishReason === 'error') throw new DescryError('cut-off')
  // Thoughts, which come as `reasoning` or `reasoning_content`, are not an answer.
  if (!hasText) throw noAnswer()
  yield {
    type: 'finished',
    reason: /length|max_?tokens/iu.test(finishReason ?? '') ? 'length' : 'stop',
    usage: readUsage(usage),
    model
  }
}

/** Mistral's reasoning models send a list of parts; their thoughts have no `text`. */
export function textOf(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content
    .map((piece: { text?: unknown } | null) => piece?.text)
    .filter((text) => typeof text === 'string')
    .join('')
}

/** More than any model accepts: a server that reports more is wrong, and must not use up the monthly limit. */
const maxTokens = 20_000_000

/** Null if the server reported no valid count. */
function readUsage(usage: unknown): Usage | null {
  const { prompt_tokens: inputTokens, completion_tokens: outputTokens } = Object(usage) as Record<string, unknown>
  return isCount(inputTokens) && isCount(outputTokens) ? { inputTokens, outputTokens } : null
}

function isCount(tokens: unknown): tokens is number {
  return Number.isInteger(tokens) && Number(tokens) >= 0 && Number(tokens) <= maxTokens
}

export function requestBody(request: VisionRequest): OpenAI.ChatCompletionCreateParamsStreaming {
  const { picture, turns, prompt } = request
  const data = Buffer.from(picture.bytes.buffer, picture.bytes.byteOffset, picture.bytes.byteLength).toString('base64')
  // The same beginning each time, so that the provider's cache recognizes it.
  const [first, ...others] = [...turns.map((turn) => turn.prompt), prompt]
  return {
    ...request.parameters,
    model: request.model,
    stream: true,
    messages: [
      { role: 'system', content: request.instructions },
      {
        role: 'user',
        content: [
          { type: 'text', text: first ?? prompt },
          { type: 'image_url', image_url: { url: `data:${picture.mime};base64,${data}`, detail: request.imageDetail } }
        ]
      },
      ...others.flatMap((question, index): OpenAI.ChatCompletionMessageParam[] => [
        { role: 'assistant', content: turns[index]?.answer ?? '' },
        { role: 'user', content: question }
      ])
    ]
  }
}

/** The SDK with our address, key and headers, and nothing from the environment. */
export async function loadClient({ baseUrl, apiKey }: OpenAiOptions): Promise<OpenAI> {
  keepOffProxy(baseUrl)
  const { OpenAI } = await import('openai')
  return new OpenAI({
    baseURL: baseUrl,
    // Everything the SDK would otherwise take from OPENAI_* variables, whose keys are not meant for this address.
    apiKey: apiKey ?? 'none',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: sdkTimeoutMs,
    // Only these headers: nothing from OPENAI_CUSTOM_HEADERS, and nothing about this computer.
    fetch: async (url, init) => {
      const headers = {
        accept: 'text/event-stream, application/json',
        // A form sets its own content type.
        ...(init?.body instanceof FormData ? {} : { 'content-type': 'application/json' }),
        'user-agent': 'Descry',
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` })
      }
      const maxBytes = isDownload(url) ? maxDownloadBytes : maxAnswerBytes
      return watched(await fetchFromProvider(url, { ...(init as RequestInit), headers }, { maxBytes }))
    }
  })
}

/** A file with the answers of a batch. */
function isDownload(url: string | URL | Request): boolean {
  return /\/files\/[^/]+\/content$/u.test(new URL(url instanceof Request ? url.url : url).pathname)
}

function hasStatus(error: unknown): boolean {
  return error instanceof Error && 'status' in error && typeof error.status === 'number'
}

function limitsOf(error: unknown): RateLimits | null {
  return error instanceof Error && 'headers' in error && error.headers instanceof Headers
    ? readRateLimits(error.headers)
    : null
}
