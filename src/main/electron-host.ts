import { app, ipcMain, type IpcMainInvokeEvent } from 'electron'
import { appOrigin } from './assets-protocol.ts'
import type { MainWindow } from './window.ts'
import { answerRequest, type Sender } from '#app/bridge.ts'
import { whileHidden, type App, type Host } from '#app/host.ts'
import { requestChannel } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'

/** Descry's host in Electron. */
export function createElectronHost(window: MainWindow, limits: string | null): Host {
  async function showWindow(): Promise<void> {
    // Otherwise macOS leaves the window behind the active program.
    if (process.platform === 'darwin') app.focus({ steal: true })
    await window.show()
  }

  async function hide(): Promise<void> {
    // On macOS the previous program comes to the front only when our whole program is hidden.
    if (process.platform === 'darwin') app.hide()
    else window.hide()
  }

  return {
    name: 'electron',
    limits,
    isWindowFocused: async () => window.isFocused(),
    showWindow,
    outOfSight: (work) => (window.isFocused() ? whileHidden({ hide, show: showWindow }, work) : work()),
    chooseFile: () => window.chooseFile(),
    send: (name, payload) => window.send(name, payload),
    quit: () => app.quit()
  }
}

/** One sentence about what does not work on this desktop, or null. */
export function limitsOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string | null {
  const isWayland = platform === 'linux' && (env.XDG_SESSION_TYPE === 'wayland' || Boolean(env.WAYLAND_DISPLAY))
  return isWayland ? t('shell.limits.wayland') : null
}

/** The only door from the window: sender and input are checked before a handler sees them. */
export function answerWindow(app: Pick<App, 'handlers' | 'failed'>): void {
  ipcMain.handle(requestChannel, (event, name: unknown, input: unknown) =>
    answerRequest(app, appOrigin, senderOf(event), name, input)
  )
}

/** A frame that is gone by now, or that is inside another, is not the main frame. */
function senderOf({ senderFrame }: IpcMainInvokeEvent): Sender {
  if (!senderFrame) return { origin: '', isMainFrame: false }
  return { origin: senderFrame.origin, isMainFrame: senderFrame.parent === null }
}
