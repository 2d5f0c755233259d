import type Electron from 'electron'
import { FakeApp, type AppOptions } from './fake-electron/app.ts'
import { FakeElectronClipboard } from './fake-electron/clipboard.ts'
import { buildFromTemplate, FakeTray, type FakeMenu } from './fake-electron/desktop.ts'
import { FakeGlobalShortcut, type HotkeyOptions } from './fake-electron/hotkeys.ts'
import { createFakePages, FakeSession } from './fake-electron/pages.ts'
import { FakeBrowserWindow } from './fake-electron/windows.ts'
import { FakeUtilityProcess } from './utility-process.ts'

export { preventable } from './fake-electron/events.ts'
export { FakeWebContents } from './fake-electron/windows.ts'

/**
 * The part of Electron that src/main uses, without a runtime. Each member has Electron's own type (electron.d.ts), so neither
 * a call nor this fake can drift from the real one unnoticed. It follows the real one's rules (electron-rules.ts). `log` keeps
 * the order of calls.
 */
export interface FakeElectron {
  /** What `import … from 'electron'` gives. */
  module: ReturnType<typeof modulesOf>
  log: string[]
  windows: FakeBrowserWindow[]
  trays: FakeTray[]
  notifications: Electron.NotificationConstructorOptions[]
  errorBoxes: { title: string; content: string }[]
  /** The file dialogs that were shown. */
  openDialogs: Electron.OpenDialogOptions[]
  helpers: FakeUtilityProcess[]
  applicationMenu: Electron.MenuItemConstructorOptions[]
  app: FakeApp
  session: FakeSession
  shortcuts: FakeGlobalShortcut
  /** Calls a channel as a page would. */
  invoke: ReturnType<typeof createFakePages>['invoke']
  /** Loads an address as a page would. */
  fetch: ReturnType<typeof createFakePages>['fetch']
}

export interface FakeOptions extends AppOptions, HotkeyOptions {
  hasTray?: boolean
  /** What the user chooses in each file dialog. Nothing: the user cancels. */
  chosenFiles?: string[]
}

export function createFakeElectron(options: FakeOptions = {}): FakeElectron {
  const app = new FakeApp(options)
  const pages = createFakePages(app)
  const { log, windows, errorBoxes } = app
  const parts = {
    app,
    log,
    windows,
    errorBoxes,
    trays: [] as FakeTray[],
    notifications: [] as Electron.NotificationConstructorOptions[],
    openDialogs: [] as Electron.OpenDialogOptions[],
    helpers: [] as FakeUtilityProcess[],
    applicationMenu: [] as Electron.MenuItemConstructorOptions[],
    session: new FakeSession(),
    shortcuts: new FakeGlobalShortcut(options, app),
    invoke: pages.invoke,
    fetch: pages.fetch
  }
  return Object.assign(parts, { module: modulesOf(parts, pages, options) })
}

function modulesOf(
  fake: Omit<FakeElectron, 'module'>,
  { ipcMain, protocol }: ReturnType<typeof createFakePages>,
  options: FakeOptions
) {
  const { app } = fake
  return {
    app,
    ipcMain,
    protocol,
    session: { defaultSession: fake.session },
    globalShortcut: fake.shortcuts,
    dialog: {
      showErrorBox: (title: string, content: string): void => app.showErrorBox(title, content),
      async showOpenDialog(_window: FakeBrowserWindow, dialog: Electron.OpenDialogOptions) {
        fake.openDialogs.push(dialog)
        const filePaths = options.chosenFiles ?? []
        return { canceled: filePaths.length === 0, filePaths }
      }
    } satisfies Pick<Electron.Dialog, 'showErrorBox'> & {
      showOpenDialog(...asked: never[]): Promise<Electron.OpenDialogReturnValue>
    },
    clipboard: new FakeElectronClipboard('win32'),
    utilityProcess: {
      fork(modulePath: string, _arguments: string[], forkOptions: Electron.ForkOptions): FakeUtilityProcess {
        // [utility-processes-need-ready]
        app.onlyWhenReady('fork helper', 'utilityProcess cannot be created before app is ready.')
        const helper = new FakeUtilityProcess(modulePath, forkOptions)
        // [sandbox-switch]
        if (!app.canStartProcesses) helper.once('spawn', () => process.kill(helper.pid!, 'SIGKILL'))
        fake.helpers.push(helper)
        return helper
      }
    },
    Menu: {
      buildFromTemplate,
      setApplicationMenu(menu: FakeMenu): void {
        app.log.push('application menu')
        fake.applicationMenu = menu.template
      }
    },
    BrowserWindow: class extends FakeBrowserWindow {
      constructor(windowOptions: Electron.BrowserWindowConstructorOptions) {
        super(windowOptions, app)
      }
    },
    Tray: class extends FakeTray {
      constructor(image: string) {
        if (options.hasTray === false) throw new Error('Failed to create a tray.')
        super(image, app)
        fake.trays.push(this)
      }
    },
    Notification: class {
      static isSupported(): boolean {
        return true
      }

      readonly #options: Electron.NotificationConstructorOptions

      constructor(notification: Electron.NotificationConstructorOptions) {
        this.#options = notification
      }

      show(): void {
        fake.notifications.push(this.#options)
      }
    }
  }
}
