import { hash } from 'node:crypto'
import { basename, dirname, resolve } from 'node:path'
import { clipboardLabel } from './clipboard-pictures.ts'
import type { Parts } from './parts.ts'
import { isOnNetwork } from '#adapters/folders/network-places.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import type { Arrivals, ArrivedPicture } from '#core/intake/arrivals.ts'
import { offerToWatcher } from '#core/intake/clipboard-offer.ts'
import { comparedPixels, fingerprint } from '#core/intake/fingerprint.ts'
import { isAlike } from '#core/intake/likeness.ts'
import type { ClipboardContent, DecodedPicture } from '#core/ports.ts'
import { asDescryError } from '#shared/errors.ts'

/** A new picture with what the list needs of it. */
export interface NewPicture extends ArrivedPicture {
  label: string
  bytes: Uint8Array
  isLossy: boolean
}

/** The two watchers: clipboard and screenshot folders. */
export interface Watching {
  clipboard(): boolean
  folders(): string[]
  /** How many pictures have been found and wait for their turn. */
  coming(): number
  /**
   * Starts what is not running, with these folders, and ends others. What cannot be watched is reported, and the rest
   * goes on.
   */
  start(folders: string[]): Promise<void>
  close(): void
}

export interface WatchingOptions {
  /** A program that takes longer to hand over what was copied holds up no other, and counts only while nothing else is copied; default 2000. */
  slowMs?: number
}

/** Copied pictures that wait for their turn hold so much memory; the next is read when they have had it. */
const maxWaitingBytes = 64 * 1024 * 1024
const maxReadings = 3
/** What a screenshot program may save beside the lossless picture that it copies. */
const lossyMimes = new Set(['image/jpeg', 'image/webp', 'image/avif', 'image/heic', 'image/heif'])
/** Of those that came just now; more than one or two are a burst. */
const maxTwinsCompared = 3
/** Pictures that were read wait for those that are being read, but not long for a program that does not answer. */
const waitForReadingMs = 5
const maxWaitsForReading = 20

/**
 * @param onPicture Hears of one picture after the other.
 * @param wanted Asked first, so that nothing is read or decoded in vain.
 */
export function createWatching(
  parts: Pick<Parts, 'clipboard' | 'folderWatcher' | 'decoder' | 'memory'>,
  onPicture: (picture: NewPicture) => void,
  report: (problem: string) => void,
  wanted: Pick<Arrivals<NewPicture>, 'isListening' | 'isRepeat' | 'possibleTwins'>,
  { slowMs = 2000 }: WatchingOptions = {}
): Watching {
  let stopClipboard: (() => void) | null = null
  /** By folder. */
  const stopFolders = new Map<string, () => void>()
  // One at a time and in order: "the same picture as before" must mean the one before.
  let queue: Promise<void> = Promise.resolve()
  let waiting = 0
  let waitingBytes = 0
  /** Digest of the newest picture that was found, if it was copied. */
  let newest: string | null = null
  /** Counts the clipboard's changes. */
  let changes = 0
  let readings = 0
  let isBehind = false
  let isClosed = false
  /** One start after the other. */
  let starting: Promise<void> = Promise.resolve()

  const tell = (error: unknown): void => report(asDescryError(error).message)

  function inTurn(work: () => Promise<void>): void {
    waiting += 1
    queue = queue
      .then(() => {
        waiting -= 1
        return isClosed ? undefined : work()
      })
      .catch(tell)
  }

  /** What is read may be gone in a moment; what was read can wait. */
  async function letReadingsPass(): Promise<void> {
    for (let waits = 0; waits < maxWaitsForReading; waits += 1) {
      if (readings === 0) return
      await new Promise((pass) => setTimeout(pass, waitForReadingMs))
    }
  }

  async function offer(origin: 'clipboard' | 'file', label: string, bytes: Uint8Array): Promise<void> {
    if (wanted.isRepeat(hash('sha256', bytes))) return
    await letReadingsPass()
    const picture = await parts.decoder.decode(bytes)
    await letReadingsPass()
    const isLossy = lossyMimes.has(picture.mime)
    const twin = await lossyTwin(picture, isLossy, wanted.possibleTwins(origin))
    const print = twin?.fingerprint ?? fingerprint(picture)
    onPicture({ origin, label, bytes, isLossy, sha256: picture.sha256, fingerprint: print })
  }

  /** The picture that one PrintScreen made together with this one, if one of them is a lossy copy of the other. */
  async function lossyTwin(
    picture: DecodedPicture,
    isLossy: boolean,
    candidates: NewPicture[]
  ): Promise<NewPicture | null> {
    for (const candidate of candidates.slice(-maxTwinsCompared)) {
      if (!isLossy && !candidate.isLossy) continue
      const other = await parts.decoder.decode(candidate.bytes)
      if (other.width !== picture.width || other.height !== picture.height) continue
      if (isAlike(other.pixels(comparedPixels), picture.pixels(comparedPixels))) return candidate
    }
    return null
  }

  /**
   * Each change is read at once, also while an older one is being read: the program that held that may have gone without
   * an answer. When several already are, the last change waits for one of them.
   */
  function clipboardChanged(): void {
    changes += 1
    if (readings < maxReadings) void readClipboard(changes)
    else isBehind = true
  }

  async function readClipboard(change: number): Promise<void> {
    readings += 1
    let isSlow = false
    const pass = (): void => {
      readings -= 1
      if (!isBehind) return
      isBehind = false
      void readClipboard(changes)
    }
    const limit = setTimeout(() => {
      isSlow = true
      pass()
    }, slowMs)
    const content = await contentNow().catch(tell)
    clearTimeout(limit)
    if (content && !(isSlow && change !== changes)) take(content)
    if (!isSlow) pass()
  }

  /** Null when nobody wants it, or the program that holds it never hands it over: that would be told of at each copy of text. */
  async function contentNow(): Promise<ClipboardContent | null> {
    if (waitingBytes > maxWaitingBytes) await queue
    if (isClosed || !wanted.isListening()) return null
    try {
      return await parts.clipboard.read({ isForWatcher: true })
    } catch (error) {
      if (asDescryError(error).code === 'timed-out') return null
      throw error
    }
  }

  function take(content: ClipboardContent): void {
    const offered = offerToWatcher(content)
    if (offered?.kind === 'picture') {
      const { bytes } = offered
      // Many programs put a picture there twice. The second is not on its way, so the first is announced at once.
      const digest = hash('sha256', bytes)
      if (digest === newest) return
      newest = digest
      waitingBytes += bytes.length
      inTurn(() => {
        waitingBytes -= bytes.length
        return offer('clipboard', clipboardLabel, bytes).catch((error: unknown) => {
          // Copied again, it is tried again.
          if (newest === digest) newest = null
          throw error
        })
      })
    } else if (offered?.kind === 'files') {
      // Who copies files has asked for nothing, so that what is wrong with them is not told.
      newest = null
      for (const path of offered.places) inTurn(() => copiedFile(path).catch(() => undefined))
    }
  }

  async function copiedFile(path: string): Promise<void> {
    if (!(await isOnNetwork(path))) await offer('clipboard', basename(path), await readPictureFile(path))
  }

  async function fileCame(path: string): Promise<void> {
    if (!wanted.isListening()) return
    try {
      await offer('file', basename(path), await readPictureFile(path))
    } catch (error) {
      // Deleted again before its turn.
      if (asDescryError(error).code !== 'not-found') throw error
    }
  }

  function watchClipboard(): void {
    try {
      stopClipboard ??= parts.clipboard.watch(clipboardChanged)
    } catch (error) {
      tell(error)
    }
  }

  async function watchFolder(folder: string): Promise<void> {
    try {
      const stop = await parts.folderWatcher.watch(folder, (path) => {
        // One inside another tells of its pictures itself.
        const own = dirname(path)
        if (own !== folder && stopFolders.has(own)) return
        newest = null
        inTurn(() => fileCame(path))
      })
      if (isClosed) stop()
      else stopFolders.set(folder, stop)
    } catch (error) {
      tell(error)
    }
  }

  function leaveFolders(isLeft: (folder: string) => boolean): void {
    for (const [folder, stop] of stopFolders) {
      if (!isLeft(folder)) continue
      stop()
      stopFolders.delete(folder)
    }
  }

  async function startFolders(folders: Set<string>): Promise<void> {
    // In one that stays, a file may be on its way.
    leaveFolders((folder) => !folders.has(folder))
    await Promise.all([...folders].filter((folder) => !stopFolders.has(folder)).map(watchFolder))
  }

  return {
    clipboard: () => stopClipboard !== null,
    folders: () => [...stopFolders.keys()],
    coming: () => waiting,
    async start(folders) {
      isClosed = false
      watchClipboard()
      starting = starting.then(() => startFolders(new Set(folders.map((folder) => resolve(folder)))))
      await starting
      // From now on mostly nothing happens, with what the program's start has left behind.
      parts.memory.soon()
    },
    close() {
      isClosed = true
      stopClipboard?.()
      stopClipboard = null
      leaveFolders(() => true)
    }
  }
}
