import { describeFile } from './file-describing.ts'
import type { PictureFile } from './picture-list.ts'
import { scriptedModel } from './scripted-model.ts'
import { failed, type Asking, type BatchOptions, type BatchParts, type Outcome } from './terms.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import { readPictureHeader } from '#adapters/pictures/picture-header.ts'
import { createPace, type Pace, type Turn } from '#core/batch/pace.ts'
import { duration } from '#core/batch/progress.ts'
import type { VisionEvent, VisionModel } from '#core/ports.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import type { Description } from '#shared/caption.ts'
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

/** The answers themselves, so that not even one that comes just before a kill is paid for twice. */
export interface AnswerNotes {
  /** From earlier runs, which did not get further with them. */
  noted: (key: string) => VisionEvent[] | null
  /** Resolves when the answer is safe on the disk. */
  note: (key: string, events: VisionEvent[]) => Promise<void>
}

/** Asks about each picture by itself, side by side, as fast as the provider's rate limits allow. */
export async function describeLive(
  parts: BatchParts,
  { files, options, keys, guard, overLimit, finish, onNote, stop, signal }: Asking,
  described: ReadonlyMap<string, Description>,
  { noted, note }: AnswerNotes
): Promise<void> {
  const vision = parts.connectVision(options.baseUrl, options.apiKey)
  const untold = vision.isLocal ? maxInFlightUntold.local : maxInFlightUntold.remote
  const pace = createPace({
    clock: parts.clock,
    maxInFlight,
    maxInFlightUntold: untold,
    onLongWait: (waitMs) => onNote(`Waiting ${duration(waitMs)} for the provider.`)
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
  const describe = async (file: PictureFile, key: string, bytes: Uint8Array, turn: Turn): Promise<Outcome> => {
    const hand: Hand = { turn, hearing, isBroken: false }
    const events = noted(key)
    const model =
      events === null
        ? pacedModel(vision, hand, (answer) => note(key, answer))
        : scriptedModel(options.baseUrl, () => events)
    try {
      return await describeOne(parts, model, hand, file, bytes, options, { stop: whenStopped, signal })
    } finally {
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
      // An answer that is noted already is paid for.
      const isFree = options.isOffline || noted(key) !== null
      const estimateUsd = isFree ? 0 : estimateCostUsd(options.model, options.baseUrl, size, options.detail)
      if (guard.decide(estimateUsd) !== 'send') {
        await finish(file, null, { type: 'failed', failure: overLimit })
        continue
      }
      const release = guard.reserve(estimateUsd)
      const pixels = size.width * size.height
      while (!hasRoomFor(pixels)) await Promise.race(running)
      pixelsInHand += pixels
      const turn = await pace.turn(whenStopped)
      const outcome = describe(file, key, bytes, turn).then(async (answer) => {
        await conclude(file, key, answer)
        return answer
      })
      outcomes.set(key, outcome)
      start(
        outcome.finally(() => {
          release()
          pixelsInHand -= pixels
        })
      )
    }
  } finally {
    await Promise.all(running)
  }
  whenStopped.throwIfAborted()
}

/** What all pictures of a run have in common. */
interface Hearing {
  readonly pace: Pace
  /** The provider has answered in this run: where it is silent now, it may come back. */
  hasHeard: boolean
}

/** The turn that one picture holds, until its request is sent. */
interface Hand {
  turn: Turn | null
  readonly hearing: Hearing
  /** The last answer broke off. */
  isBroken: boolean
}

async function describeOne(
  parts: BatchParts,
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
      const description = await describeFile(parts, vision, { file, bytes }, options, signal)
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

/** The model for one picture: its request takes the turn in hand, and the pace learns from every answer. */
function pacedModel(vision: VisionModel, hand: Hand, onAnswer: (events: VisionEvent[]) => Promise<void>): VisionModel {
  const { hearing } = hand
  return {
    provider: vision.provider,
    isLocal: vision.isLocal,
    async *stream(request, signal) {
      const turn = hand.turn ?? (await hearing.pace.turn(signal))
      hand.turn = null
      hand.isBroken = true
      let tokens: number | null = null
      const events: VisionEvent[] = []
      try {
        for await (const event of vision.stream(request, signal)) {
          if (event.type === 'started') turn.answered(event.limits ?? null)
          else events.push(event)
          if (event.type === 'finished') {
            if (event.usage) tokens = event.usage.inputTokens + event.usage.outputTokens
            await onAnswer(events)
            hand.isBroken = false
            hearing.hasHeard = true
          }
          yield event
        }
      } catch (error) {
        if (!(error instanceof DescryError) || !isPassing(error, hearing) || events.length > 0) throw error
        if (error.code === 'rate-limited') turn.refused(error.retryAfterMs ?? null)
        else turn.unreachable()
        // The describer would try again at once after its wait, with all others. Here the pace says when.
        throw new DescryError('rate-limited', { cause: error, retryAfterMs: Number.POSITIVE_INFINITY })
      } finally {
        turn.done(tokens)
      }
    }
  }
}

/** A provider that was there a moment ago comes back; one that never was is told of at once. */
function isPassing({ code }: DescryError, { hasHeard }: Hearing): boolean {
  return code === 'rate-limited' || (code === 'provider-down' && hasHeard)
}
