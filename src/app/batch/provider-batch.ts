import type { BatchOptions } from './file-describer.ts'
import type { PictureFile } from './picture-list.ts'
import {
  openBatches,
  priceFactor,
  submitFiles,
  type BatchContext,
  type OpenBatch,
  type ProviderBatches
} from './submit.ts'
import { failed, type BatchWork, type Outcome } from './types.ts'
import type { BatchAnswer, BatchState } from '#adapters/providers/openai-batches.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import { pause } from '#core/async/abort.ts'
import { scriptedModel } from '#core/describing/models/model-wrappers.ts'
import { costUsd } from '#core/describing/models/models.ts'
import { providerOf } from '#core/describing/models/providers.ts'
import { DescryError, isAbort } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** Describes the pictures in the provider's batches: submits what is not in progress yet, and waits for all of it. */
export async function describeByProviderBatch(batches: ProviderBatches, work: BatchWork): Promise<void> {
  const context: BatchContext = { ...work, batches, pending: new Map() }
  const { pending, finish } = context
  const { open, rest } = await openBatches(context)
  let maxRequests = batches.limits.maxRequests
  let isOneAtATime = false
  for (;;) {
    if (rest.length > 0 && !(isOneAtATime && open.length > 0))
      open.push(...(await submitFiles(context, rest, { maxRequests, maxBatches: isOneAtATime ? 1 : Infinity })))
    const batch = open.shift()
    if (!batch) break
    const state = await collect(context, batch)
    if (!state.isTooMuchAtOnce || batch.keys.length < 2) continue
    // The provider limits how much may be queued: submit less, and the next batch when that one has ended.
    isOneAtATime = true
    maxRequests = Math.min(maxRequests, Math.ceil(batch.keys.length / 2))
    for (const key of batch.keys) {
      rest.push(...(pending.get(key) ?? []))
      pending.delete(key)
    }
  }
  for (const files of pending.values()) for (const file of files) await finish(file, null, failed(noAnswer()))
}

/** Waits for a batch, collects its answers, and has the provider delete it. */
async function collect(context: BatchContext, batch: OpenBatch): Promise<BatchState> {
  const { dependencies, batches, options, journal, pending, finish, onNote, signal } = context
  const { batchId } = batch
  const state = await untilEnded(context, batch)
  let answers = 0
  const costsUsd: (number | null)[] = []
  for await (const answer of batches.answers(state, signal)) {
    costsUsd.push(...costOf(answer, options))
    const files = pending.get(answer.id)
    const [first] = files ?? []
    if (!files || !first) continue
    answers += 1
    const outcome = await outcomeOf(context, first, answer)
    for (const file of files) await finish(file, answer.id, outcome)
    pending.delete(answer.id)
  }
  await journal.append({ type: 'collected', marker: batch.marker })
  // Not sooner: if this run were killed first, the next one would collect the batch again and settle it twice.
  dependencies.spending.settle(batch.expected, ...costsUsd)
  onNote(t('batch.ended', { batchId, status: state.status, answers }))
  if (state.failure !== null) onNote(state.failure)
  if (!(await batches.forget(state, signal))) onNote(t('batch.files-not-deleted'))
  return state
}

/** What an answer costs; a refused request costs nothing. */
function costOf({ events }: BatchAnswer, { baseUrl }: BatchOptions): (number | null)[] {
  if (providerOf(baseUrl).isLocal) return []
  return events.flatMap((event) => {
    if (event.type !== 'finished') return []
    const usd = costUsd(event.model, event.usage)
    return [usd === null ? null : usd * priceFactor]
  })
}

/** Reads the answer as if it had just been streamed: same cleaning, same checks, same fields. */
async function outcomeOf(
  { describeFile, options, signal }: BatchContext,
  { name, path }: PictureFile,
  answer: BatchAnswer
): Promise<Outcome> {
  try {
    if (answer.error !== null) throw answer.error
    const model = scriptedModel(options.baseUrl, () => answer.events)
    const description = await describeFile({ name, bytes: await readPictureFile(path) }, model, signal)
    const costUsd = description.costUsd === null ? null : description.costUsd * priceFactor
    return { type: 'described', description: { ...description, costUsd } }
  } catch (error) {
    if (isAbort(error) || signal.aborted) throw error
    return failed(error)
  }
}

async function untilEnded(
  { dependencies, batches, onNote, stop }: BatchContext,
  { batchId }: OpenBatch
): Promise<BatchState> {
  let pollMs = batches.limits.firstPollMs
  let noted = ''
  for (;;) {
    const state = await batches.state(batchId, stop)
    if (state.hasEnded) return state
    const { status, finished, total } = state
    const note = t('batch.progress', { batchId, status, finished, total })
    if (note !== noted) onNote(note)
    noted = note
    await pause(dependencies.clock, pollMs, stop)
    pollMs = Math.min(batches.limits.maxPollMs, pollMs * 1.5)
  }
}

function noAnswer(): DescryError {
  return new DescryError('bad-answer', { message: t('batch.no-answer'), next: t('batch.no-answer.next') })
}
