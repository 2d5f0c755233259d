import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import { FakeUtilityProcess } from './utility-process.ts'

/**
 * The part of Electron that src/main uses, without a runtime. Each member has Electron's own type (electron.d.ts), so neither
 * a call nor this fake can drift from the real one unnoticed. Like the real one, it refuses calls that come too early or too
 * late. `log` keeps the order of calls.
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
  invoke(channel: string, frame: Partial<Electron.WebFrameMain> | null, ...args: unknown[]): Promise<unknown>
  /** Loads an address as a page would. */
  fetch(url: string): Promise<Response>
}

export interface FakeOptions {
  appPath?: string
  isPackaged?: boolean
  /** Another instance is already running. */
  isSecond?: boolean
  /** Accelerators that other programs hold. */
  takenShortcuts?: string[]
  /** Accelerators for which register() returns true although nothing is registered. */
  lostShortcuts?: string[]
  hasTray?: boolean
  /** What the user chooses in each file dialog. Nothing: the user cancels. */
  chosenFiles?: string[]
}

/** An event whose default can be prevented, as Electron emits it. */
export function preventable<Extra extends object>(extra: Extra): Extra & Electron.Event {
  const event = { ...extra, defaultPrevented: false, preventDefault: () => undefined }
  event.preventDefault = () => {
    event.defaultPrevented = true
    return undefined
  }
  return event
}

export class FakeWebContents
  extends EventEmitter
  implements Pick<Electron.WebContents, 'send' | 'reload' | 'setWindowOpenHandler'>
{
  sent: unknown[][] = []
  reloads = 0
  openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null

  send(...message: Parameters<Electron.WebContents['send']>): void {
    this.sent.push(message)
  }

  reload(): void {
    this.reloads += 1
  }

  setWindowOpenHandler(handler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0]): void {
    this.openHandler = handler
  }
}

type UsedByWindow =
  | 'loadURL'
  | 'show'
  | 'hide'
  | 'minimize'
  | 'restore'
  | 'focus'
  | 'close'
  | 'isVisible'
  | 'isFocused'
  | 'isMinimized'
  | 'isDestroyed'

export class FakeBrowserWindow extends EventEmitter implements Pick<Electron.BrowserWindow, UsedByWindow> {
  readonly webContents = new FakeWebContents()
  readonly options: Electron.BrowserWindowConstructorOptions
  readonly state = { url: '', isVisible: false, isFocused: false, isMinimised: false, isDestroyed: false }
  readonly #log: string[]

  constructor(options: Electron.BrowserWindowConstructorOptions, log: string[]) {
    super()
    this.options = options
    this.#log = log
    this.state.isVisible = options.show ?? true
  }

  async loadURL(url: string): Promise<void> {
    this.state.url = url
    this.#log.push(`load ${url}`)
  }

  show(): void {
    Object.assign(this.state, { isVisible: true, isFocused: true })
    this.#log.push('show window')
  }

  hide(): void {
    Object.assign(this.state, { isVisible: false, isFocused: false })
  }

  minimize(): void {
    Object.assign(this.state, { isMinimised: true, isFocused: false })
  }

  restore(): void {
    this.state.isMinimised = false
  }

  focus(): void {
    this.state.isFocused = true
  }

  close(): void {
    const event = preventable({})
    this.emit('close', event)
    if (!event.defaultPrevented) this.state.isDestroyed = true
  }

  isVisible(): boolean {
    return this.state.isVisible
  }

  isFocused(): boolean {
    return this.state.isFocused
  }

  isMinimized(): boolean {
    return this.state.isMinimised
  }

  isDestroyed(): boolean {
    return this.state.isDestroyed
  }
}

export class FakeTray extends EventEmitter implements Pick<Electron.Tray, 'setToolTip' | 'destroy'> {
  readonly image: string
  toolTip = ''
  menu: Electron.MenuItemConstructorOptions[] = []
  menusSet = 0
  isGone = false

  constructor(image: string) {
    super()
    this.image = image
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip
  }

  setContextMenu(menu: FakeMenu): void {
    this.menu = menu.template
    this.menusSet += 1
  }

  destroy(): void {
    this.isGone = true
  }
}

/** A menu that remembers what it was built from. */
interface FakeMenu {
  template: Electron.MenuItemConstructorOptions[]
}

type UsedByApp =
  | 'setName'
  | 'setAppUserModelId'
  | 'setDesktopName'
  | 'setPath'
  | 'enableSandbox'
  | 'requestSingleInstanceLock'
  | 'getAppPath'
  | 'focus'
  | 'hide'
  | 'quit'
  | 'exit'
  | 'isPackaged'

export class FakeApp extends EventEmitter implements Pick<Electron.App, UsedByApp> {
  readonly isPackaged: boolean
  readonly set: Record<string, string> = {}
  readonly switches: string[] = []
  readonly #ready = Promise.withResolvers<void>()
  readonly #options: FakeOptions
  readonly #fake: { log: string[]; windows: FakeBrowserWindow[] }
  isReadyNow = false
  handedOver: unknown
  exitCode: number | null = null

  constructor(options: FakeOptions, fake: { log: string[]; windows: FakeBrowserWindow[] }) {
    super()
    this.#options = options
    this.#fake = fake
    this.isPackaged = options.isPackaged ?? false
  }

  readonly commandLine = {
    appendSwitch: (name: string, value?: string): void => {
      this.onlyBeforeReady('commandLine.appendSwitch')
      this.switches.push(value === undefined ? name : `${name}=${value}`)
    }
  } satisfies Pick<Electron.CommandLine, 'appendSwitch'>

  onlyBeforeReady(what: string): void {
    if (this.isReadyNow) throw new Error(`${what} was called too late: the app is ready.`)
    this.#fake.log.push(what)
  }

  onlyWhenReady(what: string): void {
    if (!this.isReadyNow) throw new Error(`${what} was called too early: the app is not ready.`)
    this.#fake.log.push(what)
  }

  /** What Electron does some time after the entry script was loaded. */
  becomeReady(): void {
    this.isReadyNow = true
    this.#fake.log.push('ready')
    this.#ready.resolve()
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }

  setName(name: string): void {
    this.set.name = name
  }

  setAppUserModelId(id: string): void {
    this.set.appUserModelId = id
  }

  setDesktopName(name: string): void {
    this.onlyBeforeReady('setDesktopName')
    this.set.desktopName = name
  }

  setPath(name: string, path: string): void {
    this.onlyBeforeReady('setPath')
    this.set[name] = path
  }

  enableSandbox(): void {
    this.onlyBeforeReady('enableSandbox')
  }

  requestSingleInstanceLock(data?: Record<string, unknown>): boolean {
    this.#fake.log.push('lock')
    this.handedOver = data
    return !this.#options.isSecond
  }

  getAppPath(): string {
    return this.#options.appPath ?? '/nowhere'
  }

  focus(): void {
    this.#fake.log.push('focus app')
  }

  hide(): void {
    for (const window of this.#fake.windows) window.hide()
    this.#fake.log.push('hide app')
  }

  /** before-quit, then each window is closed, then will-quit. Each of them may stop it. */
  quit(): void {
    this.#fake.log.push('quit')
    const before = preventable({})
    this.emit('before-quit', before)
    if (before.defaultPrevented) return
    for (const window of this.#fake.windows) window.close()
    if (this.#fake.windows.some((window) => !window.isDestroyed())) return
    const will = preventable({})
    this.emit('will-quit', will)
    if (!will.defaultPrevented) this.exit(0)
  }

  exit(code = 0): void {
    this.#fake.log.push(`exit ${code}`)
    this.exitCode ??= code
  }
}

type BeforeRequest = (
  details: Electron.OnBeforeRequestListenerDetails,
  callback: (response: Electron.CallbackResponse) => void
) => void

type UsedBySession =
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'

export class FakeSession implements Pick<Electron.Session, UsedBySession> {
  permissionRequest: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null
  permissionCheck: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null
  devicePermission: Parameters<Electron.Session['setDevicePermissionHandler']>[0] = null
  displayMedia: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0] = null
  beforeRequest: BeforeRequest | null = null

  setPermissionRequestHandler(handler: typeof this.permissionRequest): void {
    this.permissionRequest = handler
  }

  setPermissionCheckHandler(handler: typeof this.permissionCheck): void {
    this.permissionCheck = handler
  }

  setDevicePermissionHandler(handler: typeof this.devicePermission): void {
    this.devicePermission = handler
  }

  setDisplayMediaRequestHandler(handler: typeof this.displayMedia): void {
    this.displayMedia = handler
  }

  readonly webRequest = {
    onBeforeRequest: (_filter: Electron.WebRequestFilter, handler: BeforeRequest | null): void => {
      this.beforeRequest = handler
    }
  }
}

const modifier = /^(?:Command|Cmd|Control|Ctrl|CommandOrControl|CmdOrCtrl|Alt|Option|AltGr|Shift|Super|Meta)$/u

type UsedByShortcuts = 'register' | 'isRegistered' | 'unregisterAll'

export class FakeGlobalShortcut implements Pick<Electron.GlobalShortcut, UsedByShortcuts> {
  readonly held = new Map<string, () => void>()
  readonly #options: FakeOptions
  readonly #app: FakeApp

  constructor(options: FakeOptions, app: FakeApp) {
    this.#options = options
    this.#app = app
  }

  register(accelerator: string, callback: () => void): boolean {
    this.#app.onlyWhenReady(`register ${accelerator}`)
    const keys = accelerator.split('+')
    const key = keys.pop() ?? ''
    if (!keys.every((name) => modifier.test(name)) || !/^(?:[A-Z0-9.,]|F\d{1,2}|Space)$/u.test(key))
      throw new TypeError('conversion failure')
    if (this.#options.takenShortcuts?.includes(accelerator)) return false
    if (!this.#options.lostShortcuts?.includes(accelerator)) this.held.set(accelerator, callback)
    return true
  }

  isRegistered(accelerator: string): boolean {
    return this.held.has(accelerator)
  }

  unregisterAll(): void {
    this.held.clear()
    this.#app.onlyWhenReady('unregister shortcuts')
  }

  /** The user presses it, in any program. */
  press(accelerator: string): void {
    const callback = this.held.get(accelerator)
    if (!callback) throw new Error(`${accelerator} is not registered.`)
    callback()
  }
}

/** Fails as Menu.buildFromTemplate does for an empty entry. */
function checkTemplate(template: Electron.MenuItemConstructorOptions[]): void {
  for (const item of template) {
    if (item.label === undefined && item.role === undefined && item.type === undefined)
      throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type')
    if (Array.isArray(item.submenu)) checkTemplate(item.submenu)
  }
}

type IpcHandler = Parameters<Electron.IpcMain['handle']>[1]
type ProtocolHandler = Parameters<Electron.Protocol['handle']>[1]

function modulesOf(
  fake: Pick<
    FakeElectron,
    | 'log'
    | 'windows'
    | 'trays'
    | 'notifications'
    | 'errorBoxes'
    | 'openDialogs'
    | 'helpers'
    | 'app'
    | 'session'
    | 'shortcuts'
  >,
  options: FakeOptions,
  kept: {
    schemes: Map<string, ProtocolHandler>
    channels: Map<string, IpcHandler>
    setMenu(template: Electron.MenuItemConstructorOptions[]): void
  }
) {
  const { app, log } = fake
  return {
    app,
    session: { defaultSession: fake.session },
    globalShortcut: fake.shortcuts,
    protocol: {
      registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
        for (const { scheme } of schemes) app.onlyBeforeReady(`privileges for ${scheme}`)
      },
      handle(scheme: string, handler: ProtocolHandler): void {
        app.onlyWhenReady(`serve ${scheme}`)
        kept.schemes.set(scheme, handler)
      }
    } satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>,
    ipcMain: {
      handle(channel: string, handler: IpcHandler): void {
        log.push(`handle ${channel}`)
        kept.channels.set(channel, handler)
      }
    } satisfies Pick<Electron.IpcMain, 'handle'>,
    dialog: {
      showErrorBox(title: string, content: string): void {
        fake.errorBoxes.push({ title, content })
      },
      async showOpenDialog(_window: FakeBrowserWindow, dialog: Electron.OpenDialogOptions) {
        fake.openDialogs.push(dialog)
        const filePaths = options.chosenFiles ?? []
        return { canceled: filePaths.length === 0, filePaths }
      }
    } satisfies Pick<Electron.Dialog, 'showErrorBox'> & {
      showOpenDialog(...asked: never[]): Promise<Electron.OpenDialogReturnValue>
    },
    utilityProcess: {
      fork(modulePath: string, _arguments: string[], forkOptions: Electron.ForkOptions): FakeUtilityProcess {
        app.onlyWhenReady('fork helper')
        const helper = new FakeUtilityProcess(modulePath, forkOptions)
        fake.helpers.push(helper)
        return helper
      }
    },
    Menu: {
      buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): FakeMenu {
        checkTemplate(template)
        return { template }
      },
      setApplicationMenu(menu: FakeMenu): void {
        app.onlyWhenReady('application menu')
        kept.setMenu(menu.template)
      }
    },
    BrowserWindow: class extends FakeBrowserWindow {
      constructor(windowOptions: Electron.BrowserWindowConstructorOptions) {
        app.onlyWhenReady('window')
        super(windowOptions, log)
        fake.windows.push(this)
        app.emit('web-contents-created', preventable({}), this.webContents)
      }
    },
    Tray: class extends FakeTray {
      constructor(image: string) {
        app.onlyWhenReady('tray')
        if (options.hasTray === false) throw new Error('Failed to create a tray.')
        super(image)
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

export function createFakeElectron(options: FakeOptions = {}): FakeElectron {
  const log: string[] = []
  const windows: FakeBrowserWindow[] = []
  const app = new FakeApp(options, { log, windows })
  const parts = {
    log,
    windows,
    app,
    trays: [] as FakeTray[],
    notifications: [] as Electron.NotificationConstructorOptions[],
    errorBoxes: [] as { title: string; content: string }[],
    openDialogs: [] as Electron.OpenDialogOptions[],
    helpers: [] as FakeUtilityProcess[],
    session: new FakeSession(),
    shortcuts: new FakeGlobalShortcut(options, app)
  }
  const schemes = new Map<string, ProtocolHandler>()
  const channels = new Map<string, IpcHandler>()
  let applicationMenu: Electron.MenuItemConstructorOptions[] = []
  const setMenu = (template: Electron.MenuItemConstructorOptions[]): void => {
    applicationMenu = template
  }
  return {
    ...parts,
    module: modulesOf(parts, options, { schemes, channels, setMenu }),
    get applicationMenu() {
      return applicationMenu
    },
    async invoke(channel, frame, ...args) {
      const handler = channels.get(channel)
      if (!handler) throw new Error(`No handler for ${channel}.`)
      return handler({ ...preventable({}), senderFrame: frame } as Electron.IpcMainInvokeEvent, ...args)
    },
    async fetch(url) {
      const handler = schemes.get(new URL(url).protocol.slice(0, -1))
      if (!handler) throw new Error(`No handler for ${url}.`)
      return handler(new Request(url))
    }
  }
}
