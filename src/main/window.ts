import { BrowserWindow, dialog, type BrowserWindowConstructorOptions } from 'electron'
import { appOrigin } from './assets-protocol.ts'
import type { DisplayServer } from './program.ts'
import { pagePath } from '#app/renderer-assets.ts'
import { eventChannel, type EventName, type EventPayload } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'

/** Extensions of the files that Descry opens; electron-builder.yml and assets/open-with.nsh name the same for "Open with". */
export const fileTypes = 'png jpg jpeg webp gif avif tif tiff bmp svg heic pdf'.split(' ')

/** What closing the window does while Descry keeps running. */
export type OnClose = 'hide' | 'minimize'

/** The one window. It lives as long as the program: closing only hides it. */
export interface MainWindow {
  /** Loads the page; call when the bridge answers. Rejects when it cannot be loaded. */
  load(): Promise<void>
  /** Brings it to the front, focused, as soon as it is loaded; does nothing when it is gone. */
  show(): Promise<void>
  hide(): void
  isFocused(): boolean
  /** Lets the user choose a file in the system's own dialog; null when the dialog is closed. */
  chooseFile(): Promise<string | null>
  send<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
  /** From now on, closing the window really closes it. */
  letGo(): void
}

/** The page in it is sandboxed and reaches nothing but the bridge. */
export function windowOptions(preloadPath: string): BrowserWindowConstructorOptions {
  return {
    title: 'Descry',
    width: 960,
    height: 760,
    // 320 px of content at 100 %, which is what reflow is tested for.
    minWidth: 340,
    minHeight: 320,
    show: false,
    webPreferences: {
      preload: preloadPath,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      // It would fetch dictionaries.
      spellcheck: false,
      // A hidden window has to have the caption ready when it is shown.
      backgroundThrottling: false
    }
  }
}

/** Makes the window, hidden and empty. `onClose` decides at each closing what to do instead. */
export function createMainWindow(preloadPath: string, display: DisplayServer, onClose: () => OnClose): MainWindow {
  const window = new BrowserWindow(windowOptions(preloadPath))
  const loaded = Promise.withResolvers<void>()
  let isClosing = false

  window.on('close', (event) => {
    if (isClosing) return
    event.preventDefault()
    if (onClose() === 'minimize') window.minimize()
    else if (process.platform === 'darwin' && window.isFullScreen()) hideFromFullScreen()
    else window.hide()
  })
  /** Hidden in full screen, it would leave a black screen on macOS. */
  function hideFromFullScreen(): void {
    window.once('leave-full-screen', () => window.hide())
    window.setFullScreen(false)
  }
  // A dead page would leave a blind user with a silent window. One that dies at once again stays dead.
  let lastDeathMs = -Infinity
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || performance.now() - lastDeathMs < 10_000) return
    lastDeathMs = performance.now()
    window.webContents.reload()
  })

  return {
    async load() {
      await window.loadURL(`${appOrigin}/${pagePath}`)
      loaded.resolve()
    },
    async show() {
      await loaded.promise
      if (window.isDestroyed()) return
      // Wayland neither says that a window is minimized nor restores one; hidden and shown, it is a new one to the desktop.
      if (display === 'wayland' && !window.isFocused()) window.hide()
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
    hide: () => window.hide(),
    isFocused: () => !window.isDestroyed() && window.isVisible() && window.isFocused(),
    async chooseFile() {
      const { filePaths } = await dialog.showOpenDialog(window, {
        properties: ['openFile'],
        filters: [
          { name: t('shell.pictures-and-pdf'), extensions: fileTypes },
          { name: t('shell.all-files'), extensions: ['*'] }
        ]
      })
      return filePaths[0] ?? null
    },
    send(name, payload) {
      if (!window.isDestroyed()) window.webContents.send(eventChannel, name, payload)
    },
    letGo() {
      isClosing = true
    }
  }
}
