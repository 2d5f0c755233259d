import { watch, type FSWatcher } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { FolderWatcher } from '#core/ports/intake.ts'
import { isOnNetwork } from './network-places.ts'
import { createNewFiles, type NewFilesOptions } from './new-files.ts'
import { isScreenshotFolder } from './screenshot-folder-names.ts'

export interface FolderWatcherOptions extends Partial<NewFilesOptions> {
  /** How often to check whether a folder is still the same one, and to list one that reports no changes; default 2000. */
  pollMs?: number
  /** Whether a folder is on another computer, where others' changes are not reported; default: by its file system. */
  isOnNetwork?: (folder: string) => Promise<boolean>
}

/** How much later than the file's own time an event about it may come. */
const coarseMs = 1000

interface WatchedFolder {
  /** Settles after the first check. Rejects with no-permission for a folder that exists but cannot be watched. */
  firstLook: Promise<void>
  end: () => void
}

/**
 * Watches one folder, even if it disappears and comes back, and the screenshot folder that a program creates inside it with
 * the first screenshot.
 *
 * @param isNew Everything in it when it is found counts as new.
 */
function watchFolder(
  folder: string,
  options: Required<FolderWatcherOptions>,
  onPicture: (path: string) => void,
  isNew = false
): WatchedFolder {
  const files = createNewFiles(folder, options, onPicture)
  /** Screenshot folders inside this one, and how to stop watching them; null for one that was there at the start. */
  const inside = new Map<string, (() => void) | null>()
  /** The identity of the folder being watched under this name; null while there is none. */
  let here: string | null = null
  /** Nothing was missed before this time (Date.now()); null until the folder was first seen. */
  let seenMs: number | null = isNew ? 0 : null
  let watcher: FSWatcher | undefined
  /** The names in a folder that reports no changes. */
  let names: Set<string> | null = null
  let next: NodeJS.Timeout | undefined
  let isEnded = false

  async function watchInside(name: string): Promise<void> {
    if (inside.has(name)) return
    const path = join(folder, name)
    // It may be gone or unreadable, which must not affect the folder around it.
    const found = await stat(path).catch(() => null)
    if (!found?.isDirectory() || inside.has(name) || isEnded) return
    const watched = watchFolder(path, options, onPicture, true)
    watched.firstLook.catch(() => undefined)
    inside.set(name, watched.end)
  }

  function arrive(name: string): void {
    if (isScreenshotFolder(name)) void watchInside(name)
    files.arrive(name)
  }

  /** The identity of the folder there now; it changes when the folder is recreated or something is mounted on it. */
  async function folderNow(): Promise<string | null> {
    const found = await stat(folder, { bigint: true }).catch(() => null)
    return found?.isDirectory() ? `${found.dev}:${found.ino}:${found.birthtimeNs}` : null
  }

  function listen(): void {
    watcher = watch(folder, (_kind, name) => {
      // The folder's own removal is an event with its own name, or with none.
      if (name === null || name === basename(folder)) lookAfter(0)
      if (name !== null) arrive(name)
    })
    watcher.on('error', leave)
  }

  function leave(): void {
    watcher?.close()
    watcher = undefined
    names = null
    here = null
  }

  /** Starts watching the folder there now; files changed since `sinceMs` are new. */
  async function enter(sinceMs: number): Promise<void> {
    let isTold = !(await options.isOnNetwork(folder))
    if (isEnded) return
    try {
      if (isTold) listen()
    } catch {
      // The system's limit on watches was reached.
      isTold = false
    }
    const found = await readdir(folder)
    for (const name of found) {
      if (isScreenshotFolder(name)) {
        if (seenMs !== null) await watchInside(name)
        // findScreenshotFolders knows this one; only those created later are found here.
        else if (!inside.has(name)) inside.set(name, null)
      }
      await files.find(name, sinceMs)
    }
    if (!isTold) names = new Set(found)
  }

  async function look(): Promise<void> {
    const lookedMs = Date.now()
    const found = await folderNow()
    if (isEnded) return
    if (found !== here) {
      leave()
      // A screenshot program may recreate its folder and save a picture there before it is watched again.
      if (found !== null) await enter(seenMs === null ? lookedMs : seenMs - coarseMs)
      // The watcher may have failed in the meantime.
      if (watcher || names) here = found
    } else if (names !== null) {
      const before = names
      names = new Set(await readdir(folder))
      for (const name of names) if (!before.has(name)) arrive(name)
    }
    if (found !== null) seenMs = lookedMs
  }

  function lookAfter(ms: number): void {
    // A check that is in progress schedules the next one itself.
    if (!next || isEnded) return
    clearTimeout(next)
    next = setTimeout(() => void lookOnAndOn(), ms)
  }

  async function lookOnAndOn(): Promise<void> {
    next = undefined
    await look().catch(leave)
    next = isEnded ? undefined : setTimeout(() => void lookOnAndOn(), options.pollMs)
  }

  async function lookFirst(): Promise<void> {
    try {
      await look()
    } catch (cause) {
      leave()
      if ((await folderNow()) !== null) throw cannotWatch(folder, cause)
    }
    // Everything created from now on is new.
    seenMs ??= Date.now()
    if (!isEnded) next = setTimeout(() => void lookOnAndOn(), options.pollMs)
  }

  function end(): void {
    isEnded = true
    leave()
    files.close()
    clearTimeout(next)
    for (const endInside of inside.values()) endInside?.()
  }

  return { firstLook: lookFirst(), end }
}

function cannotWatch(folder: string, cause: unknown): DescryError {
  return new DescryError('no-permission', {
    message: t('capture.folder-unwatchable', { folder: basename(folder) }),
    next: t('capture.folder-unwatchable.next'),
    cause
  })
}

/** How long the caller waits for a computer that does not answer. */
const firstLookTimeoutMs = 2000

/**
 * Reports each new picture file once, when it is complete, in order of arrival. Hidden and temporary files, and those that
 * were there at the start, are not reported. Every 2 s it checks whether a missing folder exists, and lists a folder on
 * another computer.
 */
export function createFolderWatcher(options: FolderWatcherOptions = {}): FolderWatcher {
  const filled = { settleMs: 150, giveUpMs: 30_000, pollMs: 2000, isOnNetwork, ...options }
  return {
    async watch(folder, onPicture) {
      const { firstLook, end } = watchFolder(resolve(folder), filled, onPicture)
      let limit: NodeJS.Timeout | undefined
      try {
        await Promise.race([firstLook, new Promise((pass) => (limit = setTimeout(pass, firstLookTimeoutMs)))])
        firstLook.catch(() => undefined)
        return end
      } catch (error) {
        end()
        throw error
      } finally {
        clearTimeout(limit)
      }
    }
  }
}
