import { EventEmitter } from 'node:events'
import { isAbsolute } from 'node:path'
import type Electron from 'electron'
import { preventable } from './events.ts'
import type { FakeBrowserWindow } from './windows.ts'

// In square brackets: the rules of electron-rules.ts, where they are kept.

export interface AppOptions {
  appPath?: string
  isPackaged?: boolean
  /** Another instance is already running. */
  isSecond?: boolean
  /** The program runs as root. */
  isRoot?: boolean
  /** Chromium switches on the command line: `['no-sandbox', 'enable-features=Vulkan']`. */
  switches?: string[]
  /** A thread of Node's waits for something that never comes. */
  isThreadBlocked?: boolean
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
  | 'isReady'
  | 'name'

export class FakeApp extends EventEmitter implements Pick<Electron.App, UsedByApp> {
  readonly isPackaged: boolean
  name = 'descry'
  readonly log: string[] = []
  readonly windows: FakeBrowserWindow[] = []
  readonly set: Record<string, string> = {}
  readonly stderr: string[] = []
  readonly errorBoxes: { title: string; content: string }[] = []
  handedOver: unknown
  exitCode: number | null = null
  readonly #options: AppOptions
  readonly #switches = new Map<string, string>()
  readonly #ready = Promise.withResolvers<void>()
  #isReady = false
  #isQuitting = false
  #isExiting = false
  #isShutDown = false
  #signals = 0

  constructor(options: AppOptions) {
    super()
    this.#options = options
    this.isPackaged = options.isPackaged ?? false
    for (const text of options.switches ?? []) {
      const [name = '', ...value] = text.split('=')
      this.#switches.set(name, value.join('='))
    }
  }

  readonly commandLine = {
    appendSwitch: (name: string, value = ''): void => {
      this.log.push('commandLine.appendSwitch')
      this.#switches.set(name.toLowerCase(), value) // [switch-replaces]
    },
    hasSwitch: (name: string): boolean => this.#switches.has(name.toLowerCase()),
    getSwitchValue: (name: string): string => this.#switches.get(name.toLowerCase()) ?? ''
  } satisfies Pick<Electron.CommandLine, 'appendSwitch' | 'hasSwitch' | 'getSwitchValue'>

  /** The Chromium switches in force, as they would stand on the command line. */
  get switches(): string[] {
    return [...this.#switches].map(([name, value]) => (value === '' ? name : `${name}=${value}`))
  }

  /** [sandbox-switch] The sandbox is on as root, so that no child process lives. */
  get canStartProcesses(): boolean {
    return !this.#options.isRoot || this.#switches.has('no-sandbox')
  }

  /** [page-tree-on-linux] Whether a screen reader gets the tree of a page. */
  get hasPageTree(): boolean {
    return process.platform !== 'linux' || this.#switches.has('force-renderer-accessibility')
  }

  onlyWhenReady(what: string, message: string): void {
    if (!this.#isReady) throw new Error(message)
    this.log.push(what)
  }

  onlyBeforeReady(what: string, message: string): void {
    if (this.#isReady) throw new Error(message)
    this.log.push(what)
  }

  /** Loads the entry module and becomes ready, as Electron does. */
  async launch(load: () => Promise<unknown>): Promise<void> {
    try {
      await load() // [ready-after-entry]
    } catch (error) {
      // [failed-entry-lives-on]
      const { stack } = error as Error
      this.showErrorBox('A JavaScript error occurred in the main process', `Uncaught Exception:\n${stack}`)
    }
    this.#becomeReady()
  }

  #becomeReady(): void {
    if (this.exitCode !== null) return
    this.#isReady = true
    this.log.push('ready')
    this.#ready.resolve()
    if (this.#isShutDown) this.#end(0) // [quit-before-ready]
  }

  isReady(): boolean {
    return this.#isReady
  }

  whenReady(): Promise<void> {
    return this.#ready.promise
  }

  showErrorBox(title: string, content: string): void {
    // [error-box-needs-ready]
    if (process.platform === 'linux' && !this.#isReady) this.stderr.push(`${title}\n${content}`)
    else this.errorBoxes.push({ title, content })
  }

  setName(name: string): void {
    this.name = this.set.name = name
  }

  setAppUserModelId(id: string): void {
    this.set.appUserModelId = id
  }

  setDesktopName(name: string): void {
    this.log.push('setDesktopName')
    this.set.desktopName = name
  }

  setPath(name: string, path: string): void {
    if (!isAbsolute(path)) throw new Error('Path must be absolute') // [absolute-paths]
    this.log.push('setPath')
    this.set[name] = path
  }

  enableSandbox(): void {
    // [sandbox-before-ready]
    this.onlyBeforeReady('enableSandbox', 'app.enableSandbox() can only be called before app is ready')
    this.#switches.delete('no-sandbox') // [sandbox-switch]
    this.#switches.set('enable-sandbox', '')
  }

  requestSingleInstanceLock(data?: Record<string, unknown>): boolean {
    this.log.push('lock')
    this.handedOver = structuredClone(data) // [instance-data-is-cloned]
    return !this.#options.isSecond
  }

  getAppPath(): string {
    return this.#options.appPath ?? '/nowhere'
  }

  focus(): void {
    this.log.push('focus app')
  }

  hide(): void {
    for (const window of this.openWindows()) window.hide()
    this.log.push('hide app')
  }

  openWindows(): FakeBrowserWindow[] {
    return this.windows.filter((window) => !window.isDestroyed())
  }

  /** [quit-order] */
  quit(): void {
    this.log.push('quit')
    if (this.#isQuitting) return
    const event = preventable({})
    this.emit('before-quit', event)
    if (event.defaultPrevented) return
    this.#isQuitting = true
    const windows = this.openWindows()
    if (windows.length === 0) this.#notifyAndShutDown()
    for (const window of windows) window.close()
  }

  exit(code = 0): void {
    this.log.push(`exit ${code}`)
    if (!this.#isReady) {
      this.exitCode ??= code // [exit-before-ready]
      return
    }
    this.#isQuitting = true
    this.#isExiting = true
    for (const window of this.openWindows()) window.destroy() // [exit-asks-no-window]
    this.#shutDown(code)
  }

  /** [signals-quit-once] Somebody presses Ctrl+C, or the session ends. */
  signal(name: 'SIGINT' | 'SIGTERM' | 'SIGHUP'): void {
    this.#signals += 1
    this.log.push(name)
    if (this.#signals === 1) this.quit()
    else this.exitCode ??= 128 + { SIGHUP: 1, SIGINT: 2, SIGTERM: 15 }[name]
  }

  /** The system ends the process, whatever it waits for. */
  killed(): true {
    this.log.push('SIGKILL')
    this.exitCode ??= 137
    return true
  }

  /** Something that Chromium takes for impossible: the process is gone at once. */
  crash(rule: string): never {
    this.log.push(`crash: ${rule}`)
    this.exitCode ??= 133 // 128 and SIGTRAP
    throw new Error(`Electron crashed: ${rule}`)
  }

  /** Called by a window that is gone. */
  windowClosed(): void {
    if (this.#isExiting || this.openWindows().length > 0) return
    if (this.#isQuitting) this.#notifyAndShutDown()
    else if (this.listenerCount('window-all-closed') > 0) this.emit('window-all-closed')
    else this.quit() // [last-window-quits]
  }

  /** [prevented-close-cancels-quit] */
  windowCloseCancelled(): void {
    this.#isQuitting = false
  }

  #notifyAndShutDown(): void {
    const event = preventable({})
    this.emit('will-quit', event)
    if (event.defaultPrevented) this.#isQuitting = false
    else this.#shutDown(0)
  }

  #shutDown(code: number): void {
    if (this.#isShutDown) return
    this.#isShutDown = true
    this.emit('quit', preventable({}), code)
    if (this.#isReady) this.#end(code)
  }

  #end(code: number): void {
    // [exit-waits-for-threads]
    if (!this.#options.isThreadBlocked) this.exitCode ??= code
  }
}
