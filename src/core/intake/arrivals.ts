import type { ArrivalMode } from '#shared/settings.ts'
import type { Clock } from '../ports/time.ts'
import { createPauses } from './pauses.ts'
import { type ArrivedPicture, createRepeats } from './repeats.ts'

/**
 * ready: announced. describing: after half a second. counted: one of many, which are announced together. kept: nothing is
 * said, it waits. own: Descry wrote it.
 */
export type ArrivalOutcome = 'ready' | 'describing' | 'counted' | 'kept' | 'duplicate' | 'own' | 'ignored'

export interface ArrivalsOptions<Picture extends ArrivedPicture> {
  clock: Clock
  /** The user's choice now: `ready` also stands for `describe` while sending is off. */
  mode: () => ArrivalMode
  /** How many more pictures are known to be on their way; 0 by default. */
  coming?: () => number
  /** Put it in the list and say "picture ready". */
  onReady: (picture: Picture) => void
  /** Say how many pictures are ready: several came at once, and all are in the list. */
  onCounted: (count: number) => void
  /** Send it: the half second is over. */
  onDescribe: (picture: Picture) => void
  /**
   * Put it in the list and say nothing: it is one of many, too many came in a minute, or the user stopped it before it was
   * sent.
   */
  onKept: (picture: Picture) => void
  /** Say that watching is paused because of too many pictures; and that it goes on, after any pause. */
  onPaused: () => void
  onResumed: () => void
}

export interface Arrivals<Picture extends ArrivedPicture> {
  /** False while nothing that is offered would be wanted: switched off, or paused by the user. */
  isListening(): boolean
  /** Whether these bytes would be a duplicate or Descry's own, so that nobody need decode them. */
  isRepeat(sha256: string): boolean
  offer(picture: Picture): ArrivalOutcome
  /** Pictures of the other origin that one PrintScreen may have made together with one that comes now. */
  possibleTwins(origin: Picture['origin']): Picture[]
  /** The newest picture that was announced or kept and not taken yet, for five minutes. */
  takeWaiting(): Picture | null
  /** Stop: what has not been sent yet is kept instead. True when there was something. */
  cancelPending(): boolean
  /** What Descry itself puts on the clipboard or in a folder: the digest of its bytes, or of its pixels. */
  noteOwnWrite(digest: string): void
  /** The user's pause: what comes meanwhile is ignored, as if switched off. Nothing is said here. */
  pauseFor(ms: number): void
  /** Ends any pause at once. Nothing is said here. */
  resume(): void
  /** Until when watching is paused at the earliest, on the clock; null when it is not. */
  pausedUntilMs(): number | null
  close(): void
}

const cancelMs = 500
const waitingMs = 5 * 60_000
/** Pictures that come within this time of each other came at once. */
const quietMs = 700
/** A stream of pictures that does not end is counted aloud so often; */
const maxBurstMs = 3000
/** but those that are known to be on their way are waited for, so that they are counted once. */
const maxKnownBurstMs = 15_000
/** More at once are not sent unasked. */
const maxDescribedAtOnce = 3

/** Pictures that came at once. */
interface Burst {
  beganMs: number
  all: number
  /** In the list, and not sent. */
  inList: number
  /** Something is in the list that the user was not told of. */
  isUntold: boolean
  /** Ends the wait for its end. */
  cancel: () => void
}

/**
 * Decides what happens with each new picture (behavior B5 and B6). Never the same twice in a row, one event for one
 * PrintScreen, never what Descry wrote itself. One picture is announced or described at once; many at once are one event:
 * they are kept and their number is said when no more come. After ten events in a minute it pauses aloud; such a pause
 * lasts whole minutes, keeps the pictures, and ends with the first minute in which fewer than ten came.
 */
export function createArrivals<Picture extends ArrivedPicture>(options: ArrivalsOptions<Picture>): Arrivals<Picture> {
  const { clock, mode, coming = () => 0 } = options
  const repeats = createRepeats<Picture>(clock)
  const pauses = createPauses(options)
  let waiting: { picture: Picture; untilMs: number } | null = null
  let burst: Burst | null = null
  /** In their half second, which `cancel` ends. */
  const pending = new Map<Picture, { burst: Burst; cancel: () => void }>()
  const isListening = (): boolean => mode() !== 'off' && !pauses.isByUser()

  const wait = (picture: Picture): void => {
    waiting = { picture, untilMs: clock.nowMs() + waitingMs }
  }

  const keep = (picture: Picture): void => {
    wait(picture)
    options.onKept(picture)
  }

  const endBurst = (): void => {
    burst?.cancel()
    burst = null
  }

  /** Ends the burst when no more pictures come, and says how many there are. */
  const settleLater = (current: Burst): void => {
    current.cancel()
    const dueMs = Math.min(clock.nowMs() + quietMs, current.beganMs + maxBurstMs)
    current.cancel = clock.after(Math.max(0, dueMs - clock.nowMs()), function settle() {
      if (coming() > 0 && clock.nowMs() < current.beganMs + maxKnownBurstMs) {
        current.cancel = clock.after(quietMs, settle)
        return
      }
      endBurst()
      if (current.isUntold) options.onCounted(current.inList)
    })
  }

  const describeSoon = (picture: Picture, current: Burst): void => {
    const cancel = clock.after(cancelMs, () => {
      pending.delete(picture)
      // The user may have switched sending off meanwhile.
      if (mode() === 'describe') options.onDescribe(picture)
      else keep(picture)
    })
    pending.set(picture, { burst: current, cancel })
  }

  /** What would have been described is kept instead. */
  function keepPending(): number {
    const cancelled = [...pending]
    pending.clear()
    for (const [picture, { burst: itsBurst, cancel }] of cancelled) {
      cancel()
      itsBurst.inList += 1
      keep(picture)
    }
    return cancelled.length
  }

  /** What becomes of a picture that is new and wanted. */
  function take(picture: Picture): ArrivalOutcome {
    if (!burst && pauses.isTooMany()) {
      keep(picture)
      return 'kept'
    }
    burst ??= { beganMs: clock.nowMs(), all: 0, inList: 0, isUntold: false, cancel: () => undefined }
    burst.all += 1
    settleLater(burst)
    const atOnce = burst.all + coming()
    if (mode() === 'describe' && atOnce <= maxDescribedAtOnce) {
      describeSoon(picture, burst)
      return 'describing'
    }
    if (mode() === 'ready' && atOnce === 1) {
      burst.inList = 1
      wait(picture)
      options.onReady(picture)
      return 'ready'
    }
    keepPending()
    burst.inList += 1
    burst.isUntold = true
    keep(picture)
    return 'counted'
  }

  return {
    isListening,
    isRepeat: (sha256) => repeats.isRepeat(sha256),
    possibleTwins: (origin) => repeats.possibleTwins(origin),
    offer(picture) {
      if (!isListening()) return 'ignored'
      if (repeats.isOwn(picture)) return 'own'
      if (repeats.isDuplicate(picture)) return 'duplicate'
      repeats.note(picture)
      return take(picture)
    },
    takeWaiting() {
      const taken = waiting && clock.nowMs() < waiting.untilMs ? waiting.picture : null
      waiting = null
      return taken
    },
    cancelPending: () => keepPending() > 0,
    noteOwnWrite: (digest) => repeats.noteOwnWrite(digest),
    pauseFor(ms) {
      endBurst()
      keepPending()
      pauses.pauseFor(ms)
    },
    resume: () => pauses.end(),
    pausedUntilMs: () => pauses.untilMs(),
    close() {
      for (const { cancel } of pending.values()) cancel()
      pending.clear()
      pauses.end()
      endBurst()
      repeats.clear()
      waiting = null
    }
  }
}
