import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { describeFile } from './file-describing.ts'
import type { Journal } from './journal.ts'
import type { PictureFile } from './picture-list.ts'
import { scriptedModel } from './scripted-model.ts'
import { pictureKey, type BatchOptions, type BatchParts, type Finish, type Outcome } from './terms.ts'
import type { BatchAnswer, BatchState } from '#adapters/providers/openai-batches.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import { readPictureHeader } from '#adapters/pictures/picture-header.ts'
import type { Clock, VisionModel, VisionRequest } from '#core/ports.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import type { SpendingGuard } from '#core/spending/guard.ts'
import type { Description } from '#shared/caption.ts'
import { asDescryError, DescryError, isAbort } from '#shared/errors.ts'

/** The provider's own batches: half the price, an answer within a day. */
export interface ProviderBatches {
  /** One line of the file that is handed in, with its newline. */
  line(id: string, request: VisionRequest): string
  /** Hands a file in; gives back the batch's id. */
  submit(path: string, marker: string, signal: AbortSignal): Promise<string>
  /** The id of the batch with this marker, if the provider has one. */
  find(marker: string, signal: AbortSignal): Promise<string | null>
  state(batchId: string, signal: AbortSignal): Promise<BatchState>
  answers(batch: BatchState, signal: AbortSignal): AsyncIterable<BatchAnswer>
  /** Deletes the pictures and answers that the provider keeps. False when something stayed. */
  forget(batch: BatchState, signal: AbortSignal): Promise<boolean>
  /** Where the files are put together; they hold pictures, and are gone afterwards. */
  readonly filePath: string
  readonly limits: { maxBytes: number; maxRequests: number; firstPollMs: number; longestPollMs: number }
}

/** OpenAI's price for an answer that may take a day. */
const priceFactor = 0.5

interface Run {
  files: PictureFile[]
  options: BatchOptions
  journal: Journal
  guard: SpendingGuard
  onNote: (sentence: string) => void
}

interface OpenBatch {
  marker: string
  batchId: string
}

/** Describes the pictures by the provider's batches: hands in what is not under way yet, and waits for all of it. */
export async function describeByProviderBatch(
  parts: BatchParts,
  batches: ProviderBatches,
  run: Run,
  finish: Finish,
  signal: AbortSignal
): Promise<void> {
  const unanswered = new Map(run.files.map((file) => [pictureKey(file, run.options), file]))
  const settle: Finish = async (file, outcome) => {
    unanswered.delete(pictureKey(file, run.options))
    await finish(file, outcome)
  }
  const { open, keys } = await openBatches(batches, run, signal)
  const rest: PictureFile[] = []
  for (const file of run.files) {
    if (!keys.has(pictureKey(file, run.options))) rest.push(file)
    // What was handed in earlier will be paid for, too. Nothing is released: all is handed in before anything is collected.
    else run.guard.reserve(await priceOfFile(file, run.options))
  }
  open.push(...(await handIn(parts, batches, { ...run, files: rest }, settle, signal)))
  for (const batch of open) {
    const state = await untilEnded(parts.clock, batches, batch, run.onNote, signal)
    const answered = new Set<string>()
    for await (const answer of batches.answers(state, signal)) {
      const file = unanswered.get(answer.id)
      if (!file) continue
      answered.add(answer.id)
      await settle(file, await outcomeOf(parts, file, run.options, answer, signal))
    }
    await run.journal.append({ type: 'collected', marker: batch.marker })
    run.onNote(`Batch ${batch.batchId}: ${state.status}, ${answered.size} answers.`)
    if (state.failure !== null) run.onNote(state.failure)
    if (!(await batches.forget(state, signal)))
      run.onNote('Its files could not be deleted at the provider. Delete them there.')
  }
  for (const file of unanswered.values()) await finish(file, { type: 'failed', failure: noAnswer().toFailure() })
}

/** What earlier runs handed in and did not collect. */
async function openBatches(
  batches: ProviderBatches,
  { journal, options, files }: Run,
  signal: AbortSignal
): Promise<{ open: OpenBatch[]; keys: Set<string> }> {
  const ids = new Map<string, string>()
  const collected = new Set<string>()
  for (const entry of journal.earlier) {
    if (entry.type === 'submitted') ids.set(entry.marker, entry.batchId)
    if (entry.type === 'collected') collected.add(entry.marker)
  }
  const wanted = new Set(files.map((file) => pictureKey(file, options)))
  const open: OpenBatch[] = []
  const keys = new Set<string>()
  for (const entry of journal.earlier) {
    if (entry.type !== 'submitting' || collected.has(entry.marker)) continue
    if (!entry.keys.some((key) => wanted.has(key))) continue
    // A kill between handing in and noting the id: the provider knows.
    const batchId = ids.get(entry.marker) ?? (await batches.find(entry.marker, signal))
    if (batchId === null) continue
    open.push({ marker: entry.marker, batchId })
    for (const key of entry.keys) keys.add(key)
  }
  return { open, keys }
}

/** Puts the requests into as few files as the provider takes, and hands each in. */
async function handIn(
  parts: BatchParts,
  batches: ProviderBatches,
  { files, options, journal, guard, onNote }: Run,
  finish: Finish,
  signal: AbortSignal
): Promise<OpenBatch[]> {
  const open: OpenBatch[] = []
  let keys: string[] = []
  let bytes = 0
  let out = createWriteStream(batches.filePath, { mode: 0o600 })
  const submit = async (): Promise<void> => {
    out.end()
    await finished(out)
    if (keys.length === 0) return
    const marker = randomUUID()
    await journal.append({ type: 'submitting', marker, keys })
    const batchId = await batches.submit(batches.filePath, marker, signal)
    await journal.append({ type: 'submitted', marker, batchId })
    onNote(`Batch ${batchId}: ${keys.length} pictures handed in. It may take up to a day.`)
    open.push({ marker, batchId })
    keys = []
    bytes = 0
  }
  try {
    for (const file of files) {
      signal.throwIfAborted()
      try {
        const { request, description } = await requestFor(parts, file, options, signal)
        if (request === null) {
          await finish(file, { type: 'described', description })
          continue
        }
        const estimateUsd = priceOf(request.picture, options)
        if (guard.decide(estimateUsd) !== 'send') throw new DescryError('over-limit')
        guard.reserve(estimateUsd)
        const key = pictureKey(file, options)
        const line = batches.line(key, request)
        const lineBytes = Buffer.byteLength(line)
        if (keys.length === batches.limits.maxRequests || bytes + lineBytes > batches.limits.maxBytes) {
          await submit()
          out = createWriteStream(batches.filePath, { mode: 0o600 })
        }
        if (!out.write(line)) await once(out, 'drain')
        keys.push(key)
        bytes += lineBytes
      } catch (error) {
        if (isAbort(error) || signal.aborted || isAboutProvider(error)) throw error
        await finish(file, { type: 'failed', failure: asDescryError(error).toFailure() })
      }
    }
    await submit()
  } finally {
    out.destroy()
    await rm(batches.filePath, { force: true })
  }
  return open
}

function isAboutProvider(error: unknown): boolean {
  return (
    error instanceof DescryError &&
    !['over-limit', 'bad-image', 'too-large', 'unsupported', 'not-found', 'no-permission'].includes(error.code)
  )
}

/** About what a batch takes for it; null where nobody knows. */
function priceOf(picture: { width: number; height: number }, { model, baseUrl, detail }: BatchOptions): number | null {
  const usd = estimateCostUsd(model, baseUrl, picture, detail)
  return usd === null ? null : usd * priceFactor
}

async function priceOfFile(file: PictureFile, options: BatchOptions): Promise<number | null> {
  try {
    return priceOf(readPictureHeader(await readPictureFile(file.path)), options)
  } catch {
    // It is gone meanwhile.
    return null
  }
}

/** The very request that the describer would send; or, where it needs none (a blank picture), its description. */
async function requestFor(
  parts: BatchParts,
  file: PictureFile,
  options: BatchOptions,
  signal: AbortSignal
): Promise<{ request: VisionRequest; description: null } | { request: null; description: Description }> {
  let request: VisionRequest | null = null
  const recorder = scriptedModel(options.baseUrl, (asked) => {
    request = asked
    throw new Error('Recorded, not sent.')
  })
  try {
    return { request: null, description: await describeWith(parts, recorder, file, options, signal) }
  } catch (error) {
    if (request === null) throw error
    return { request, description: null }
  }
}

/** The answer, read as if it had just been streamed: same cleaning, same checks, same fields. */
async function outcomeOf(
  parts: BatchParts,
  file: PictureFile,
  options: BatchOptions,
  answer: BatchAnswer,
  signal: AbortSignal
): Promise<Outcome> {
  try {
    if (answer.error !== null) throw answer.error
    const description = await describeWith(
      parts,
      scriptedModel(options.baseUrl, () => answer.events),
      file,
      options,
      signal
    )
    const costUsd = description.costUsd === null ? null : description.costUsd * priceFactor
    return { type: 'described', description: { ...description, costUsd } }
  } catch (error) {
    if (isAbort(error) || signal.aborted) throw error
    return { type: 'failed', failure: asDescryError(error).toFailure() }
  }
}

async function describeWith(
  parts: BatchParts,
  vision: VisionModel,
  file: PictureFile,
  options: BatchOptions,
  signal: AbortSignal
): Promise<Description> {
  return describeFile(parts, vision, { file, bytes: await readPictureFile(file.path) }, options, signal)
}

async function untilEnded(
  clock: Clock,
  batches: ProviderBatches,
  { batchId }: OpenBatch,
  onNote: (sentence: string) => void,
  signal: AbortSignal
): Promise<BatchState> {
  let pollMs = batches.limits.firstPollMs
  let told = ''
  for (;;) {
    const state = await batches.state(batchId, signal)
    if (state.hasEnded) return state
    const news = `Batch ${batchId}: ${state.status}, ${state.finished} of ${state.total}. Ctrl-C leaves it running; the same command collects it later.`
    if (news !== told) onNote(news)
    told = news
    await pause(clock, pollMs, signal)
    pollMs = Math.min(batches.limits.longestPollMs, pollMs * 1.5)
  }
}

function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason as Error)
    const giveUp = (): void => {
      cancel()
      reject(signal.reason as Error)
    }
    const cancel = clock.after(ms, () => {
      signal.removeEventListener('abort', giveUp)
      resolve()
    })
    signal.addEventListener('abort', giveUp, { once: true })
  })
}

function noAnswer(): DescryError {
  return new DescryError('bad-answer', {
    message: 'The batch ended without this picture.',
    next: 'Run the same command again.'
  })
}
