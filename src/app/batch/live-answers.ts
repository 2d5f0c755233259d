import { describeFile } from './file-describing.ts'
import type { PictureFile } from './picture-list.ts'
import { scriptedModel } from './scripted-model.ts'
import type { BatchOptions, BatchParts, Finish, Outcome } from './terms.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import { readPictureHeader } from '#adapters/pictures/picture-header.ts'
import { createPace, type Pace, type Turn } from '#core/batch/pace.ts'
import type { VisionEvent, VisionModel } from '#core/ports.ts'
import { estimateCostUsd } from '#core/spending/estimate.ts'
import type { SpendingGuard } from '#core/spending/guard.ts'
import { asDescryError, DescryError, failure, isAbort, type ErrorCode, type Failure } from '#shared/errors.ts'

/** A provider far away takes seconds for an answer, and some allow ten requests a second. */
const maxInFlight = 48
/** Where no headers tell; a server at home works on few pictures at a time. */
const maxInFlightUntold = { remote: 16, local: 4 }
/** Decoded at the same time, unless one alone is larger: about half a gigabyte. */
const maxPixelsInHand = 120_000_000
const maxAttempts = 10
/** After these, every other picture would fail in the same way. */
const fatal = new Set<ErrorCode>(['no-key', 'bad-key', 'no-credit', 'over-limit', 'no-permission', 'model-gone'])
const maxSilences = 8

/** The answers themselves, so that not even one that comes just before a kill is paid for twice. */
export interface AnswerNotes {
  /** From earlier runs, which did not get further with them. */
  noted: (file: PictureFile) => VisionEvent[] | null
  /** Resolves when the answer is safe on the disk. */
  note: (file: PictureFile, events: VisionEvent[]) => Promise<void>
}

/** Asks about each picture by itself, side by side, as fast as the provider's rate limits allow. */
export async function describeLive(
  parts: BatchParts,
  files: PictureFile[],
  { options, guard, notes: { noted, note } }: { options: BatchOptions; guard: SpendingGuard; notes: AnswerNotes },
  finish: Finish,
  signal: AbortSignal
): Promise<void> {
  const vision = parts.connectVision(options.baseUrl, options.apiKey)
  const untold = vision.isLocal ? maxInFlightUntold.local : maxInFlightUntold.remote
  const pace = createPace({ clock: parts.clock, maxInFlight, maxInFlightUntold: untold })
  const running = new Set<Promise<void>>()
  let pixelsInHand = 0
  const hasRoomFor = (pixels: number): boolean => running.size === 0 || pixelsInHand + pixels <= maxPixelsInHand
  let silences = 0
  let whyStopped: Failure | null = null
  const stop = new AbortController()
  const whenStopped = AbortSignal.any([signal, stop.signal])

  const conclude = async (file: PictureFile, outcome: Outcome): Promise<void> => {
    const code = outcome.type === 'failed' ? outcome.failure.code : null
    silences = code === 'provider-down' ? silences + 1 : 0
    if (outcome.type === 'failed' && code !== null && (fatal.has(code) || silences >= maxSilences))
      whyStopped ??= outcome.failure
    await finish(file, outcome)
  }
  const work = async (file: PictureFile, bytes: Uint8Array, firstTurn: Turn): Promise<void> => {
    const hand: Hand = { turn: firstTurn, pace }
    const events = noted(file)
    const model =
      events === null
        ? pacedModel(vision, hand, (answer) => note(file, answer))
        : scriptedModel(options.baseUrl, () => events)
    try {
      await conclude(file, await describeOne(parts, model, hand, file, bytes, options, whenStopped))
    } catch (error) {
      // The journal cannot be written, or the user stopped: no further picture may be paid for.
      stop.abort(error)
    } finally {
      // Of a picture that needed no request.
      hand.turn?.done(null)
    }
  }

  try {
    for (const file of files) {
      whenStopped.throwIfAborted()
      if (whyStopped !== null) {
        await finish(file, { type: 'failed', failure: whyStopped })
        continue
      }
      let bytes: Uint8Array
      let size: { width: number; height: number }
      try {
        bytes = await readPictureFile(file.path)
        size = readPictureHeader(bytes)
      } catch (error) {
        await finish(file, { type: 'failed', failure: asDescryError(error).toFailure() })
        continue
      }
      // An answer that is noted already is paid for.
      const isFree = options.isOffline || noted(file) !== null
      const estimateUsd = isFree ? 0 : estimateCostUsd(options.model, options.baseUrl, size, options.detail)
      if (guard.decide(estimateUsd) !== 'send') {
        await finish(file, { type: 'failed', failure: failure('over-limit') })
        continue
      }
      const release = guard.reserve(estimateUsd)
      const pixels = size.width * size.height
      while (!hasRoomFor(pixels)) await Promise.race(running)
      pixelsInHand += pixels
      const turn = await pace.turn(whenStopped)
      const job = work(file, bytes, turn).finally(() => {
        release()
        pixelsInHand -= pixels
        running.delete(job)
      })
      running.add(job)
    }
  } finally {
    await Promise.all(running)
  }
  whenStopped.throwIfAborted()
}

/** The turn that one picture holds, until its request is sent. */
interface Hand {
  turn: Turn | null
  readonly pace: Pace
}

async function describeOne(
  parts: BatchParts,
  vision: VisionModel,
  hand: Hand,
  file: PictureFile,
  bytes: Uint8Array,
  options: BatchOptions,
  signal: AbortSignal
): Promise<Outcome> {
  for (let attempts = 1; ; attempts += 1) {
    // Here, and not when the describer sends: it counts the time from then on.
    hand.turn ??= await hand.pace.turn(signal)
    try {
      const description = await describeFile(parts, vision, { file, bytes }, options, signal)
      // The text alone is no description to be kept: the next run asks again.
      if (!options.isOffline && description.warnings.some(({ code }) => code === 'provider-down'))
        return { type: 'failed', failure: failure('provider-down') }
      return { type: 'described', description }
    } catch (error) {
      if (isAbort(error) || signal.aborted) throw error
      const foreseen = asDescryError(error)
      if (foreseen.code !== 'rate-limited' || attempts === maxAttempts)
        return { type: 'failed', failure: foreseen.toFailure() }
    }
  }
}

/** The model for one picture: its request takes the turn in hand, and the pace learns from every answer. */
function pacedModel(vision: VisionModel, hand: Hand, onAnswer: (events: VisionEvent[]) => Promise<void>): VisionModel {
  return {
    provider: vision.provider,
    isLocal: vision.isLocal,
    async *stream(request, signal) {
      const turn = hand.turn ?? (await hand.pace.turn(signal))
      hand.turn = null
      let tokens: number | null = null
      const events: VisionEvent[] = []
      try {
        for await (const event of vision.stream(request, signal)) {
          if (event.type === 'started') turn.answered(event.limits ?? null)
          else events.push(event)
          if (event.type === 'finished') {
            if (event.usage) tokens = event.usage.inputTokens + event.usage.outputTokens
            await onAnswer(events)
          }
          yield event
        }
      } catch (error) {
        if (!(error instanceof DescryError) || error.code !== 'rate-limited') throw error
        turn.refused(error.retryAfterMs ?? null)
        // The describer would try again at once after its wait, with all others. Here the pace says when.
        throw new DescryError('rate-limited', { cause: error, retryAfterMs: Number.POSITIVE_INFINITY })
      } finally {
        turn.done(tokens)
      }
    }
  }
}
