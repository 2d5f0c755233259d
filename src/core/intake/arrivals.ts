import type { ArrivalMode } from '#shared/settings.ts'
import type { Clock } from '../ports.ts'

/** What is known of a new picture before anybody is told of it. Callers add what they need to get back. */
export interface ArrivedPicture {
  origin: 'clipboard' | 'file'
  sha256: string
  /** Of its pixels, see fingerprint.ts. */
  fingerprint: string
}

/** ready: announced. describing: after half a second. kept: nothing is said, it waits. own: Descry wrote it. */
export type ArrivalOutcome = 'ready' | 'describing' | 'kept' | 'duplicate' | 'own' | 'ignored'

export interface ArrivalsOptions<Picture extends ArrivedPicture> {
  clock: Clock
  /** The user's choice now: `ready` also stands for `describe` while sending is off. */
  mode: () => ArrivalMode
  /** Say "picture ready". */
  onReady: (picture: Picture) => void
  /** Send it: the half second is over. */
  onDescribe: (picture: Picture) => void
  /** Put it in the list and say nothing: watching is paused, or the user stopped it before it was sent. */
  onKept: (picture: Picture) => void
  /** Say that watching is paused; and that it goes on. */
  onPaused: () => void
  onResumed: () => void
}

export interface Arrivals<Picture extends ArrivedPicture> {
  offer(picture: Picture): ArrivalOutcome
  /** The newest picture that was announced or kept and not taken yet, for five minutes. */
  takeWaiting(): Picture | null
  /** Stop: what has not been sent yet is kept instead. True when there was something. */
  cancelPending(): boolean
  /** What Descry itself puts on the clipboard or in a folder: the digest of its bytes, or of its pixels. */
  noteOwnWrite(digest: string): void
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

/**
 * Decides what happens with each new picture (Manners 5 and 6). Never the same twice in a row, one event for one
 * PrintScreen, never what Descry wrote itself. After ten announced or described in a minute it pauses aloud; a pause
 * lasts whole minutes and ends with the first in which fewer than ten pictures came. Pictures are kept meanwhile.
 */
export function createArrivals<Picture extends ArrivedPicture>(options: ArrivalsOptions<Picture>): Arrivals<Picture> {
  const { clock, mode } = options
  let previous: Picture | null = null
  let recent: { picture: Picture; atMs: number }[] = []
  let waiting: { picture: Picture; untilMs: number } | null = null
  let ownWrites: string[] = []
  /** Picture to the function that cancels its half second. */
  const pending = new Map<Picture, () => void>()
  /** When each picture of the last minute came. */
  let arrivedMs: number[] = []
  let pause: { untilMs: number; arrived: number; cancel: () => void } | null = null

  const isSame = (one: ArrivedPicture, other: ArrivedPicture): boolean =>
    one.sha256 === other.sha256 || one.fingerprint === other.fingerprint

  const isDuplicate = (picture: Picture): boolean => {
    if (previous && isSame(previous, picture)) return true
    recent = recent.filter(({ atMs }) => clock.nowMs() - atMs < sameEventMs)
    const twin = recent.find((one) => one.picture.origin !== picture.origin && isSame(one.picture, picture))
    // Each has one twin: copied again later, it is a new event.
    if (twin) recent = recent.filter((one) => one !== twin)
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
      pause = null
      arrivedMs = []
      options.onResumed()
    })
    pause = { untilMs: clock.nowMs() + minuteMs, arrived: 0, cancel }
  }

  const isTooMany = (): boolean => {
    const nowMs = clock.nowMs()
    if (pause) {
      pause.arrived += 1
      return true
    }
    arrivedMs = arrivedMs.filter((atMs) => nowMs - atMs < minuteMs)
    if (arrivedMs.length < maxInMinute) {
      arrivedMs.push(nowMs)
      return false
    }
    pauseForMinute()
    options.onPaused()
    return true
  }

  const describeSoon = (picture: Picture): void => {
    const cancel = clock.after(cancelMs, () => {
      pending.delete(picture)
      // The user may have switched sending off meanwhile.
      if (mode() === 'describe') options.onDescribe(picture)
      else keep(picture)
    })
    pending.set(picture, cancel)
  }

  return {
    offer(picture) {
      const now = mode()
      if (now === 'off') return 'ignored'
      if (ownWrites.includes(picture.sha256) || ownWrites.includes(picture.fingerprint)) return 'own'
      if (isDuplicate(picture)) return 'duplicate'
      previous = picture
      recent.push({ picture, atMs: clock.nowMs() })
      if (isTooMany()) {
        keep(picture)
        return 'kept'
      }
      if (now === 'describe') {
        describeSoon(picture)
        return 'describing'
      }
      wait(picture)
      options.onReady(picture)
      return 'ready'
    },
    takeWaiting() {
      const taken = waiting && clock.nowMs() < waiting.untilMs ? waiting.picture : null
      waiting = null
      return taken
    },
    cancelPending() {
      const cancelled = [...pending]
      pending.clear()
      for (const [picture, cancel] of cancelled) {
        cancel()
        keep(picture)
      }
      return cancelled.length > 0
    },
    noteOwnWrite(digest) {
      ownWrites = [...ownWrites, digest].slice(-ownWritesKept)
    },
    pausedUntilMs: () => pause?.untilMs ?? null,
    close() {
      for (const cancel of pending.values()) cancel()
      pending.clear()
      pause?.cancel()
      pause = null
      previous = null
      recent = []
      waiting = null
    }
  }
}
