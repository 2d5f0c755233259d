import { app, session } from 'electron'
import { join } from 'node:path'
import { registerAssetScheme, serveAssets } from './assets-protocol.ts'
import { answerWindow, createElectronHost, limitsOf } from './electron-host.ts'
import { setApplicationMenu } from './menu.ts'
import { commandRunner, onFileFromFinder, openInTurn } from './outside-requests.ts'
import { becomeOnlyInstance, displayServer, setIdentity, setSwitches, systemOf } from './program.ts'
import { secureEveryPage, secureSession } from './security.ts'
import { createEnding, createStillRunningNotice, failToStart } from './start-and-quit.ts'
import { createTrayIcon, type TrayIcon } from './tray.ts'
import { createMainWindow } from './window.ts'
import { trustSystemCertificates } from '#adapters/certificates.ts'
import { createElectronAccess } from '#adapters/clipboard/system-access.electron.ts'
import { forkUtilityHelper } from '#adapters/helper/helper-process.electron.ts'
import { createElectronHotkeys, createPortalHotkeys } from '#adapters/hotkeys/electron-hotkeys.electron.ts'
import { removeLeftovers } from '#adapters/programs/temporary-folder.ts'
import { createApp } from '#app/app.ts'
import { createDependencies } from '#app/dependencies.ts'
import { createHotkeyTable, keepHotkeys } from '#app/hotkeys.ts'
import { startRequest, type StartRequest } from '#app/start-request.ts'

// The Electron shell. What has to happen before Electron is ready comes first.
setIdentity()
setSwitches()
registerAssetScheme()
secureEveryPage()

// In a checkout the first argument is the project's folder.
const request = startRequest(process.argv.slice(1), process.cwd(), app.isPackaged ? 0 : 1)
const shell = Promise.withResolvers<Shell>()
/** A request that comes before the shell is ready waits for it. */
const obey = (later: StartRequest): void => void shell.promise.then((up) => up.obey(later))

if (process.env.ELECTRON_RUN_AS_NODE) {
  // The packed program never becomes Node (decision 0070), and must not open a window for somebody who expected Node.
  app.exit(1)
} else if (becomeOnlyInstance(request, obey)) {
  onFileFromFinder((path) => obey({ command: null, paths: [path] }))
  const ending = createEnding()
  start(ending).then(shell.resolve, (error: unknown) => {
    // Quitting during the start takes away what the start needs.
    if (!ending.hasBegun) failToStart(error)
  })
} else {
  app.quit()
}

interface Shell {
  /** Does what a start of the program asks for: runs a command, or shows the window and opens files in it. */
  obey: (request: StartRequest) => void
}

async function start(ending: ReturnType<typeof createEnding>): Promise<Shell> {
  void removeLeftovers()
  await app.whenReady()
  const system = systemOf(process.platform)
  const display = displayServer()
  const appPath = app.getAppPath()
  secureSession(session.defaultSession)
  serveAssets(join(appPath, 'dist/renderer'))

  const tellStillRunning = createStillRunningNotice()
  let tray: TrayIcon | null = null
  const window = createMainWindow(join(appPath, 'dist/preload/preload.cjs'), display, () => {
    // Linux does not say whether a tray is shown, so there the window stays in the list of windows.
    if (system === 'linux' || (system === 'windows' && !tray)) return 'minimize'
    if (system === 'windows') tellStillRunning()
    return 'hide'
  })
  ending.onBegin(() => window.letGo())
  const host = createElectronHost(window, limitsOf(process.platform, process.env))
  const descry = await createApp(host, {
    dependencies: createDependencies(process.env, forkUtilityHelper, (platform) => createElectronAccess(platform))
  })
  const run = commandRunner(descry, host)
  const openFiles = openInTurn(descry)
  const showWindow = (): void => void host.showWindow()

  answerWindow(descry)
  setApplicationMenu(system, (id) => run(id, 'menu'))
  tray = createTrayIcon(join(appPath, 'assets'), system, { run: (id) => run(id, 'tray'), showWindow })
  descry.onStatus((status) => tray?.show(status))
  const hotkeys = createHotkeyTable(
    system,
    display === 'wayland' ? createPortalHotkeys() : createElectronHotkeys(),
    (id) => run(id, 'hotkey')
  )
  keepHotkeys(hotkeys, descry)
  app.on('activate', showWindow)
  ending.onClose(async () => {
    hotkeys.release()
    await descry.close()
    tray?.remove()
  })

  await window.load()
  if (!request.command) await host.showWindow()
  // The fuses of the packed program close NODE_EXTRA_CA_CERTS.
  if (app.isPackaged) trustSystemCertificates(process.env)
  await descry.start()
  if (request.command) run(request.command, 'cli')
  openFiles(request.paths)
  return {
    obey({ command, paths }) {
      if (command) run(command, 'cli')
      else void host.showWindow().then(() => openFiles(paths))
    }
  }
}
