import { basename } from 'node:path'
import { readPictureFile } from '#adapters/picture-file.ts'
import type { Parts } from './parts.ts'
import { fingerprint } from '#core/intake/fingerprint.ts'
import type { ArrivedPicture } from '#core/intake/arrivals.ts'
import type { DecodedPicture } from '#core/ports.ts'
import { asDescryError } from '#shared/errors.ts'

/** A new picture with what the list needs of it. */
export interface NewPicture extends ArrivedPicture {
  label: string
  bytes: Uint8Array
}

/** The two watchers: clipboard and screenshot folders. */
export interface Watching {
  clipboard(): boolean
  folders(): string[]
  /** Starts what is not running, with these folders. What cannot be watched is reported, and the rest goes on. */
  start(folders: string[]): void
  close(): void
}

export function createWatching(
  parts: Pick<Parts, 'clipboard' | 'folderWatcher' | 'decoder'>,
  onPicture: (picture: NewPicture, decoded: DecodedPicture) => void,
  report: (problem: string) => void
): Watching {
  let stopClipboard: (() => void) | null = null
  /** By folder. */
  const stopFolders = new Map<string, () => void>()
  // One at a time and in order: "the same picture as before" must mean the one before.
  let queue: Promise<void> = Promise.resolve()

  function inTurn(work: () => Promise<void>): void {
    queue = queue.then(work).catch((error: unknown) => report(asDescryError(error).message))
  }

  async function offer(origin: 'clipboard' | 'file', label: string, bytes: Uint8Array): Promise<void> {
    const picture = await parts.decoder.decode(bytes)
    onPicture({ origin, label, bytes, sha256: picture.sha256, fingerprint: fingerprint(picture) }, picture)
  }

  async function clipboardChanged(): Promise<void> {
    const content = await parts.clipboard.read().catch((error: unknown) => {
      // A program that does not hand over what it copied would be told of at each copy, mostly of text.
      if (asDescryError(error).code === 'timed-out') return null
      throw error
    })
    if (!content) return
    if (content.isConcealed || content.hasText || !content.picture) return
    await offer('clipboard', 'Clipboard picture', content.picture)
  }

  /** Null where it cannot be watched. */
  function tryToWatch(watch: () => () => void): (() => void) | null {
    try {
      return watch()
    } catch (error) {
      report(asDescryError(error).message)
      return null
    }
  }

  function leaveFolders(): void {
    for (const stop of stopFolders.values()) stop()
    stopFolders.clear()
  }

  async function fileCame(path: string): Promise<void> {
    await offer('file', basename(path), await readPictureFile(path))
  }

  return {
    clipboard: () => stopClipboard !== null,
    folders: () => [...stopFolders.keys()],
    start(wanted) {
      stopClipboard ??= tryToWatch(() => parts.clipboard.watch(() => inTurn(clipboardChanged)))
      leaveFolders()
      for (const folder of new Set(wanted)) {
        const stop = tryToWatch(() => parts.folderWatcher.watch([folder], (path) => inTurn(() => fileCame(path))))
        if (stop) stopFolders.set(folder, stop)
      }
    },
    close() {
      stopClipboard?.()
      stopClipboard = null
      leaveFolders()
    }
  }
}
