import { pacedModel, type RequestNotes, type RequestSlot, type RunState } from './paced-model.ts'
import type { LoadedFile } from './file-describer.ts'
import type { PictureFile } from './picture-list.ts'
import { failed, type BatchWork, type Outcome } from './types.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import { readPictureHeader } from '#adapters/pictures/picture-header.ts'
import { createPace, type Turn } from '#core/batch/pace.ts'
import { scriptedModel } from '#core/describing/models/model-wrappers.ts'
import type { ExpectedCost } from '#shared/spent.ts'
import type { VisionEvent, VisionModel } from '#core/ports/vision.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import { asDescryError, DescryError, isAbort, type ErrorCode, type Failure } from '#shared/errors.ts'

/** A remote provider takes seconds for an answer, and some allow ten requests a second. */
const maxInFlight = 48
/** Used if no headers state a limit; a server at home handles only a few pictures at a time. */
const maxInFlightUnstated = { remote: 16, local: 4 }
/** The most that is decoded at a time, unless a single picture is larger: about half a gigabyte. */
const maxPixelsInProgress = 120_000_000
/** With the growing waits between requests, about four minutes without the provider. */
const maxAttempts = 10
/** How often the answer about one picture may be cut short. */
const maxCutShort = 2
/** After one of these, every other picture would fail in the same way. */
const fatal = new Set<ErrorCode>(['no-key', 'bad-key', 'no-credit', 'over-limit', 'no-permission', 'model-gone'])
/** The run ends after this many pictures in a row that could not reach the provider. */
const maxUnreachable = 8

/** Notes requests and answers, so that even an answer that arrives just before a kill is not paid for twice. */
export interface AnswerNotes {
  /** An answer noted by an earlier run that ended before it could use it. */
  noted: (key: string) => VisionEvent[] | null
  of: (key: string) => RequestNotes
}

/** A picture that is about to be sent. */
interface Unasked extends LoadedFile {
  key: string
  estimateUsd: number | null
}

/** Sends one request per picture, several at a time, as fast as the provider's rate limits allow. */
export async function describeLive(work: BatchWork, notes: AnswerNotes): Promise<void> {
  const { dependencies, options, files, keys, described, maySpend, overLimit, finish, onWait, stop, signal } = work
  const vision = dependencies.connectVision(options.baseUrl, options.apiKey)
  const pace = createPace({
    clock: dependencies.clock,
    maxInFlight,
    maxInFlightUnstated: vision.isLocal ? maxInFlightUnstated.local : maxInFlightUnstated.remote,
    onLongWait: onWait
  })
  const running = new Set<Promise<void>>()
  /** By key, for this run, so that the same picture is not sent twice. */
  const outcomes = new Map<string, Promise<Outcome>>()
  let pixelsInProgress = 0
  const hasRoomFor = (pixels: number): boolean => running.size === 0 || pixelsInProgress + pixels <= maxPixelsInProgress
  let unreachableInARow = 0
  let whyStopped: Failure | null = null
  // The journal cannot be written, or the user stopped the run: no more pictures may be paid for.
  const broken = new AbortController()
  const whenStopped = AbortSignal.any([stop, signal, broken.signal])
  const run: RunState = { pace, hasAnswered: false }

  const conclude = async (file: PictureFile, key: string, outcome: Outcome): Promise<void> => {
    const code = outcome.type === 'failed' ? outcome.failure.code : null
    unreachableInARow = code === 'provider-down' ? unreachableInARow + 1 : 0
    if (outcome.type === 'failed' && code !== null && (fatal.has(code) || unreachableInARow >= maxUnreachable))
      whyStopped ??= outcome.failure
    await finish(file, key, outcome)
  }
  const start = (task: Promise<unknown>): void => {
    const job = task
      .then(
        () => undefined,
        (error: unknown) => broken.abort(error)
      )
      .finally(() => running.delete(job))
    running.add(job)
  }
  const describe = async (picture: Unasked, expected: ExpectedCost, turn: Turn): Promise<Outcome> => {
    const slot: RequestSlot = { run, turn, isCutShort: false, dueUsd: 0 }
    const events = notes.noted(picture.key)
    const model =
      events === null
        ? pacedModel(vision, slot, picture.estimateUsd, notes.of(picture.key))
        : scriptedModel(options.baseUrl, () => events)
    try {
      return await describeOne(work, picture, model, slot, whenStopped)
    } finally {
      dependencies.spending.settle(expected, slot.dueUsd)
      // A picture that needed no request still has its turn.
      slot.turn?.done(null)
    }
  }

  try {
    for (const file of files) {
      whenStopped.throwIfAborted()
      if (whyStopped !== null) {
        await finish(file, null, { type: 'failed', failure: whyStopped })
        continue
      }
      let bytes: Uint8Array
      let size: { width: number; height: number }
      try {
        bytes = await readPictureFile(file.path)
        size = readPictureHeader(bytes)
      } catch (error) {
        await finish(file, null, failed(error))
        continue
      }
      const key = keys.of(file, bytes)
      const known = described.get(key)
      const twin = known ? Promise.resolve<Outcome>({ type: 'described', description: known }) : outcomes.get(key)
      if (twin) {
        start(twin.then((outcome) => finish(file, key, outcome)))
        continue
      }
      // An answer that is already noted is paid for, and was counted when it was requested.
      const isFree = options.isOffline || notes.noted(key) !== null
      const estimateUsd = isFree ? 0 : estimateCostUsd(options.model, options.baseUrl, size, options.detail)
      // Requests in progress may cost less than expected.
      while (!maySpend(estimateUsd) && running.size > 0) await Promise.race(running)
      if (!maySpend(estimateUsd)) {
        await finish(file, null, { type: 'failed', failure: overLimit })
        continue
      }
      const expected = dependencies.spending.expect(estimateUsd)
      const pixels = size.width * size.height
      while (!hasRoomFor(pixels)) await Promise.race(running)
      pixelsInProgress += pixels
      const turn = await pace.turn(whenStopped).catch((error: unknown) => {
        dependencies.spending.settle(expected)
        throw error
      })
      const outcome = describe({ name: file.name, key, bytes, estimateUsd }, expected, turn).then(async (answer) => {
        await conclude(file, key, answer)
        return answer
      })
      outcomes.set(key, outcome)
      start(
        outcome.finally(() => {
          pixelsInProgress -= pixels
        })
      )
    }
  } finally {
    await Promise.all(running)
  }
  whenStopped.throwIfAborted()
}

async function describeOne(
  { describeFile, options, signal }: BatchWork,
  file: LoadedFile,
  vision: VisionModel,
  slot: RequestSlot,
  stop: AbortSignal
): Promise<Outcome> {
  for (let attempts = 1; ; attempts += 1) {
    // Waits here, not when the describer sends, because the describer's timeout starts then.
    slot.turn ??= await slot.run.pace.turn(stop)
    slot.isCutShort = false
    try {
      const description = await describeFile(file, vision, signal)
      // Neither text read on this computer nor an incomplete description is worth keeping, so the next run asks again.
      const why = description.warnings.find(({ code }) => code === 'provider-down' || slot.isCutShort)
      if (options.isOffline || !why) return { type: 'described', description }
      if (why.code === 'provider-down' || attempts >= maxCutShort) return { type: 'failed', failure: why }
    } catch (error) {
      if (isAbort(error) || signal.aborted) throw error
      const expected = asDescryError(error)
      if (expected.code !== 'rate-limited' || attempts >= maxAttempts)
        return failed(expected.cause instanceof DescryError ? expected.cause : expected)
    }
  }
}
