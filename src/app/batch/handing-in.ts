import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import { describeFile } from './file-describing.ts'
import { uncollected } from './journal.ts'
import type { PictureFile } from './picture-list.ts'
import { failed, type Asking, type BatchOptions, type BatchDependencies } from './terms.ts'
import type { BatchAnswer, BatchState } from '#adapters/providers/openai-batches.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import type { VisionRequest } from '#core/ports/vision.ts'
import type { ExpectedCost } from '#core/ports/storage.ts'
import { scriptedModel } from '#core/describing/models/model-wrappers.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import type { Description } from '#shared/caption.ts'
import { DescryError, isAbort, type ErrorCode } from '#shared/errors.ts'

/** The provider's own batches: half the price, an answer within a day. */
export interface ProviderBatches {
  /** One line of the file that is handed in, with its newline. */
  line(id: string, request: VisionRequest): string
  /** Hands a file in; gives back the batch's id. Errors: unsupported (the provider has no batches). */
  submit(path: string, marker: string, signal: AbortSignal): Promise<string>
  /** The id of the batch with this marker, if the provider has one. What was uploaded for it in vain is deleted. */
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
export const priceFactor = 0.5

/** After these nobody knows whether the provider has made the batch. */
const mayBeMade = new Set<ErrorCode>(['provider-down', 'timed-out', 'cut-off', 'internal'])

export interface OpenBatch {
  marker: string
  batchId: string
  keys: string[]
  expected: ExpectedCost
}

/** What is known of the pictures while batches are made and awaited. */
export interface Desk extends Asking {
  dependencies: BatchDependencies
  batches: ProviderBatches
  /** Whose answers are still to come, by key; several where the same picture has several names. */
  waiting: Map<string, PictureFile[]>
}

/** What earlier runs handed in and did not collect, and the files that are in none of it. */
export async function openBatches(desk: Desk): Promise<{ open: OpenBatch[]; rest: PictureFile[] }> {
  const { dependencies, batches, journal, files, described, waiting, signal } = desk
  const unfinished = uncollected(journal)
  if (unfinished.length === 0) return { open: [], rest: [...files] }

  const known: OpenBatch[] = []
  for (const { marker, keys, expected, ...batch } of unfinished) {
    // A kill between handing in and noting the id: the provider knows.
    const batchId = batch.batchId ?? (await batches.find(marker, signal))
    if (batchId !== null) known.push({ marker, batchId, keys, expected })
    else {
      await journal.append({ type: 'collected', marker })
      dependencies.spending.settle(expected)
    }
  }
  const handedIn = new Set(known.flatMap(({ keys }) => keys))
  const rest: PictureFile[] = []
  for (const file of files) {
    const bytes = await readPictureFile(file.path).catch(() => null)
    const key = bytes === null ? null : desk.keys.of(file, bytes)
    if (bytes === null || key === null || !handedIn.has(key)) rest.push(file)
    else joins(desk, key, file)
  }
  // What was asked in another way, or about other pictures, waits for a run that wants it.
  const open = known.filter(
    ({ keys }) => keys.some((key) => waiting.has(key)) || keys.every((key) => described.has(key))
  )
  return { open, rest }
}

/** True when the same picture waits already under another name. */
function joins({ waiting }: Desk, key: string, file: PictureFile): boolean {
  const others = waiting.get(key)
  if (others) others.push(file)
  else waiting.set(key, [file])
  return others !== undefined
}

/** Takes files from the front of `rest`, puts their requests into files of what the provider takes, and hands each in. */
export async function handIn(
  desk: Desk,
  rest: PictureFile[],
  { mostRequests, mostBatches }: { mostRequests: number; mostBatches: number }
): Promise<OpenBatch[]> {
  const { dependencies, batches, options, journal, maySpend, overLimit, finish, onNote, stop, signal } = desk
  const open: OpenBatch[] = []
  let inFile: string[] = []
  let estimatesUsd: (number | null)[] = []
  let inFileUsd = 0
  let bytesInFile = 0
  let out = createWriteStream(batches.filePath, { mode: 0o600 })
  const submit = async (): Promise<void> => {
    out.end()
    await finished(out)
    if (inFile.length === 0) return
    stop.throwIfAborted()
    const marker = randomUUID()
    const expected = dependencies.spending.expect(...estimatesUsd)
    await journal.append({ type: 'submitting', marker, keys: inFile, expected })
    const batchId = await batches.submit(batches.filePath, marker, signal).catch(async (error: unknown) => {
      // Nothing is under way, so nobody need look for it.
      if (error instanceof DescryError && !mayBeMade.has(error.code)) {
        await journal.append({ type: 'collected', marker })
        dependencies.spending.settle(expected)
      }
      throw error
    })
    await journal.append({ type: 'submitted', marker, batchId })
    onNote(`Batch ${batchId}: ${inFile.length} pictures handed in. It may take up to a day.`)
    open.push({ marker, batchId, keys: inFile, expected })
    inFile = []
    estimatesUsd = []
    inFileUsd = 0
    bytesInFile = 0
  }
  try {
    for (let file = rest[0]; file !== undefined; rest.shift(), file = rest[0]) {
      stop.throwIfAborted()
      const ready = await prepared(desk, file)
      if (ready === null) continue
      const { key, request } = ready
      const estimateUsd = priceOf(request.picture, options)
      if (!maySpend(estimateUsd === null ? null : inFileUsd + estimateUsd)) {
        await finish(file, key, { type: 'failed', failure: overLimit })
        continue
      }
      const line = batches.line(key, request)
      const lineBytes = Buffer.byteLength(line)
      if (inFile.length === mostRequests || bytesInFile + lineBytes > batches.limits.maxBytes) {
        await submit()
        if (open.length === mostBatches) return open
        out = createWriteStream(batches.filePath, { mode: 0o600 })
      }
      if (!out.write(line)) await once(out, 'drain')
      joins(desk, key, file)
      inFile.push(key)
      estimatesUsd.push(estimateUsd)
      inFileUsd += estimateUsd ?? 0
      bytesInFile += lineBytes
    }
    await submit()
  } finally {
    out.destroy()
    await rm(batches.filePath, { force: true })
  }
  return open
}

/** What is to be asked about a file; null where nothing is, since it failed, needs no answer or waits for one already. */
async function prepared(desk: Desk, file: PictureFile): Promise<{ key: string; request: VisionRequest } | null> {
  const { dependencies, options, keys, waiting, finish, signal } = desk
  let key: string | null = null
  let ready: Awaited<ReturnType<typeof requestFor>>
  try {
    const bytes = await readPictureFile(file.path)
    key = keys.of(file, bytes)
    if (waiting.has(key)) {
      joins(desk, key, file)
      return null
    }
    ready = await requestFor(dependencies, file, bytes, options, signal)
  } catch (error) {
    if (isAbort(error) || signal.aborted) throw error
    await finish(file, key, failed(error))
    return null
  }
  if (ready.request !== null) return { key, request: ready.request }
  await finish(file, key, { type: 'described', description: ready.description })
  return null
}

/** About what a batch takes for it; null where nobody knows. */
function priceOf(picture: { width: number; height: number }, { model, baseUrl, detail }: BatchOptions): number | null {
  const usd = estimateCostUsd(model, baseUrl, picture, detail)
  return usd === null ? null : usd * priceFactor
}

/** The very request that the describer would send; or, where it needs none (a blank picture), its description. */
async function requestFor(
  dependencies: BatchDependencies,
  file: PictureFile,
  bytes: Uint8Array,
  options: BatchOptions,
  signal: AbortSignal
): Promise<{ request: VisionRequest; description: null } | { request: null; description: Description }> {
  let request: VisionRequest | null = null
  const recorder = scriptedModel(options.baseUrl, (asked) => {
    request = asked
    throw new Error('Recorded, not sent.')
  })
  try {
    return { request: null, description: await describeFile(dependencies, recorder, { file, bytes }, options, signal) }
  } catch (error) {
    if (request === null) throw error
    return { request, description: null }
  }
}
