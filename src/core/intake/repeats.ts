import type { Clock } from '../ports/time.ts'

/** What identifies a new picture. Callers add what they need to get back. */
export interface ArrivedPicture {
  origin: 'clipboard' | 'file'
  sha256: string
  /** Of its pixels, see fingerprint.ts. */
  fingerprint: string
}

/** Remembers what has arrived, so that nothing is announced twice. */
export interface Repeats<Picture extends ArrivedPicture> {
  /** Whether Descry itself wrote it. */
  isOwn(picture: Picture): boolean
  /** Whether it repeats the last of either origin, or is the second copy from one PrintScreen. A copy counts once. */
  isDuplicate(picture: Picture): boolean
  /** Whether the bytes alone show that it is Descry's own or repeats the last picture. */
  isRepeat(sha256: string): boolean
  /** Pictures of the other origin that the same PrintScreen as a picture arriving now may have made. */
  possibleTwins(origin: Picture['origin']): Picture[]
  /** Remembers a new picture. */
  note(picture: Picture): void
  /** @param digest Of its bytes, or of its pixels. */
  noteOwnWrite(digest: string): void
  clear(): void
}

/** One PrintScreen may put a picture on the clipboard and in a folder; both come within this time. */
const sameEventMs = 5000
const ownWritesKept = 20

export function createRepeats<Picture extends ArrivedPicture>(clock: Clock): Repeats<Picture> {
  /** The last picture of each origin. When a program exits, a clipboard manager may put the same picture back. */
  const previous = new Map<Picture['origin'], Picture>()
  let recent: { picture: Picture; atMs: number }[] = []
  let ownWrites: string[] = []

  const isSame = (one: ArrivedPicture, other: ArrivedPicture): boolean =>
    one.sha256 === other.sha256 || one.fingerprint === other.fingerprint

  function possibleTwins(origin: Picture['origin']): Picture[] {
    recent = recent.filter(({ atMs }) => clock.nowMs() - atMs < sameEventMs)
    return recent.map(({ picture }) => picture).filter((one) => one.origin !== origin)
  }

  return {
    isOwn: ({ sha256, fingerprint }) => ownWrites.includes(sha256) || ownWrites.includes(fingerprint),
    isDuplicate(picture) {
      for (const before of previous.values()) if (isSame(before, picture)) return true
      const twin = possibleTwins(picture.origin).find((one) => isSame(one, picture))
      // If it is copied again later, that is a new event.
      recent = recent.filter((one) => one.picture !== twin)
      return twin !== undefined
    },
    isRepeat: (sha256) =>
      ownWrites.includes(sha256) || [...previous.values()].some((before) => before.sha256 === sha256),
    possibleTwins,
    note(picture) {
      previous.set(picture.origin, picture)
      recent.push({ picture, atMs: clock.nowMs() })
    },
    noteOwnWrite(digest) {
      ownWrites = [...ownWrites, digest].slice(-ownWritesKept)
    },
    clear() {
      previous.clear()
      recent = []
    }
  }
}
