import { hash } from 'node:crypto'
import { basename } from 'node:path'
import { createClipboardChanges } from './clipboard-changes.ts'
import { clipboardLabel } from './clipboard-pictures.ts'
import { findLossyTwin, isLossy } from './lossy-twin.ts'
import type { Dependencies } from '../dependencies.ts'
import { createWatchedFolders } from './watched-folders.ts'
import { isOnNetwork } from '#adapters/folders/network-places.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import type { Arrivals, ArrivedPicture } from '#core/intake/arrivals.ts'
import { offerToWatcher } from '#core/intake/clipboard-offer.ts'
import { fingerprint } from '#core/intake/fingerprint.ts'
import type { ClipboardContent } from '#core/ports/intake.ts'
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

/**
 * @param onPicture Hears of one picture after the other.
 * @param wanted Asked first, so that nothing is read or decoded in vain.
 */
export function createWatching(
  dependencies: Pick<Dependencies, 'clipboard' | 'folderWatcher' | 'decoder' | 'memory'>,
  onPicture: (picture: NewPicture) => void,
  report: (problem: string) => void,
  wanted: Pick<Arrivals<NewPicture>, 'isListening' | 'isRepeat' | 'possibleTwins'>,
  { slowMs = 2000 }: WatchingOptions = {}
): Watching {
  let stopClipboard: (() => void) | null = null
  // One at a time and in order: "the same picture as before" must mean the one before.
  let queue: Promise<void> = Promise.resolve()
  let waiting = 0
  let waitingBytes = 0
  /** Digest of the newest picture that was found, if it was copied. */
  let newest: string | null = null
  let isClosed = false

  const tell = (error: unknown): void => report(asDescryError(error).message)
  const changes = createClipboardChanges({ read: contentNow, onContent: take, onProblem: tell, slowMs })
  const folders = createWatchedFolders(
    dependencies.folderWatcher,
    (path) => {
      newest = null
      inTurn(() => fileCame(path))
    },
    tell
  )

  function inTurn(work: () => Promise<void>): void {
    waiting += 1
    queue = queue
      .then(() => {
        waiting -= 1
        return isClosed ? undefined : work()
      })
      .catch(tell)
  }

  async function offer(origin: 'clipboard' | 'file', label: string, bytes: Uint8Array): Promise<void> {
    if (wanted.isRepeat(hash('sha256', bytes))) return
    await changes.letReadingsPass()
    const picture = await dependencies.decoder.decode(bytes)
    await changes.letReadingsPass()
    const twin = await findLossyTwin(dependencies.decoder, picture, wanted.possibleTwins(origin))
    const print = twin?.fingerprint ?? fingerprint(picture)
    onPicture({ origin, label, bytes, isLossy: isLossy(picture), sha256: picture.sha256, fingerprint: print })
  }

  /** Null when nobody wants it, or the program that holds it never hands it over: that would be told of at each copy of text. */
  async function contentNow(): Promise<ClipboardContent | null> {
    if (waitingBytes > maxWaitingBytes) await queue
    if (isClosed || !wanted.isListening()) return null
    try {
      return await dependencies.clipboard.read({ isForWatcher: true })
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
      stopClipboard ??= dependencies.clipboard.watch(() => changes.note())
    } catch (error) {
      tell(error)
    }
  }

  return {
    clipboard: () => stopClipboard !== null,
    folders: () => folders.list(),
    coming: () => waiting,
    async start(chosen) {
      isClosed = false
      watchClipboard()
      await folders.watch(chosen)
      // From now on mostly nothing happens, with what the program's start has left behind.
      dependencies.memory.soon()
    },
    close() {
      isClosed = true
      stopClipboard?.()
      stopClipboard = null
      folders.close()
    }
  }
}
