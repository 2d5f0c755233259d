import { describeFile } from './file-describing.ts'
import { pacedModel, type Hand, type Hearing, type RequestNotes } from './paced-model.ts'
import type { PictureFile } from './picture-list.ts'
import { failed, type Asking, type BatchOptions, type BatchDependencies, type Outcome } from './terms.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import { scriptedModel } from '#core/describing/models/model-wrappers.ts'
import { readPictureHeader } from '#adapters/pictures/picture-header.ts'
import { createPace, type Turn } from '#core/batch/pace.ts'
import type { VisionEvent, VisionModel } from '#core/ports/vision.ts'
import type { ExpectedCost } from '#core/ports/storage.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import { asDescryError, DescryError, isAbort, type ErrorCode, type Failure } from '#shared/errors.ts'

/** A provider far away takes seconds for an answer, and some allow ten requests a second. */
const maxInFlight = 48
/** Where no headers tell; a server at home works on few pictures at a time. */
const maxInFlightUntold = { remote: 16, local: 4 }
/** Decoded at the same time, unless one alone is larger: about half a gigabyte. */
const maxPixelsInHand = 120_000_000
/** With the pace's growing waits, about four minutes without the provider. */
const maxAttempts = 10
/** So often an answer may break off. */
const maxBroken = 2
/** After these, every other picture would fail in the same way. */
const fatal = new Set<ErrorCode>(['no-key', 'bad-key', 'no-credit', 'over-limit', 'no-permission', 'model-gone'])
const maxSilences = 8

/** Requests and the answers themselves, so that not even one that comes just before a kill is paid for twice. */
export interface AnswerNotes {
  /** From earlier runs, which did not get further with them. */
  noted: (key: string) => VisionEvent[] | null
  of: (key: string) => RequestNotes
}

/** A picture that is about to be asked about. */
interface Unasked {
  file: PictureFile
  key: string
  bytes: Uint8Array
  estimateUsd: number | null
}

/** Asks about each picture by itself, side by side, as fast as the provider's rate limits allow. */
export async function describeLive(
  dependencies: BatchDependencies,
  { files, options, keys, described, maySpend, overLimit, finish, onWait, stop, signal }: Asking,
  notes: AnswerNotes
): Promise<void> {
  const vision = dependencies.connectVision(options.baseUrl, options.apiKey)
  const untold = vision.isLocal ? maxInFlightUntold.local : maxInFlightUntold.remote
  const pace = createPace({
    clock: dependencies.clock,
    maxInFlight,
    maxInFlightUntold: untold,
    onLongWait: onWait
  })
  const running = new Set<Promise<void>>()
  /** Of this run, once they are noted: nobody asks twice about the same picture. */
  const outcomes = new Map<string, Promise<Outcome>>()
  let pixelsInHand = 0
  const hasRoomFor = (pixels: number): boolean => running.size === 0 || pixelsInHand + pixels <= maxPixelsInHand
  let silences = 0
  let whyStopped: Failure | null = null
  // The journal cannot be written, or the user stopped: no further picture may be paid for.
  const broken = new AbortController()
  const whenStopped = AbortSignal.any([stop, signal, broken.signal])
  const hearing: Hearing = { pace, hasHeard: false }

  const conclude = async (file: PictureFile, key: string | null, outcome: Outcome): Promise<void> => {
    const code = outcome.type === 'failed' ? outcome.failure.code : null
    silences = code === 'provider-down' ? silences + 1 : 0
    if (outcome.type === 'failed' && code !== null && (fatal.has(code) || silences >= maxSilences))
      whyStopped ??= outcome.failure
    await finish(file, key, outcome)
  }
  const start = (work: Promise<unknown>): void => {
    const job = work
      .then(
        () => undefined,
        (error: unknown) => broken.abort(error)
      )
      .finally(() => running.delete(job))
    running.add(job)
  }
  const describe = async (
    { file, key, bytes, estimateUsd }: Unasked,
    expected: ExpectedCost,
    turn: Turn
  ): Promise<Outcome> => {
    const hand: Hand = { turn, hearing, isBroken: false, dueUsd: 0 }
    const events = notes.noted(key)
    const model =
      events === null
        ? pacedModel(vision, hand, estimateUsd, notes.of(key))
        : scriptedModel(options.baseUrl, () => events)
    try {
      return await describeOne(dependencies, model, hand, file, bytes, options, { stop: whenStopped, signal })
    } finally {
      dependencies.spending.settle(expected, hand.dueUsd)
      // Of a picture that needed no request.
      hand.turn?.done(null)
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
      // An answer that is noted already is paid for, and was counted when it was asked for.
      const isFree = options.isOffline || notes.noted(key) !== null
      const estimateUsd = isFree ? 0 : estimateCostUsd(options.model, options.baseUrl, size, options.detail)
      // What is under way may cost less than was thought.
      while (!maySpend(estimateUsd) && running.size > 0) await Promise.race(running)
      if (!maySpend(estimateUsd)) {
        await finish(file, null, { type: 'failed', failure: overLimit })
        continue
      }
      const expected = dependencies.spending.expect(estimateUsd)
      const pixels = size.width * size.height
      while (!hasRoomFor(pixels)) await Promise.race(running)
      pixelsInHand += pixels
      const turn = await pace.turn(whenStopped).catch((error: unknown) => {
        dependencies.spending.settle(expected)
        throw error
      })
      const outcome = describe({ file, key, bytes, estimateUsd }, expected, turn).then(async (answer) => {
        await conclude(file, key, answer)
        return answer
      })
      outcomes.set(key, outcome)
      start(
        outcome.finally(() => {
          pixelsInHand -= pixels
        })
      )
    }
  } finally {
    await Promise.all(running)
  }
  whenStopped.throwIfAborted()
}

async function describeOne(
  dependencies: BatchDependencies,
  vision: VisionModel,
  hand: Hand,
  file: PictureFile,
  bytes: Uint8Array,
  options: BatchOptions,
  { stop, signal }: { stop: AbortSignal; signal: AbortSignal }
): Promise<Outcome> {
  for (let attempts = 1; ; attempts += 1) {
    // Here, and not when the describer sends: it counts the time from then on.
    hand.turn ??= await hand.hearing.pace.turn(stop)
    hand.isBroken = false
    try {
      const description = await describeFile(dependencies, vision, { file, bytes }, options, signal)
      // The text alone is no description to be kept, and neither is half of one: the next run asks again.
      const why = description.warnings.find(({ code }) => code === 'provider-down' || hand.isBroken)
      if (options.isOffline || !why) return { type: 'described', description }
      if (why.code === 'provider-down' || attempts >= maxBroken) return { type: 'failed', failure: why }
    } catch (error) {
      if (isAbort(error) || signal.aborted) throw error
      const foreseen = asDescryError(error)
      if (foreseen.code !== 'rate-limited' || attempts >= maxAttempts)
        return failed(foreseen.cause instanceof DescryError ? foreseen.cause : foreseen)
    }
  }
}
