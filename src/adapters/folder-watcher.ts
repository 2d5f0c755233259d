import { readdirSync, statSync, watch, type BigIntStats, type FSWatcher } from 'node:fs'
import { stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { asDescryError, DescryError } from '#shared/errors.ts'
import type { FolderWatcher } from '#core/ports.ts'
import { readPictureFile } from './picture-file.ts'
import { readPictureHeader } from './picture-header.ts'

/** Hidden files and the temporary names of editors and downloads are somebody's work in progress. */
const pictureName = /^(?![.~]).+\.(?:png|jpe?g|webp|gif|bmp|tiff?|avif|heic)$/iu

const tickMs = 50
const missingFolderMs = 3000
const maxWaitForOrderMs = 1000

export interface FolderWatcherOptions {
  /** A file whose size has not changed for so long is looked at; default 150. */
  settleMs?: number
  /** A file that has not grown for so long is reported although its end is missing; default 30,000. */
  giveUpMs?: number
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

/** Watches one folder, also through its vanishing and coming back. Returns a disposer. */
function watchFolder(
  folder: string,
  { settleMs, giveUpMs }: Required<FolderWatcherOptions>,
  onPicture: (path: string) => void
): () => void {
  /** Files that are not new, or not any more. */
  const known = new Set<string>()
  /** In order of arrival. */
  const growing = new Map<string, Growing>()
  let watcher: FSWatcher | undefined
  let tick: NodeJS.Timeout | undefined
  let retry: NodeJS.Timeout | undefined
  let goneSinceMs: number | null = null
  let isEnded = false

  const candidates = (): string[] => readdirSync(folder).filter((name) => pictureName.test(name))

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
    if (!pictureName.test(name) || growing.has(name)) return
    const nowMs = performance.now()
    growing.set(name, { size: -1n, changedNs: -1n, sinceMs: nowMs, isCut: false, arrivedMs: nowMs })
    tick ??= setTimeout(() => void lookAtAll(), 0)
  }

  const lookForFolderLater = (): void => {
    watcher?.close()
    watcher = undefined
    // A second earlier: the event comes a moment after the end, and file times are coarse.
    goneSinceMs ??= Date.now() - 1000
    clearTimeout(retry)
    retry = setTimeout(() => {
      try {
        begin()
      } catch {
        lookForFolderLater()
      }
    }, missingFolderMs)
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

  function begin(): void {
    try {
      const watched = folderNow()
      watcher = watch(folder, (_kind, name) => {
        // The folder's own end comes as an event with its own name, or with none.
        if ((name === null || name === basename(folder)) && folderNow() !== watched) lookForFolderLater()
        else if (name !== null) arrive(name)
      })
      watcher.on('error', lookForFolderLater)
      for (const name of candidates()) {
        const found = statSync(join(folder, name), { bigint: true, throwIfNoEntry: false })
        if (!found) continue
        // A screenshot program makes its folder again and puts the picture there before we are back.
        if (goneSinceMs !== null && Number(found.mtimeMs) >= goneSinceMs) arrive(name)
        else known.add(identity(name, found))
      }
      goneSinceMs = null
    } catch (error) {
      watcher?.close()
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
 * temporary files are not reported; a folder that is missing is looked for every 3 s. `watch` throws no-permission for
 * a folder that is there and cannot be watched.
 */
export function createFolderWatcher(options: FolderWatcherOptions = {}): FolderWatcher {
  const { settleMs = 150, giveUpMs = 30_000 } = options
  return {
    watch(folders, onPicture) {
      const ends: (() => void)[] = []
      const end = (): void => {
        for (const one of ends.splice(0)) one()
      }
      try {
        for (const folder of new Set(folders.map((one) => resolve(one)))) {
          ends.push(watchFolder(folder, { settleMs, giveUpMs }, onPicture))
        }
      } catch (error) {
        end()
        throw error
      }
      return end
    }
  }
}
