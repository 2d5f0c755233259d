import { dirname, resolve } from 'node:path'
import type { FolderWatcher } from '#core/ports/intake.ts'

/** The screenshot folders that are being watched. */
export interface WatchedFolders {
  list(): string[]
  /** Watches these and no others. A folder that stays is not left: in it, a file may be on its way. */
  watch(folders: string[]): Promise<void>
  close(): void
}

/** @param onProblem Hears of a folder that cannot be watched; the others are. */
export function createWatchedFolders(
  folderWatcher: FolderWatcher,
  onPicture: (path: string) => void,
  onProblem: (error: unknown) => void
): WatchedFolders {
  /** What ends each, by folder. */
  const stops = new Map<string, () => void>()
  let isClosed = false
  /** One change of folders after the other. */
  let changing: Promise<void> = Promise.resolve()

  async function begin(folder: string): Promise<void> {
    try {
      const stop = await folderWatcher.watch(folder, (path) => {
        // One inside another tells of its pictures itself.
        const own = dirname(path)
        if (own === folder || !stops.has(own)) onPicture(path)
      })
      if (isClosed) stop()
      else stops.set(folder, stop)
    } catch (error) {
      onProblem(error)
    }
  }

  function leave(isLeft: (folder: string) => boolean): void {
    for (const [folder, stop] of stops) {
      if (!isLeft(folder)) continue
      stop()
      stops.delete(folder)
    }
  }

  async function change(folders: Set<string>): Promise<void> {
    leave((folder) => !folders.has(folder))
    await Promise.all([...folders].filter((folder) => !stops.has(folder)).map(begin))
  }

  return {
    list: () => [...stops.keys()],
    watch(folders) {
      isClosed = false
      changing = changing.then(() => change(new Set(folders.map((folder) => resolve(folder)))))
      return changing
    },
    close() {
      isClosed = true
      leave(() => true)
    }
  }
}
