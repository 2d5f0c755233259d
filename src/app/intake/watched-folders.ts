import { dirname, resolve } from 'node:path'
import type { FolderWatcher } from '#core/ports/intake.ts'

/** The screenshot folders that are being watched. */
export interface WatchedFolders {
  list(): string[]
  /** Watches only these folders. Folders already watched stay watched without a gap: a file may be arriving in them. */
  watch(folders: string[]): Promise<void>
  close(): void
}

/** @param onProblem Called for a folder that cannot be watched. The others still are. */
export function createWatchedFolders(
  folderWatcher: FolderWatcher,
  onPicture: (path: string) => void,
  onProblem: (error: unknown) => void
): WatchedFolders {
  /** Functions that stop watching, by folder. */
  const stops = new Map<string, () => void>()
  let isClosed = false
  /** Changes to the folders run one after the other. */
  let changing: Promise<void> = Promise.resolve()

  async function begin(folder: string): Promise<void> {
    try {
      const stop = await folderWatcher.watch(folder, (path) => {
        // A watched folder inside this one reports its own pictures.
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
