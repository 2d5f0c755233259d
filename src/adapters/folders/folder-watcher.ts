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
  /** How often it is looked whether a folder is still the same, and into one that tells of no changes; default 2000. */
  pollMs?: number
  /** Whether a folder is on another computer, where changes that others make are not told; default: by its file system. */
  isOnNetwork?: (folder: string) => Promise<boolean>
}

/** An event about a file may come so much later than the file's time says. */
const coarseMs = 1000

interface WatchedFolder {
  /** Settles with the first look. Rejects with no-permission for a folder that is there and cannot be watched. */
  firstLook: Promise<void>
  end: () => void
}

/**
 * Watches one folder, also through its vanishing and coming back, and the folder of screenshots that a program makes
 * inside it with the first one.
 *
 * @param isNew All that is in it when it is found counts as new.
 */
function watchFolder(
  folder: string,
  options: Required<FolderWatcherOptions>,
  onPicture: (path: string) => void,
  isNew = false
): WatchedFolder {
  const files = createNewFiles(folder, options, onPicture)
  /** Screenshot folders made inside this one, and what ends watching them; null for one that was there at the start. */
  const inside = new Map<string, (() => void) | null>()
  /** Which folder it is that is watched under this name; null while there is none. */
  let here: string | null = null
  /** Nothing was missed until then, by the clock of Date.now(); null before the folder was seen for the first time. */
  let seenMs: number | null = isNew ? 0 : null
  let watcher: FSWatcher | undefined
  /** The names in a folder that tells of no changes. */
  let names: Set<string> | null = null
  let next: NodeJS.Timeout | undefined
  let isEnded = false

  async function watchInside(name: string): Promise<void> {
    if (inside.has(name)) return
    const path = join(folder, name)
    // It may be gone, or cannot be read. The folder that was asked for goes on.
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

  /** Which folder is there now: another one when it was made anew, or something was mounted on it. */
  async function folderNow(): Promise<string | null> {
    const found = await stat(folder, { bigint: true }).catch(() => null)
    return found?.isDirectory() ? `${found.dev}:${found.ino}:${found.birthtimeNs}` : null
  }

  function listen(): void {
    watcher = watch(folder, (_kind, name) => {
      // The folder's own end comes as an event with its own name, or with none.
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

  /** Begins to watch what is there now; who has changed since then is new. */
  async function enter(sinceMs: number): Promise<void> {
    let isTold = !(await options.isOnNetwork(folder))
    if (isEnded) return
    try {
      if (isTold) listen()
    } catch {
      // The system gives out so many watches and no more.
      isTold = false
    }
    const found = await readdir(folder)
    for (const name of found) {
      if (isScreenshotFolder(name)) {
        if (seenMs !== null) await watchInside(name)
        // The finder knows of it; those that are made later are found here.
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
      // A screenshot program makes its folder again and puts the picture there before we are back.
      if (found !== null) await enter(seenMs === null ? lookedMs : seenMs - coarseMs)
      // The watcher may have failed meanwhile.
      if (watcher || names) here = found
    } else if (names !== null) {
      const before = names
      names = new Set(await readdir(folder))
      for (const name of names) if (!before.has(name)) arrive(name)
    }
    if (found !== null) seenMs = lookedMs
  }

  function lookAfter(ms: number): void {
    // While one is looking, the next comes by itself.
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
    // What is made from now on is new.
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

/** A computer that does not answer is waited for, but not by the caller. */
const maxFirstLookMs = 2000

/**
 * Reports each new picture file once, when it is complete, in order of arrival. What lay there at the start, hidden and
 * temporary files are not reported. A folder that is missing is looked for every 2 s, and so is one looked into that is on
 * another computer.
 */
export function createFolderWatcher(options: FolderWatcherOptions = {}): FolderWatcher {
  const filled = { settleMs: 150, giveUpMs: 30_000, pollMs: 2000, isOnNetwork, ...options }
  return {
    async watch(folder, onPicture) {
      const { firstLook, end } = watchFolder(resolve(folder), filled, onPicture)
      let limit: NodeJS.Timeout | undefined
      try {
        await Promise.race([firstLook, new Promise((pass) => (limit = setTimeout(pass, maxFirstLookMs)))])
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
