import type { ArrivalMode } from '#shared/settings.ts'
import type { Clock } from '../ports.ts'

/** What is known of a new picture before anybody is told of it. Callers add what they need to get back. */
export interface ArrivedPicture {
  origin: 'clipboard' | 'file'
  sha256: string
  /** Of its pixels, see fingerprint.ts. */
  fingerprint: string
}

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

/** One PrintScreen may put a picture on the clipboard and in a folder; both come within this time. */
const sameEventMs = 5000
const cancelMs = 500
const waitingMs = 5 * 60_000
const minuteMs = 60_000
const maxInMinute = 10
const ownWritesKept = 20
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
 * Decides what happens with each new picture (Manners 5 and 6). Never the same twice in a row, one event for one
 * PrintScreen, never what Descry wrote itself. One picture is announced or described at once; many at once are one event:
 * they are kept and their number is said when no more come. After ten events in a minute it pauses aloud; such a pause
 * lasts whole minutes, keeps the pictures, and ends with the first minute in which fewer than ten came.
 */
export function createArrivals<Picture extends ArrivedPicture>(options: ArrivalsOptions<Picture>): Arrivals<Picture> {
  const { clock, mode, coming = () => 0 } = options
  /** Each the last: when a program ends, a clipboard manager may put there what was there already. */
  const previous = new Map<Picture['origin'], Picture>()
  let recent: { picture: Picture; atMs: number }[] = []
  let waiting: { picture: Picture; untilMs: number } | null = null
  let ownWrites: string[] = []
  let burst: Burst | null = null
  /** In their half second, which `cancel` ends. */
  const pending = new Map<Picture, { burst: Burst; cancel: () => void }>()
  /** When each event of the last minute began. */
  let eventsMs: number[] = []
  let pause: { untilMs: number; isByUser: boolean; arrived: number; cancel: () => void } | null = null

  const isSame = (one: ArrivedPicture, other: ArrivedPicture): boolean =>
    one.sha256 === other.sha256 || one.fingerprint === other.fingerprint

  const possibleTwins = (origin: Picture['origin']): Picture[] => {
    recent = recent.filter(({ atMs }) => clock.nowMs() - atMs < sameEventMs)
    return recent.map(({ picture }) => picture).filter((one) => one.origin !== origin)
  }

  const isDuplicate = (picture: Picture): boolean => {
    for (const before of previous.values()) if (isSame(before, picture)) return true
    const twin = possibleTwins(picture.origin).find((one) => isSame(one, picture))
    // Each has one twin: copied again later, it is a new event.
    recent = recent.filter((one) => one.picture !== twin)
    return twin !== undefined
  }

  const wait = (picture: Picture): void => {
    waiting = { picture, untilMs: clock.nowMs() + waitingMs }
  }

  const keep = (picture: Picture): void => {
    wait(picture)
    options.onKept(picture)
  }

  const pauseForMinute = (): void => {
    const cancel = clock.after(minuteMs, () => {
      if (!pause) return
      if (pause.arrived >= maxInMinute) return pauseForMinute()
      endPause()
      options.onResumed()
    })
    pause = { untilMs: clock.nowMs() + minuteMs, isByUser: false, arrived: 0, cancel }
  }

  function endPause(): void {
    pause?.cancel()
    pause = null
    eventsMs = []
  }

  /** Counts an event; true while paused, also when it is this one that begins the pause. */
  const isTooMany = (): boolean => {
    const nowMs = clock.nowMs()
    if (pause) {
      pause.arrived += 1
      return true
    }
    eventsMs = eventsMs.filter((atMs) => nowMs - atMs < minuteMs)
    if (eventsMs.length < maxInMinute) {
      eventsMs.push(nowMs)
      return false
    }
    pauseForMinute()
    options.onPaused()
    return true
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
    if (!burst && isTooMany()) {
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
    isListening: () => mode() !== 'off' && !pause?.isByUser,
    isRepeat: (sha256) =>
      ownWrites.includes(sha256) || [...previous.values()].some((before) => before.sha256 === sha256),
    possibleTwins,
    offer(picture) {
      if (mode() === 'off' || pause?.isByUser) return 'ignored'
      if (ownWrites.includes(picture.sha256) || ownWrites.includes(picture.fingerprint)) return 'own'
      if (isDuplicate(picture)) return 'duplicate'
      previous.set(picture.origin, picture)
      recent.push({ picture, atMs: clock.nowMs() })
      return take(picture)
    },
    takeWaiting() {
      const taken = waiting && clock.nowMs() < waiting.untilMs ? waiting.picture : null
      waiting = null
      return taken
    },
    cancelPending: () => keepPending() > 0,
    noteOwnWrite(digest) {
      ownWrites = [...ownWrites, digest].slice(-ownWritesKept)
    },
    pauseFor(ms) {
      endPause()
      endBurst()
      keepPending()
      const cancel = clock.after(ms, () => {
        endPause()
        options.onResumed()
      })
      pause = { untilMs: clock.nowMs() + ms, isByUser: true, arrived: 0, cancel }
    },
    resume: endPause,
    pausedUntilMs: () => pause?.untilMs ?? null,
    close() {
      for (const { cancel } of pending.values()) cancel()
      pending.clear()
      endPause()
      endBurst()
      previous.clear()
      recent = []
      waiting = null
    }
  }
}
