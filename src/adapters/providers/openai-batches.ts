import { openAsBlob } from 'node:fs'
import type { OpenAI } from 'openai'
import type { VisionEvent, VisionRequest } from '#core/ports/vision.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { withoutKey } from './key-filter.ts'
import { providerFailure } from './openai-failures.ts'
import { loadClient, requestBody, textOf, type OpenAiOptions } from './openai.ts'
import { requireSafeAddress } from './provider-request.ts'
import { noAnswer } from './unstreamed-answer.ts'

/** OpenAI's limits on one batch. */
export const batchLimits = { maxBytes: 200_000_000, maxRequests: 50_000, firstPollMs: 5000, maxPollMs: 60_000 }

/** How far a batch is. */
export interface BatchState {
  /** In the provider's words: validating, in_progress, completed, failed, expired, cancelled … */
  status: string
  hasEnded: boolean
  finished: number
  total: number
  /** Why the whole batch failed, as a sentence. */
  failure: string | null
  /** It failed because the provider limits how many tokens may be queued. */
  isTooMuchAtOnce: boolean
  /** Ids of the files with answers and with errors. */
  fileIds: string[]
  /** Id of the submitted file. */
  inputFileId: string
}

/** One answer of a batch, as the events of a streamed one. */
export interface BatchAnswer {
  id: string
  events: VisionEvent[]
  error: DescryError | null
}

const requestOptions = { maxRetries: 3, timeout: 600_000 }
const ended = new Set(['completed', 'failed', 'expired', 'cancelled'])

/**
 * Batches of an OpenAI-compatible provider, through the SDK's files and batches.
 *
 * @param filePath Where a batch is assembled before it is submitted.
 */
export function createOpenAiBatches(
  options: OpenAiOptions,
  filePath: string,
  limits: typeof batchLimits = batchLimits
) {
  let client: Promise<OpenAI> | null = null
  const asked = async <Value>(signal: AbortSignal, ask: (client: OpenAI) => Promise<Value>): Promise<Value> => {
    client ??= loadClient(options)
    await requireSafeAddress(options.baseUrl, options.apiKey)
    try {
      return await ask(await client)
    } catch (error) {
      signal.throwIfAborted()
      throw error instanceof DescryError ? error : providerFailure(error, options.apiKey)
    }
  }

  return {
    filePath,
    limits,
    line(id: string, request: VisionRequest): string {
      // A batch does not stream.
      const body = { ...requestBody(request), stream: undefined, stream_options: undefined }
      return `${JSON.stringify({ custom_id: id, method: 'POST', url: '/v1/chat/completions', body })}\n`
    },

    submit(path: string, marker: string, signal: AbortSignal): Promise<string> {
      return asked(signal, async ({ files, batches }) => {
        const pictures = new File([await openAsBlob(path)], fileName(marker))
        const file = await files
          .create({ file: pictures, purpose: 'batch' }, { ...requestOptions, signal })
          .catch((error: unknown) => {
            throw [404, 405, 501].includes(statusOf(error)) ? noBatches(error) : error
          })
        const making = batches.create(
          {
            input_file_id: file.id,
            endpoint: '/v1/chat/completions',
            completion_window: '24h',
            metadata: { descry: marker }
          },
          // Tried only once, since a batch created twice is paid twice. The next run looks for the marker.
          { ...requestOptions, maxRetries: 0, signal }
        )
        const batch = await making.catch(async (error: unknown) => {
          // The provider refused, so the pictures are deleted now or never. After any other error there may be a batch.
          const status = statusOf(error)
          if (status >= 400 && status < 500) await files.delete(file.id, requestOptions).catch(() => undefined)
          throw [404, 405].includes(status) ? noBatches(error) : error
        })
        return batch.id
      })
    },

    find(marker: string, signal: AbortSignal): Promise<string | null> {
      return asked(signal, async ({ files, batches }) => {
        for await (const batch of batches.list({ limit: 100 }, { ...requestOptions, signal }))
          if (batch.metadata?.['descry'] === marker) return batch.id
        // Descry was killed after the upload, so the pictures are deleted now or never.
        for await (const file of files.list({ purpose: 'batch' }, { ...requestOptions, signal }))
          if (file.filename === fileName(marker)) await files.delete(file.id, { ...requestOptions, signal })
        return null
      })
    },

    state(batchId: string, signal: AbortSignal): Promise<BatchState> {
      return asked(signal, async ({ batches }) =>
        stateOf(await batches.retrieve(batchId, { ...requestOptions, signal }), options.apiKey)
      )
    },

    /** Deletes the provider's copies of pictures and answers. False if something could not be deleted. */
    async forget({ inputFileId, fileIds }: BatchState, signal: AbortSignal): Promise<boolean> {
      const removals = [inputFileId, ...fileIds].map((id) =>
        asked(signal, ({ files }) => files.delete(id, { ...requestOptions, signal }))
      )
      const results = await Promise.allSettled(removals)
      return results.every(({ status }) => status === 'fulfilled')
    },

    async *answers({ fileIds }: BatchState, signal: AbortSignal): AsyncGenerator<BatchAnswer> {
      for (const fileId of fileIds) {
        const response = await asked(signal, ({ files }) => files.content(fileId, { ...requestOptions, signal }))
        if (!response.body) continue
        try {
          for await (const lines of response.body as AsyncIterable<Uint8Array>)
            for (const line of Buffer.from(lines).toString('utf8').split('\n')) {
              const answer = readAnswer(line, options.apiKey)
              if (answer) yield answer
            }
        } catch (error) {
          signal.throwIfAborted()
          // The download broke off. The batch stays, to be collected again.
          throw error instanceof DescryError ? error : providerFailure(error, options.apiKey)
        }
      }
    }
  }
}

function fileName(marker: string): string {
  return `descry-${marker}.jsonl`
}

function noBatches(cause: unknown): DescryError {
  return new DescryError('unsupported', {
    message: t('providers.no-batches'),
    next: t('providers.no-batches.next'),
    cause
  })
}

function statusOf(error: unknown): number {
  return error instanceof Error && 'status' in error ? Number(error.status) : 0
}

function stateOf(batch: OpenAI.Batch, apiKey: string | null): BatchState {
  const reasons = batch.errors?.data?.flatMap(({ message }) => (message ? withoutKey(message, apiKey) : [])) ?? []
  const codes = batch.errors?.data?.flatMap(({ code }) => code ?? []) ?? []
  return {
    status: withoutKey(batch.status, apiKey).replaceAll('_', ' '),
    hasEnded: ended.has(batch.status),
    finished: (batch.request_counts?.completed ?? 0) + (batch.request_counts?.failed ?? 0),
    total: batch.request_counts?.total ?? 0,
    failure: batch.status === 'failed' ? rejection(reasons) : null,
    isTooMuchAtOnce: batch.status === 'failed' && codes.includes('token_limit_exceeded'),
    fileIds: [batch.output_file_id, batch.error_file_id].flatMap((id) => id ?? []),
    inputFileId: batch.input_file_id
  }
}

function rejection(reasons: string[]): string {
  if (reasons.length === 0) return t('providers.batch-rejected')
  return t('providers.batch-rejected-because', { reasons: reasons.slice(0, 3).join(' ') })
}

interface AnswerLine {
  custom_id?: unknown
  response?: { status_code?: number; body?: Partial<OpenAI.ChatCompletion> & { error?: unknown } } | null
  error?: { code?: string; message?: string } | null
}

/** Null for a line that is not an answer. */
function readAnswer(line: string, apiKey: string | null): BatchAnswer | null {
  const parsed = parseLine(line)
  if (parsed === null || typeof parsed.custom_id !== 'string') return null
  const { custom_id: id, response, error } = parsed
  const failed = (why: DescryError): BatchAnswer => ({ id, events: [], error: why })
  if (error) return failed(batchFailure(error.code ?? ''))
  const status = response?.status_code ?? 0
  if (status !== 200) return failed(providerFailure({ status: status || 500, error: response?.body?.error }, apiKey))
  const choice = response?.body?.choices?.[0]
  if (choice?.message?.refusal || choice?.finish_reason === 'content_filter') return failed(new DescryError('refused'))
  const text = textOf(choice?.message?.content)
  if (!choice || text === '') return failed(noAnswer())
  const usage = response?.body?.usage
  return {
    id,
    error: null,
    events: [
      { type: 'started', limits: null },
      { type: 'text', text: withoutKey(text, apiKey) },
      {
        type: 'finished',
        reason: choice.finish_reason === 'length' ? 'length' : 'stop',
        usage: usage ? { inputTokens: usage.prompt_tokens, outputTokens: usage.completion_tokens } : null,
        model: withoutKey(response?.body?.model ?? '', apiKey)
      }
    ]
  }
}

function parseLine(line: string): AnswerLine | null {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? value : null
  } catch {
    return null
  }
}

function batchFailure(code: string): DescryError {
  return code === 'batch_expired'
    ? new DescryError('timed-out', {
        message: t('providers.batch-expired'),
        next: t('providers.batch-expired.next')
      })
    : new DescryError('bad-answer')
}
