import { app } from 'electron'
import type { App, Host } from '#app/host.ts'
import { needsNothingMore } from '#app/start-request.ts'
import type { CommandId, Surface } from '#shared/commands.ts'

export type RunCommand = (id: CommandId, surface: Surface) => void

/** Runs a command from a hotkey, the tray, the menu or another start. The app itself reports a failure. */
export function commandRunner(app: App, host: Host): RunCommand {
  return (id, surface) => {
    if (needsNothingMore(id)) void app.run(id, {}, surface)
    else void askInWindow(host)
  }
}

/** For a command that needs words from the user: the question box in the window. */
async function askInWindow(host: Host): Promise<void> {
  await host.showWindow()
  host.send('goto', { place: 'question' })
}

/**
 * Files that macOS hands over: "Open with Descry" in the Finder, and drops on the Dock icon. Call at once: the first may come
 * before Electron is ready.
 */
export function onFileFromFinder(open: (path: string) => void): void {
  app.on('open-file', (event, path) => {
    event.preventDefault()
    open(path)
  })
}

/** Opens files one after the other, so that only one is in memory. The app itself reports a failure. */
export function openInTurn(descry: Pick<App, 'run'>): (paths: readonly string[]) => void {
  let last: Promise<unknown> = Promise.resolve()
  return (paths) => {
    for (const path of paths) last = last.then(() => descry.run('open', { path }, 'cli'))
  }
}
