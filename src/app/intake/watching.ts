import { hash } from 'node:crypto'
import { basename } from 'node:path'
import { createClipboardChanges } from './clipboard-changes.ts'
import { clipboardLabel } from './clipboard-pictures.ts'
import { createWatchedFolders } from './watched-folders.ts'
import type { Dependencies } from '../dependencies.ts'
import { isOnNetwork } from '#adapters/folders/network-places.ts'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import type { SerialQueue } from '#core/async/serial-queue.ts'
import type { Arrivals } from '#core/intake/arrivals.ts'
import { offerToWatcher } from '#core/intake/clipboard-offer.ts'
import { fingerprint } from '#core/intake/fingerprint.ts'
import { findLossyTwin, isLossy } from '#core/intake/likeness.ts'
import type { ArrivedPicture } from '#core/intake/repeats.ts'
import type { ClipboardContent } from '#core/ports/intake.ts'
import { asDescryError } from '#shared/errors.ts'

/** A new picture with everything that the list needs. */
export interface NewPicture extends ArrivedPicture {
  label: string
  bytes: Uint8Array
  isLossy: boolean
}

/** The two watchers: clipboard and screenshot folders. */
export interface Watching {
  isClipboardWatched(): boolean
  watchedFolders(): string[]
  /**
   * Starts the watchers that are not running, watches these folders and no others. Reports what cannot be watched, and
   * watches the rest.
   */
  start(folders: string[]): Promise<void>
  close(): void
}

export interface WatchingOptions {
  dependencies: Pick<Dependencies, 'clipboard' | 'folderWatcher' | 'decoder' | 'memory'>
  /** Each picture that was found waits here for its turn. */
  queue: SerialQueue
  /** Asked before anything is read or decoded in vain. */
  arrivals: Pick<Arrivals<NewPicture>, 'isListening' | 'isRepeat' | 'possibleTwins'>
  /** Called with one picture after the other. */
  onPicture: (picture: NewPicture) => void
  /** Called with a sentence for the user. */
  onProblem: (problem: string) => void
  /**
   * A program that takes longer to hand over what was copied does not hold up the others, and its answer counts only if
   * nothing else was copied since; default 2000.
   */
  slowMs?: number
}

/** When copied pictures that wait take more memory than this, the clipboard is not read until they had their turn. */
const maxWaitingBytes = 64 * 1024 * 1024

export function createWatching(options: WatchingOptions): Watching {
  const { dependencies, queue, arrivals, onPicture, onProblem, slowMs = 2000 } = options
  let stopClipboard: (() => void) | null = null
  let waitingBytes = 0
  /** Digest of the newest picture that was found, if it was copied. */
  let newestDigest: string | null = null
  let isClosed = false

  const report = (error: unknown): void => onProblem(asDescryError(error).message)
  const changes = createClipboardChanges({ read: readClipboard, onContent: take, onProblem: report, slowMs })
  const folders = createWatchedFolders(
    dependencies.folderWatcher,
    (path) => {
      newestDigest = null
      inTurn(() => offerFile(path))
    },
    report
  )

  // One at a time and in order: "the same picture as before" must mean the one before.
  function inTurn(work: () => Promise<void>): void {
    queue.add(() => (isClosed ? undefined : work())).catch(report)
  }

  async function offer(origin: 'clipboard' | 'file', label: string, bytes: Uint8Array): Promise<void> {
    if (arrivals.isRepeat(hash('sha256', bytes))) return
    await changes.letReadingsPass()
    const picture = await dependencies.decoder.decode(bytes)
    await changes.letReadingsPass()
    const twin = await findLossyTwin(dependencies.decoder, picture, arrivals.possibleTwins(origin))
    const print = twin?.fingerprint ?? fingerprint(picture)
    onPicture({ origin, label, bytes, isLossy: isLossy(picture), sha256: picture.sha256, fingerprint: print })
  }

  /** Null when no picture is wanted now, or when a program never hands over what was copied from it. */
  async function readClipboard(): Promise<ClipboardContent | null> {
    if (waitingBytes > maxWaitingBytes) await queue.idle()
    if (isClosed || !arrivals.isListening()) return null
    try {
      return await dependencies.clipboard.read({ isForWatcher: true })
    } catch (error) {
      // Reported, it would be announced at each copied text.
      if (asDescryError(error).code === 'timed-out') return null
      throw error
    }
  }

  function take(content: ClipboardContent): void {
    const offered = offerToWatcher(content)
    if (offered?.kind === 'picture') {
      const { bytes } = offered
      // Many programs put a picture there twice. Left out here, the second does not count as one that is on its way, and
      // the first is announced at once.
      const digest = hash('sha256', bytes)
      if (digest === newestDigest) return
      newestDigest = digest
      waitingBytes += bytes.length
      inTurn(() => {
        waitingBytes -= bytes.length
        return offer('clipboard', clipboardLabel(), bytes).catch((error: unknown) => {
          // Copied again, it is tried again.
          if (newestDigest === digest) newestDigest = null
          throw error
        })
      })
    } else if (offered?.kind === 'files') {
      newestDigest = null
      // Copying files asks for nothing, so a problem with one of them is not reported.
      for (const path of offered.places) inTurn(() => offerCopiedFile(path).catch(() => undefined))
    }
  }

  async function offerCopiedFile(path: string): Promise<void> {
    if (!(await isOnNetwork(path))) await offer('clipboard', basename(path), await readPictureFile(path))
  }

  async function offerFile(path: string): Promise<void> {
    if (!arrivals.isListening()) return
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
      report(error)
    }
  }

  return {
    isClipboardWatched: () => stopClipboard !== null,
    watchedFolders: () => folders.list(),
    async start(chosen) {
      isClosed = false
      watchClipboard()
      await folders.watch(chosen)
      // From now on mostly nothing happens: what the start has used can be given back.
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
