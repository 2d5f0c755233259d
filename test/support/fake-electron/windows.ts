import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import type { FakeApp } from './app.ts'
import { cloned, isWaylandSession, preventable } from './events.ts'

export class FakeWebContents
  extends EventEmitter
  implements Pick<Electron.WebContents, 'send' | 'reload' | 'setWindowOpenHandler'>
{
  sent: unknown[][] = []
  reloads = 0
  openHandler: Parameters<Electron.WebContents['setWindowOpenHandler']>[0] | null = null

  send(...message: Parameters<Electron.WebContents['send']>): void {
    this.sent.push(cloned(message)) // [ipc-is-cloned]
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
  | 'destroy'
  | 'isVisible'
  | 'isFocused'
  | 'isMinimized'
  | 'isFullScreen'
  | 'setFullScreen'
  | 'isDestroyed'

const isMac = (): boolean => process.platform === 'darwin'

export class FakeBrowserWindow extends EventEmitter implements Pick<Electron.BrowserWindow, UsedByWindow> {
  readonly options: Electron.BrowserWindowConstructorOptions
  /** What a person would see; readable when the window is gone, too. */
  readonly state = {
    url: '',
    isVisible: false,
    isFocused: false,
    isMinimized: false,
    isFullScreen: false,
    /** A full-screen space without a window in it. */
    isScreenBlack: false,
    isDestroyed: false
  }
  readonly #webContents = new FakeWebContents()
  readonly #app: FakeApp

  constructor(options: Electron.BrowserWindowConstructorOptions, app: FakeApp) {
    app.onlyWhenReady('window', 'Cannot create BrowserWindow before app is ready') // [windows-need-ready]
    super()
    this.options = options
    this.#app = app
    this.state.isVisible = options.show ?? true
    app.windows.push(this)
    app.emit('web-contents-created', preventable({}), this.#webContents)
  }

  get webContents(): FakeWebContents {
    this.#onlyAlive()
    return this.#webContents
  }

  /** [destroyed-windows-throw] */
  #onlyAlive(): void {
    if (this.state.isDestroyed) throw new TypeError('Object has been destroyed')
  }

  #isWayland(): boolean {
    return isWaylandSession((text) => this.#app.switches.includes(text))
  }

  async loadURL(url: string): Promise<void> {
    this.#onlyAlive()
    if (!this.#app.canStartProcesses) {
      this.#webContents.emit('render-process-gone', preventable({}), { reason: 'launch-failed', exitCode: 133 })
      throw new Error(`ERR_FAILED (-2) loading '${url}'`)
    }
    this.state.url = url
    this.#app.log.push(`load ${url}`)
  }

  show(): void {
    this.#onlyAlive()
    this.#app.log.push('show window')
    // [wayland-knows-no-minimized]
    if (this.#isWayland() && this.state.isVisible && this.state.isMinimized) return
    Object.assign(this.state, { isVisible: true, isFocused: true, isScreenBlack: false })
  }

  hide(): void {
    this.#onlyAlive()
    // [mac-full-screen-is-left-first]
    if (isMac() && this.state.isFullScreen) this.state.isScreenBlack = true
    Object.assign(this.state, { isVisible: false, isFocused: false })
    if (this.#isWayland()) this.state.isMinimized = false
  }

  minimize(): void {
    this.#onlyAlive()
    Object.assign(this.state, { isVisible: true, isMinimized: true, isFocused: false }) // [minimizing-shows]
  }

  restore(): void {
    this.#onlyAlive()
    if (!this.#isWayland()) this.state.isMinimized = false
  }

  focus(): void {
    this.#onlyAlive()
    if (this.state.isVisible && !this.state.isMinimized) this.state.isFocused = true // [hidden-windows-take-no-focus]
  }

  setFullScreen(isFullScreen: boolean): void {
    this.#onlyAlive()
    const change = (): void => {
      this.state.isFullScreen = isFullScreen
      this.emit(isFullScreen ? 'enter-full-screen' : 'leave-full-screen')
    }
    if (isMac()) queueMicrotask(change)
    else change()
  }

  /** [close-is-asynchronous] */
  close(): void {
    this.#onlyAlive()
    const event = preventable({})
    this.emit('close', event)
    if (event.defaultPrevented) this.#app.windowCloseCancelled()
    else queueMicrotask(() => this.destroy())
  }

  destroy(): void {
    if (this.state.isDestroyed) return
    Object.assign(this.state, { isDestroyed: true, isVisible: false, isFocused: false })
    this.emit('closed')
    this.#app.windowClosed()
  }

  isVisible(): boolean {
    this.#onlyAlive()
    // [minimized-is-not-visible]
    return this.state.isVisible && (process.platform === 'linux' || !this.state.isMinimized)
  }

  isFocused(): boolean {
    this.#onlyAlive()
    return this.state.isFocused
  }

  isMinimized(): boolean {
    this.#onlyAlive()
    return this.state.isMinimized && !this.#isWayland()
  }

  isFullScreen(): boolean {
    this.#onlyAlive()
    return this.state.isFullScreen
  }

  isDestroyed(): boolean {
    return this.state.isDestroyed
  }
}
