import type { Clock } from '../ports/time.ts'

/** What is known of a new picture before anybody is told of it. Callers add what they need to get back. */
export interface ArrivedPicture {
  origin: 'clipboard' | 'file'
  sha256: string
  /** Of its pixels, see fingerprint.ts. */
  fingerprint: string
}

/** What has come already, so that nothing is told of twice. */
export interface Repeats<Picture extends ArrivedPicture> {
  /** Descry itself put it there. */
  isOwn(picture: Picture): boolean
  /** The last of its origin once more, or the twin that one PrintScreen made with it. Each has one twin: it is used up. */
  isDuplicate(picture: Picture): boolean
  /** As far as that can be told from the bytes alone. */
  isRepeat(sha256: string): boolean
  /** Pictures of the other origin that one PrintScreen may have made together with one that comes now. */
  possibleTwins(origin: Picture['origin']): Picture[]
  /** It is new. */
  note(picture: Picture): void
  /** @param digest of its bytes, or of its pixels. */
  noteOwnWrite(digest: string): void
  clear(): void
}

/** One PrintScreen may put a picture on the clipboard and in a folder; both come within this time. */
const sameEventMs = 5000
const ownWritesKept = 20

export function createRepeats<Picture extends ArrivedPicture>(clock: Clock): Repeats<Picture> {
  /** Each the last: when a program ends, a clipboard manager may put there what was there already. */
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
      // Copied again later, it is a new event.
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
