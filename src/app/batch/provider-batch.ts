import { describeFile } from './file-describing.ts'
import { handIn, openBatches, priceFactor, type Desk, type OpenBatch, type ProviderBatches } from './handing-in.ts'
import type { PictureFile } from './picture-list.ts'
import { failed, type Asking, type BatchOptions, type BatchDependencies, type Outcome } from './terms.ts'
import type { BatchAnswer, BatchState } from '#adapters/providers/openai-batches.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import { scriptedModel } from '#core/describing/models/model-wrappers.ts'
import { costUsd } from '#core/describing/models/models.ts'
import { providerOf } from '#core/describing/models/providers.ts'
import type { Clock } from '#core/ports/time.ts'
import { DescryError, isAbort } from '#shared/errors.ts'

/** Describes the pictures by the provider's batches: hands in what is not under way yet, and waits for all of it. */
export async function describeByProviderBatch(
  dependencies: BatchDependencies,
  batches: ProviderBatches,
  asking: Asking
): Promise<void> {
  const desk: Desk = { ...asking, dependencies, batches, waiting: new Map() }
  const { open, rest } = await openBatches(desk)
  let mostRequests = batches.limits.maxRequests
  let isOneAtATime = false
  for (;;) {
    if (rest.length > 0 && !(isOneAtATime && open.length > 0))
      open.push(...(await handIn(desk, rest, { mostRequests, mostBatches: isOneAtATime ? 1 : Infinity })))
    const batch = open.shift()
    if (!batch) break
    const state = await collect(desk, batch)
    if (!state.isTooMuchAtOnce || batch.keys.length < 2) continue
    // The provider takes only so much at a time: less of it, and the next when that has ended.
    isOneAtATime = true
    mostRequests = Math.min(mostRequests, Math.ceil(batch.keys.length / 2))
    for (const key of batch.keys) {
      rest.push(...(desk.waiting.get(key) ?? []))
      desk.waiting.delete(key)
    }
  }
  for (const files of desk.waiting.values()) for (const file of files) await desk.finish(file, null, failed(noAnswer()))
}

/** Waits for a batch, takes its answers, and has the provider forget it. */
async function collect(
  { dependencies, batches, options, journal, waiting, finish, onNote, stop, signal }: Desk,
  batch: OpenBatch
): Promise<BatchState> {
  const state = await untilEnded(dependencies.clock, batches, batch, onNote, stop)
  let answers = 0
  const costsUsd: (number | null)[] = []
  for await (const answer of batches.answers(state, signal)) {
    costsUsd.push(...costOf(answer, options))
    const files = waiting.get(answer.id)
    const [first] = files ?? []
    if (!files || !first) continue
    answers += 1
    const outcome = await outcomeOf(dependencies, first, options, answer, signal)
    for (const file of files) await finish(file, answer.id, outcome)
    waiting.delete(answer.id)
  }
  await journal.append({ type: 'collected', marker: batch.marker })
  // Only now: a run that is killed before this collects it again, and what is settled twice would be missing.
  dependencies.spending.settle(batch.expected, ...costsUsd)
  onNote(`Batch ${batch.batchId}: ${state.status}, ${answers} answers.`)
  if (state.failure !== null) onNote(state.failure)
  if (!(await batches.forget(state, signal)))
    onNote('Its files could not be deleted at the provider. Delete them there.')
  return state
}

/** What is charged for an answer; nothing for a refused request. */
function costOf({ events }: BatchAnswer, { baseUrl }: BatchOptions): (number | null)[] {
  if (providerOf(baseUrl).isLocal) return []
  return events.flatMap((event) => {
    if (event.type !== 'finished') return []
    const usd = costUsd(event.model, event.usage)
    return [usd === null ? null : usd * priceFactor]
  })
}

/** The answer, read as if it had just been streamed: same cleaning, same checks, same fields. */
async function outcomeOf(
  dependencies: BatchDependencies,
  file: PictureFile,
  options: BatchOptions,
  answer: BatchAnswer,
  signal: AbortSignal
): Promise<Outcome> {
  try {
    if (answer.error !== null) throw answer.error
    const model = scriptedModel(options.baseUrl, () => answer.events)
    const bytes = await readPictureFile(file.path)
    const description = await describeFile(dependencies, model, { file, bytes }, options, signal)
    const costUsd = description.costUsd === null ? null : description.costUsd * priceFactor
    return { type: 'described', description: { ...description, costUsd } }
  } catch (error) {
    if (isAbort(error) || signal.aborted) throw error
    return failed(error)
  }
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
