import type { App, Host } from '#app/host.ts'
import { needsNothingMore } from '#app/start-request.ts'
import type { CommandId, Surface } from '#shared/commands.ts'

export type RunCommand = (id: CommandId, surface: Surface) => void

/** Runs a command from a hotkey, the tray, the menu or another start. The app itself tells the user of a failure. */
export function commandRunner(app: App, host: Host): RunCommand {
  return (id, surface) => {
    if (needsNothingMore(id)) void app.run(id, {}, surface)
    else void askInWindow(host)
  }
}

/** A command that needs words: the window's question box takes them. */
async function askInWindow(host: Host): Promise<void> {
  await host.showWindow()
  host.send('goto', { place: 'question' })
}
