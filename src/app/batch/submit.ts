import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { finished } from 'node:stream/promises'
import type { BatchOptions, LoadedFile } from './file-describer.ts'
import { uncollected } from './journal.ts'
import type { PictureFile } from './picture-list.ts'
import { failed, type BatchWork } from './types.ts'
import type { BatchAnswer, BatchState } from '#adapters/providers/openai-batches.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import { recordRequest, sentPicture } from '#core/describing/models/model-wrappers.ts'
import type { ExpectedCost } from '#shared/spent.ts'
import type { UnpricedPicture } from '#core/ports/storage.ts'
import type { VisionRequest } from '#core/ports/vision.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import type { Description } from '#shared/caption.ts'
import { DescryError, isAbort, type ErrorCode } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** The provider's own batches, at half the price, with answers within a day. */
export interface ProviderBatches {
  /** One line of the submitted file, with its newline. */
  line(id: string, request: VisionRequest): string
  /** Submits a file; returns the batch's id. Errors: unsupported (the provider has no batches). */
  submit(path: string, marker: string, signal: AbortSignal): Promise<string>
  /** The id of the batch with this marker, if the provider has one. Otherwise files uploaded for it are deleted. */
  find(marker: string, signal: AbortSignal): Promise<string | null>
  state(batchId: string, signal: AbortSignal): Promise<BatchState>
  answers(batch: BatchState, signal: AbortSignal): AsyncIterable<BatchAnswer>
  /** Deletes the pictures and answers that the provider keeps. False when something could not be deleted. */
  forget(batch: BatchState, signal: AbortSignal): Promise<boolean>
  /** Where the submitted files are written; they contain pictures, and are deleted afterwards. */
  readonly filePath: string
  readonly limits: { maxBytes: number; maxRequests: number; firstPollMs: number; maxPollMs: number }
}

/** OpenAI's price for an answer that may take a day. */
export const priceFactor = 0.5

/** After these errors the provider may or may not have created the batch. */
const mayExist = new Set<ErrorCode>(['provider-down', 'timed-out', 'cut-off', 'internal'])

export interface OpenBatch {
  marker: string
  batchId: string
  keys: string[]
  expected: ExpectedCost
}

/** The pictures' state while batches are created and awaited. */
export interface BatchContext extends BatchWork {
  batches: ProviderBatches
  /** Files that are waiting for their answers, by key; several if the same picture has several names. */
  pending: Map<string, PictureFile[]>
}

/** The batches that earlier runs submitted but did not collect, and the files that are in none of them. */
export async function openBatches(context: BatchContext): Promise<{ open: OpenBatch[]; rest: PictureFile[] }> {
  const { dependencies, batches, journal, files, described, pending, signal } = context
  const unfinished = uncollected(journal)
  if (unfinished.length === 0) return { open: [], rest: [...files] }

  const known: OpenBatch[] = []
  for (const { marker, keys, expected, ...batch } of unfinished) {
    // If the run was killed between submitting and noting the id, the provider can find it by the marker.
    const batchId = batch.batchId ?? (await batches.find(marker, signal))
    if (batchId !== null) known.push({ marker, batchId, keys, expected })
    else {
      await journal.append({ type: 'collected', marker })
      dependencies.spending.settle(expected)
    }
  }
  const submitted = new Set(known.flatMap(({ keys }) => keys))
  const rest: PictureFile[] = []
  for (const file of files) {
    const bytes = await readPictureFile(file.path).catch(() => null)
    const key = bytes === null ? null : context.keys.of(file, bytes)
    if (bytes === null || key === null || !submitted.has(key)) rest.push(file)
    else attachToPending(context, key, file)
  }
  // A batch with another question or other pictures is left for a run that needs its answers.
  const open = known.filter(
    ({ keys }) => keys.some((key) => pending.has(key)) || keys.every((key) => described.has(key))
  )
  return { open, rest }
}

function attachToPending({ pending }: BatchContext, key: string, file: PictureFile): void {
  pending.set(key, [...(pending.get(key) ?? []), file])
}

/** Takes pictures from the front of `rest`, writes requests to files within the provider's limits, and submits each. */
export async function submitFiles(
  context: BatchContext,
  rest: PictureFile[],
  { maxRequests, maxBatches }: { maxRequests: number; maxBatches: number }
): Promise<OpenBatch[]> {
  const { dependencies, batches, options, journal, maySpend, overLimit, finish, onNote, stop, signal } = context
  const open: OpenBatch[] = []
  let keysInFile: string[] = []
  let picturesInFile: UnpricedPicture[] = []
  let estimatesUsd: (number | null)[] = []
  let costOfFileUsd = 0
  let bytesInFile = 0
  let out = createWriteStream(batches.filePath, { mode: 0o600 })
  const submit = async (): Promise<void> => {
    out.end()
    await finished(out)
    if (keysInFile.length === 0) return
    stop.throwIfAborted()
    const marker = randomUUID()
    const expected = dependencies.spending.expect(...estimatesUsd)
    await journal.append({ type: 'submitting', marker, keys: keysInFile, expected })
    const batchId = await batches.submit(batches.filePath, marker, signal).catch(async (error: unknown) => {
      // Nothing was created, so no later run needs to look for it.
      if (error instanceof DescryError && !mayExist.has(error.code)) {
        await journal.append({ type: 'collected', marker })
        dependencies.spending.settle(expected)
      }
      throw error
    })
    await journal.append({ type: 'submitted', marker, batchId })
    for (const picture of picturesInFile) dependencies.sent.note(picture)
    onNote(t('batch.submitted', { batchId, count: keysInFile.length }))
    open.push({ marker, batchId, keys: keysInFile, expected })
    keysInFile = []
    picturesInFile = []
    estimatesUsd = []
    costOfFileUsd = 0
    bytesInFile = 0
  }
  try {
    for (let file = rest[0]; file !== undefined; rest.shift(), file = rest[0]) {
      stop.throwIfAborted()
      const ready = await prepare(context, file)
      if (ready === null) continue
      const { key, request } = ready
      const estimateUsd = priceOf(request.picture, options)
      if (!maySpend(estimateUsd === null ? null : costOfFileUsd + estimateUsd)) {
        await finish(file, key, { type: 'failed', failure: overLimit })
        continue
      }
      const line = batches.line(key, request)
      const lineBytes = Buffer.byteLength(line)
      if (keysInFile.length === maxRequests || bytesInFile + lineBytes > batches.limits.maxBytes) {
        await submit()
        if (open.length === maxBatches) return open
        out = createWriteStream(batches.filePath, { mode: 0o600 })
      }
      if (!out.write(line)) await once(out, 'drain')
      attachToPending(context, key, file)
      keysInFile.push(key)
      picturesInFile.push(sentPicture(new URL(options.baseUrl).host, request))
      estimatesUsd.push(estimateUsd)
      costOfFileUsd += estimateUsd ?? 0
      bytesInFile += lineBytes
    }
    await submit()
  } finally {
    out.destroy()
    await rm(batches.filePath, { force: true })
  }
  return open
}

/** The request for a file; null if none is needed: it failed, needs no answer, or the same picture is pending. */
async function prepare(
  context: BatchContext,
  file: PictureFile
): Promise<{ key: string; request: VisionRequest } | null> {
  const { keys, pending, finish, signal } = context
  let key: string | null = null
  let ready: VisionRequest | Description
  try {
    const bytes = await readPictureFile(file.path)
    key = keys.of(file, bytes)
    if (pending.has(key)) {
      attachToPending(context, key, file)
      return null
    }
    ready = await requestFor(context, { name: file.name, bytes })
  } catch (error) {
    if (isAbort(error) || signal.aborted) throw error
    await finish(file, key, failed(error))
    return null
  }
  if ('prompt' in ready) return { key, request: ready }
  await finish(file, key, { type: 'described', description: ready })
  return null
}

/** Its approximate price in a batch; null if unknown. */
function priceOf(picture: { width: number; height: number }, { model, baseUrl, detail }: BatchOptions): number | null {
  const usd = estimateCostUsd(model, baseUrl, picture, detail)
  return usd === null ? null : usd * priceFactor
}

/** The request that the describer would send; or, if none is needed (a blank picture), its description. */
function requestFor(
  { describeFile, options, signal }: BatchContext,
  file: LoadedFile
): Promise<VisionRequest | Description> {
  return recordRequest(options.baseUrl, (recorder) => describeFile(file, recorder, signal))
}
