import { app } from 'electron'
import type { App } from '#app/host.ts'

/**
 * Files that macOS hands over: "Open with Descry" in the Finder, and drops on the Dock icon. Call at once: the first may come
 * before Electron is ready.
 */
export function hearFilesFromFinder(open: (path: string) => void): void {
  app.on('open-file', (event, path) => {
    event.preventDefault()
    open(path)
  })
}

/** Opens files one after the other, however they come, so that one at most is in memory. The app tells of failures. */
export function openInTurn(descry: Pick<App, 'run'>): (paths: readonly string[]) => void {
  let last: Promise<unknown> = Promise.resolve()
  return (paths) => {
    for (const path of paths) last = last.then(() => descry.run('open', { path }, 'cli'))
  }
}
