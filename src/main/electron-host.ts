import { app } from 'electron'
import type { MainWindow } from './window.ts'
import { whileHidden, type Host } from '#app/host.ts'

/** Descry's host in Electron. */
export function createElectronHost(window: MainWindow, limits: string | null): Host {
  async function showWindow(): Promise<void> {
    // Without it macOS leaves the window behind the program in use.
    if (process.platform === 'darwin') app.focus({ steal: true })
    await window.show()
  }

  async function hide(): Promise<void> {
    // On macOS the program before comes to the front only when the whole of ours goes.
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

/** One sentence about what this desktop keeps from us, or null. */
export function limitsOf(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): string | null {
  const isWayland = platform === 'linux' && (env.XDG_SESSION_TYPE === 'wayland' || Boolean(env.WAYLAND_DISPLAY))
  return isWayland ? "Hotkeys may not work on Wayland: bind descry screen in the desktop's keyboard settings." : null
}
