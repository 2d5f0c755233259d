import type { ArrivalMode } from '#shared/settings.ts'
import type { Clock } from '../ports/time.ts'
import { createPauses } from './pauses.ts'
import { type ArrivedPicture, createRepeats } from './repeats.ts'

/**
 * ready: announced. describing: sent after half a second. counted: one of many, which are announced together. kept:
 * added to the list without an announcement. own: written by Descry.
 */
export type ArrivalOutcome = 'ready' | 'describing' | 'counted' | 'kept' | 'duplicate' | 'own' | 'ignored'

export interface ArrivalsOptions<Picture extends ArrivedPicture> {
  clock: Clock
  /** The user's current choice; `ready` instead of `describe` while sending is off. */
  mode: () => ArrivalMode
  /** How many more pictures are known to be on their way; 0 by default. */
  coming?: () => number
  /** Adds it to the list and says "picture ready". */
  onReady: (picture: Picture) => void
  /** Says how many pictures are ready: several came at once, and all are in the list. */
  onCounted: (count: number) => void
  /** Sends it: the half second is over. */
  onDescribe: (picture: Picture) => void
  /**
   * Adds it to the list silently: it is one of many, too many came in a minute, or the user stopped it before it was
   * sent.
   */
  onKept: (picture: Picture) => void
  /** Says that watching is paused because of too many pictures. `onResumed` says that it resumed, after any pause. */
  onPaused: () => void
  onResumed: () => void
}

export interface Arrivals<Picture extends ArrivedPicture> {
  /** False while offered pictures would be ignored: switched off, or paused by the user. */
  isListening(): boolean
  /** Whether these bytes are a duplicate or Descry's own, and need not be decoded. */
  isRepeat(sha256: string): boolean
  offer(picture: Picture): ArrivalOutcome
  /** Pictures of the other origin that the same PrintScreen as a picture arriving now may have made. */
  possibleTwins(origin: Picture['origin']): Picture[]
  /** The newest picture of the last five minutes that was announced or kept and not taken yet. */
  takeWaiting(): Picture | null
  /** Keeps pictures that have not been sent yet instead of sending them. True if there were any. */
  cancelPending(): boolean
  /** Notes a picture that Descry itself writes to the clipboard or a folder, by a digest of its bytes or its pixels. */
  noteOwnWrite(digest: string): void
  /** The user's pause: new pictures are ignored, as if switched off. Says nothing. */
  pauseFor(ms: number): void
  /** Ends any pause at once. Says nothing. */
  resume(): void
  /** The earliest time at which the pause can end, on the clock; null if watching is not paused. */
  pausedUntilMs(): number | null
  close(): void
}

const cancelMs = 500
const waitingMs = 5 * 60_000
/** Pictures that come within this time of each other belong to one burst. */
const quietMs = 700
/** How often the count is announced while pictures keep coming. */
const maxBurstMs = 3000
/** Pictures known to be on their way are waited for this long, so that they are announced once. */
const maxKnownBurstMs = 15_000
/** If more come at once, none are sent automatically. */
const maxDescribedAtOnce = 3

/** Pictures that came at once. */
interface Burst {
  beganMs: number
  all: number
  /** How many are in the list and not sent. */
  inList: number
  /** The list has a picture that has not been announced. */
  isUntold: boolean
  /** Cancels the timer that ends the burst. */
  cancel: () => void
}

/**
 * Decides what happens to each new picture (behavior B5 and B6). Skips a picture that repeats the last one, the second
 * copy that a PrintScreen makes, and pictures that Descry wrote itself. A single picture is announced or described at
 * once. Many at once are one event: they are kept, and their number is announced when no more come. After ten events in
 * a minute, watching pauses with an announcement. That pause lasts whole minutes, keeps the pictures, and ends after
 * the first minute with fewer than ten events.
 */
export function createArrivals<Picture extends ArrivedPicture>(options: ArrivalsOptions<Picture>): Arrivals<Picture> {
  const { clock, mode, coming = () => 0 } = options
  const repeats = createRepeats<Picture>(clock)
  const pauses = createPauses(options)
  let waiting: { picture: Picture; untilMs: number } | null = null
  let burst: Burst | null = null
  /** Pictures in the half second before they are sent, and what cancels that wait. */
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

  /** Ends the burst when no more pictures come, and announces how many there are. */
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
      // The user may have turned sending off meanwhile.
      if (mode() === 'describe') options.onDescribe(picture)
      else keep(picture)
    })
    pending.set(picture, { burst: current, cancel })
  }

  /** Keeps the pictures that were about to be described. */
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

  /** Decides what happens to a picture that is not ignored. */
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
