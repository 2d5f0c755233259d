import { BrowserWindow, dialog, type BrowserWindowConstructorOptions } from 'electron'
import { appOrigin } from './assets-protocol.ts'
import { fileTypes } from './file-types.ts'
import { pagePath } from '#app/renderer-assets.ts'
import { eventChannel, type EventName, type EventPayload } from '#shared/bridge.ts'

/** What closing the window does while Descry keeps running. */
export type OnClose = 'hide' | 'minimise'

/** The one window. It lives as long as the program: closing it only puts it away. */
export interface MainWindow {
  /** Loads the page; call when the bridge answers. Rejects when it cannot be loaded. */
  load(): Promise<void>
  /** Brings it to the front, focused, as soon as it is loaded. */
  show(): Promise<void>
  hide(): void
  isFocused(): boolean
  /** Has the user choose a file in the system's own dialog; null when that is given up. */
  chooseFile(): Promise<string | null>
  send<Name extends EventName>(name: Name, payload: EventPayload<Name>): void
  /** From now on closing means closing. */
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

/** Makes the window, hidden and empty. `putAway` is asked at each closing what to do instead. */
export function createMainWindow(preloadPath: string, putAway: () => OnClose): MainWindow {
  const window = new BrowserWindow(windowOptions(preloadPath))
  const loaded = Promise.withResolvers<void>()
  let isClosing = false

  window.on('close', (event) => {
    if (isClosing) return
    event.preventDefault()
    if (putAway() === 'hide') window.hide()
    else window.minimize()
  })
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
          { name: 'Pictures and PDF files', extensions: fileTypes },
          { name: 'All files', extensions: ['*'] }
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
