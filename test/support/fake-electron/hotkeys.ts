import type Electron from 'electron'
import type { FakeApp } from './app.ts'
import { isWaylandSession } from './events.ts'

const modifiers: Record<string, string> = {
  alt: 'Alt',
  option: 'Alt',
  altgr: 'AltGr',
  shift: 'Shift',
  control: 'Control',
  ctrl: 'Control',
  command: 'Super',
  cmd: 'Super',
  super: 'Super',
  meta: 'Super'
}
const named =
  /^(?:f(?:[1-9]|1\d|2[0-4])|space|tab|capslock|numlock|scrolllock|backspace|delete|insert|return|enter|up|down|left|right|home|end|pageup|pagedown|escape|esc|volume(?:up|down|mute)|media(?:nexttrack|previoustrack|stop|playpause)|printscreen|plus|num(?:\d|dec|add|sub|mult|div))$/u

/** [accelerators-ignore-case] The keys an accelerator means, always spelled alike; null for none. */
export function keysOf(accelerator: string): { modifiers: string[]; key: string } | null {
  // oxlint-disable-next-line no-control-regex -- ASCII is what Electron asks for
  if (!/^[\u0000-\u007F]*$/u.test(accelerator)) return null // [accelerators-that-are-none-throw]
  const held = new Set<string>()
  let key = ''
  for (const token of accelerator.split('+').map((part) => part.trim().toLowerCase())) {
    if (token === '') continue
    if (/^(?:command|cmd)orc(?:ontrol|trl)$/u.test(token)) held.add(process.platform === 'darwin' ? 'Super' : 'Control')
    else if (modifiers[token]) held.add(modifiers[token])
    else if (token.length === 1 || named.test(token)) key = token.toUpperCase()
    else key = ''
  }
  return key === '' ? null : { modifiers: [...held].toSorted(), key }
}

export interface HotkeyOptions {
  /** Accelerators that other programs hold. */
  takenShortcuts?: string[]
  /** Accelerators for which register() returns true although nothing is registered. */
  lostShortcuts?: string[]
}

type UsedByShortcuts = 'register' | 'isRegistered' | 'unregister' | 'unregisterAll'
type Callbacks = Map<string, { accelerator: string; call: () => void }>

export class FakeGlobalShortcut implements Pick<Electron.GlobalShortcut, UsedByShortcuts> {
  readonly #options: HotkeyOptions
  readonly #app: FakeApp
  /** What to call, by the keys; on Wayland by the name that the portal knows. */
  readonly #callbacks: Callbacks = new Map()
  /** On Wayland: the portal's names for keys, which it never forgets. */
  readonly #bound = new Map<string, string>()

  constructor(options: HotkeyOptions, app: FakeApp) {
    this.#options = options
    this.#app = app
  }

  /** The accelerators that call something, as they were registered. */
  get held(): string[] {
    return [...this.#callbacks.values()].map(({ accelerator }) => accelerator)
  }

  #isPortal(): boolean {
    return isWaylandSession((text) => this.#app.switches.includes(text))
  }

  #read(accelerator: string): { id: string; name: string } {
    const keys = keysOf(accelerator)
    if (!keys) throw new TypeError(`Error processing argument at index 0, conversion failure from ${accelerator}`)
    const id = [...keys.modifiers, keys.key].join('+')
    return { id, name: this.#isPortal() ? portalName(keys) : id }
  }

  register(accelerator: string, call: () => void): boolean {
    // [hotkeys-need-ready]
    this.#app.onlyWhenReady(`register ${accelerator}`, 'globalShortcut cannot be used before the app is ready')
    const { id, name } = this.#read(accelerator)
    if (this.#isPortal()) {
      this.#bound.set(id, name) // [portal-registers-anything]
      this.#callbacks.set(name, { accelerator, call }) // [portal-cannot-name-f-keys]
      return true
    }
    const isAmong = (list: string[] = []): boolean => list.some((one) => this.#read(one).id === id)
    // [hotkeys-register-once]
    if (isAmong(this.#options.takenShortcuts) || this.#callbacks.has(name)) return false
    if (!isAmong(this.#options.lostShortcuts)) this.#callbacks.set(name, { accelerator, call })
    return true
  }

  isRegistered(accelerator: string): boolean {
    return this.#callbacks.has(this.#read(accelerator).name)
  }

  unregister(accelerator: string): void {
    this.#app.onlyWhenReady('unregister shortcut', 'globalShortcut cannot be used before the app is ready')
    const { name } = this.#read(accelerator)
    if (!this.#isPortal()) this.#callbacks.delete(name) // [portal-unregister-is-nothing]
  }

  unregisterAll(): void {
    this.#app.onlyWhenReady('unregister shortcuts', 'globalShortcut cannot be used before the app is ready')
    this.#callbacks.clear() // [portal-stale-keys-are-fatal]
  }

  /** Somebody presses exactly these keys, in any program. */
  press(accelerator: string): void {
    const { id, name } = this.#read(accelerator)
    if (this.#isPortal()) {
      const bound = this.#bound.get(id)
      if (bound === undefined) throw new Error(`${accelerator} is not registered.`)
      const callback = this.#callbacks.get(bound)
      return callback ? callback.call() : this.#app.crash('portal-stale-keys-are-fatal')
    }
    const callback = this.#callbacks.get(name) // [super-is-a-modifier]
    if (!callback) throw new Error(`${accelerator} is not registered.`)
    callback.call()
  }

  /** [held-hotkeys-repeat] Somebody holds these keys down for a second. */
  holdDown(accelerator: string): void {
    const repeats = process.platform !== 'darwin' && !this.#isPortal()
    for (let count = 0; count < (repeats ? 20 : 1); count += 1) this.press(accelerator)
  }
}

/** The name by which the portal knows keys; empty for those without one. */
function portalName({ modifiers: held, key }: { modifiers: string[]; key: string }): string {
  const hasName =
    /^(?:[A-Z0-9,.]|UP|DOWN|LEFT|RIGHT|INSERT|DELETE|HOME|END|PAGEUP|PAGEDOWN|SPACE|TAB|MEDIA\w+)$/u.test(key) &&
    (held.length > 0 || key.startsWith('MEDIA'))
  return hasName ? [...held, key].join('+') : ''
}
