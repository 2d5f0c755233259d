import { app, session } from 'electron'
import { join } from 'node:path'
import { registerAssetScheme, serveAssets } from './assets-protocol.ts'
import { createElectronHost, limitsOf } from './electron-host.ts'
import { keepHotkeys, releaseHotkeys } from './hotkeys.ts'
import { setIdentity } from './identity.ts'
import { answerWindow } from './ipc.ts'
import { setApplicationMenu } from './menu.ts'
import { closeBeforeQuit } from './quitting.ts'
import { commandRunner } from './run-command.ts'
import { secureEveryPage, secureSession } from './security.ts'
import { becomeOnlyInstance, commandOf } from './single-instance.ts'
import { failToStart } from './start-failure.ts'
import { createStillRunningNotice } from './still-running.ts'
import { systemOf } from './system.ts'
import { createTrayIcon } from './tray.ts'
import { createMainWindow } from './window.ts'
import { createApp } from '#app/app.ts'
import type { CommandId } from '#shared/commands.ts'

// The entry of the Electron shell. What has to happen before Electron is ready comes first.
setIdentity()
app.enableSandbox()
registerAssetScheme()
secureEveryPage()

const firstCommand = commandOf(process.argv, app.isPackaged)
const shell = Promise.withResolvers<Shell>()
if (process.env.ELECTRON_RUN_AS_NODE) {
  // The packed program never becomes Node (decision 0070). Whoever wanted one shall not get a window instead.
  app.exit(1)
} else if (becomeOnlyInstance(firstCommand, (command) => void shell.promise.then(({ obey }) => obey(command)))) {
  start().then(shell.resolve, failToStart)
} else {
  app.quit()
}

interface Shell {
  /** Does what a start of the program asks for: a command, or else the window. */
  obey: (command: CommandId | null) => void
}

async function start(): Promise<Shell> {
  await app.whenReady()
  const system = systemOf(process.platform)
  const appPath = app.getAppPath()
  secureSession(session.defaultSession)
  serveAssets(join(appPath, 'dist/renderer'))

  const tellStillRunning = createStillRunningNotice()
  const window = createMainWindow(join(appPath, 'dist/preload/preload.cjs'), () => {
    // Linux does not tell whether a tray is shown anywhere: there the window stays in the list of windows.
    if (system === 'linux' || (system === 'windows' && !tray)) return 'minimise'
    if (system === 'windows') tellStillRunning()
    return 'hide'
  })
  const host = createElectronHost(window, limitsOf(process.platform, process.env))
  const descry = await createApp(host)
  const run = commandRunner(descry, host)
  const showWindow = (): void => void host.showWindow()

  answerWindow(descry)
  setApplicationMenu(system, (id) => run(id, 'menu'))
  const tray = createTrayIcon(join(appPath, 'assets'), system, { run: (id) => run(id, 'tray'), showWindow })
  descry.onStatus((status) => tray?.show(status))
  keepHotkeys(system, descry, (id) => run(id, 'hotkey'))
  app.on('activate', showWindow)
  closeBeforeQuit(
    () => window.letGo(),
    async () => {
      releaseHotkeys()
      await descry.close()
      tray?.remove()
    }
  )

  await window.load()
  if (!firstCommand) await host.showWindow()
  await descry.start()
  if (firstCommand) run(firstCommand, 'cli')
  return { obey: (command) => (command ? run(command, 'cli') : showWindow()) }
}
