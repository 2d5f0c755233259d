import { readdirSync, statSync, watch, type BigIntStats, type FSWatcher } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { asDescryError, DescryError } from '#shared/errors.ts'
import type { FolderWatcher } from '#core/ports.ts'
import { isOnNetworkSync } from './network-places.ts'
import { readPictureFile } from '../pictures/picture-file.ts'
import { readPictureHeader } from '../pictures/picture-header.ts'
import { isScreenshotFolder } from './screenshot-folder-names.ts'

/** Hidden files and the temporary names of editors and downloads are somebody's work in progress. */
const pictureName = /^(?![.~]).+\.(?:png|jpe?g|webp|gif|bmp|tiff?|avif|hei[cf])$/iu

const tickMs = 50
const maxWaitForOrderMs = 1000

export interface FolderWatcherOptions {
  /** A file whose size has not changed for so long is looked at; default 150. */
  settleMs?: number
  /** A file that has not grown for so long is reported although its end is missing; default 30,000. */
  giveUpMs?: number
  /** How often a folder is looked for that is missing, or looked at that tells of no changes; default 2000. */
  pollMs?: number
  /** Whether a folder is on another computer, where changes that others make are not told; default: by its file system. */
  isOnNetwork?: (folder: string) => boolean
}

/** A new file on its way, as it was when it last changed. */
interface Growing {
  size: bigint
  changedNs: bigint
  sinceMs: number
  /** It has settled once, but its end was missing. */
  isCut: boolean
  arrivedMs: number
}

/** Whether a picture's end is missing. One that fails otherwise is whole: why it fails shall be heard. */
async function isCutShort(path: string): Promise<boolean> {
  try {
    readPictureHeader(await readPictureFile(path))
    return false
  } catch (error) {
    return asDescryError(error).code === 'bad-image'
  }
}

/** The same file under any name: a renamed old picture is not a new one. */
function identity(name: string, found: BigIntStats): string {
  return found.birthtimeNs > 0n ? `${found.ino}:${found.birthtimeNs}` : `${found.ino}:${name}`
}

/**
 * Watches one folder, also through its vanishing and coming back, and the folder of screenshots that a program makes
 * inside it with the first one. Returns a disposer.
 *
 * @param isNew All that is in it when it is found counts as new.
 */
function watchFolder(
  folder: string,
  options: Required<FolderWatcherOptions>,
  onPicture: (path: string) => void,
  isNew = false
): () => void {
  const { settleMs, giveUpMs, pollMs, isOnNetwork } = options
  /** Files that are not new, or not any more. */
  const known = new Set<string>()
  /** In order of arrival. */
  const growing = new Map<string, Growing>()
  let watcher: FSWatcher | undefined
  let tick: NodeJS.Timeout | undefined
  let retry: NodeJS.Timeout | undefined
  let poll: NodeJS.Timeout | undefined
  /** Screenshot folders made inside this one, to what ends watching them; null for one that was there at the start. */
  const inside = new Map<string, (() => void) | null>()
  /** Pictures that changed since are new when the folder is found; null while it is there. */
  let goneSinceMs: number | null = isNew ? 0 : null
  let isEnded = false

  const look = async (name: string, file: Growing, mayReport: boolean): Promise<void> => {
    const path = join(folder, name)
    const found = await stat(path, { bigint: true })
    const id = identity(name, found)
    if (!found.isFile() || known.has(id)) {
      growing.delete(name)
      return
    }
    const nowMs = performance.now()
    if (found.size !== file.size || found.mtimeNs !== file.changedNs) {
      growing.set(name, { ...file, size: found.size, changedNs: found.mtimeNs, sinceMs: nowMs, isCut: false })
      return
    }
    const quietMs = nowMs - file.sinceMs
    if (quietMs < settleMs || !mayReport) return
    if (quietMs < giveUpMs) {
      // Read once: only a change can bring the end.
      file.isCut ||= await isCutShort(path)
      if (file.isCut || isEnded) return
    }
    known.add(id)
    growing.delete(name)
    onPicture(path)
  }

  const lookAtAll = async (): Promise<void> => {
    // Setting an existing key keeps its place, so the order of arrival stays.
    let isOrderSafe = true
    for (const [name, file] of growing) {
      await look(name, file, isOrderSafe).catch(() => growing.delete(name))
      if (isEnded) return
      // Who came later waits for it, but not for one that is cut short or grows for long.
      const left = growing.get(name)
      if (left && !left.isCut && performance.now() - left.arrivedMs < maxWaitForOrderMs) isOrderSafe = false
    }
    tick = growing.size > 0 ? setTimeout(() => void lookAtAll(), tickMs) : undefined
  }

  const arrive = (name: string): void => {
    if (isScreenshotFolder(name)) watchInside(name)
    if (!pictureName.test(name) || growing.has(name)) return
    const nowMs = performance.now()
    growing.set(name, { size: -1n, changedNs: -1n, sinceMs: nowMs, isCut: false, arrivedMs: nowMs })
    tick ??= setTimeout(() => void lookAtAll(), 0)
  }

  const watchInside = (name: string): void => {
    if (inside.has(name)) return
    try {
      const path = join(folder, name)
      if (statSync(path).isDirectory()) inside.set(name, watchFolder(path, options, onPicture, true))
    } catch {
      // It is gone, or cannot be read. The folder that was asked for goes on.
    }
  }

  const lookForFolderLater = (): void => {
    watcher?.close()
    watcher = undefined
    clearTimeout(poll)
    // A second earlier: the event comes a moment after the end, and file times are coarse.
    goneSinceMs ??= Date.now() - 1000
    clearTimeout(retry)
    retry = setTimeout(() => {
      try {
        begin()
      } catch {
        lookForFolderLater()
      }
    }, pollMs)
  }

  /** The folder's inode; null when it is not there, or behind a link or a mount that leads nowhere. */
  const folderNow = (): number | null => {
    try {
      const found = statSync(folder)
      return found.isDirectory() ? found.ino : null
    } catch {
      return null
    }
  }

  /** Looks every `pollMs` for names that were not there before. */
  const pollLater = (before: Set<string>): void => {
    poll = setTimeout(() => void pollNow(before), pollMs)
  }
  const pollNow = async (before: Set<string>): Promise<void> => {
    const names = await readdir(folder).catch(() => null)
    if (isEnded) return
    if (names === null) return lookForFolderLater()
    for (const name of names) if (!before.has(name)) arrive(name)
    pollLater(new Set(names))
  }

  const listenForChanges = (): void => {
    if (isOnNetwork(folder)) pollLater(new Set(readdirSync(folder)))
    else {
      const watched = folderNow()
      watcher = watch(folder, (_kind, name) => {
        // The folder's own end comes as an event with its own name, or with none.
        if ((name === null || name === basename(folder)) && folderNow() !== watched) lookForFolderLater()
        else if (name !== null) arrive(name)
      })
      watcher.on('error', lookForFolderLater)
    }
  }

  function begin(): void {
    try {
      listenForChanges()
      for (const name of readdirSync(folder)) {
        // The finder knows of these; those that are made later are found here.
        if (isScreenshotFolder(name) && goneSinceMs === null && !inside.has(name)) inside.set(name, null)
        if (isScreenshotFolder(name) && goneSinceMs !== null) watchInside(name)
        if (!pictureName.test(name)) continue
        const found = statSync(join(folder, name), { bigint: true, throwIfNoEntry: false })
        if (!found) continue
        // A screenshot program makes its folder again and puts the picture there before we are back.
        if (goneSinceMs !== null && Number(found.mtimeMs) >= goneSinceMs) arrive(name)
        else known.add(identity(name, found))
      }
      goneSinceMs = null
    } catch (error) {
      watcher?.close()
      clearTimeout(poll)
      if (folderNow() !== null) throw cannotWatch(folder, error)
      lookForFolderLater()
    }
  }
  begin()

  return () => {
    isEnded = true
    watcher?.close()
    clearTimeout(tick)
    clearTimeout(retry)
    clearTimeout(poll)
    for (const end of inside.values()) end?.()
  }
}

function cannotWatch(folder: string, cause: unknown): DescryError {
  return new DescryError('no-permission', {
    message: `The folder ${basename(folder)} cannot be watched.`,
    next: 'Check its permissions, or choose another in settings.',
    cause
  })
}

/**
 * Reports each new picture file once, when it is complete, in order of arrival. What lay there at the start, hidden and
 * temporary files are not reported; a folder that is missing is looked for every 2 s, and so is one on another computer looked at. `watch` throws no-permission for
 * a folder that is there and cannot be watched.
 */
export function createFolderWatcher(options: FolderWatcherOptions = {}): FolderWatcher {
  const { settleMs = 150, giveUpMs = 30_000, pollMs = 2000, isOnNetwork = isOnNetworkSync } = options
  return {
    watch(folders, onPicture) {
      const ends: (() => void)[] = []
      const end = (): void => {
        for (const one of ends.splice(0)) one()
      }
      try {
        for (const folder of new Set(folders.map((one) => resolve(one)))) {
          ends.push(watchFolder(folder, { settleMs, giveUpMs, pollMs, isOnNetwork }, onPicture))
        }
      } catch (error) {
        end()
        throw error
      }
      return end
    }
  }
}
