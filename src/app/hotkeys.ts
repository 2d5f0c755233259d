import type { App } from './host.ts'
import type { GlobalHotkeys, HoldResult } from '#core/ports/hotkeys.ts'
import { isTyping, keysId, parseAccelerator } from '#shared/accelerators.ts'
import type { Status } from '#shared/bridge.ts'
import { chosenHotkey, defaultHotkey, type System } from '#shared/command-hotkeys.ts'
import { commandIds, isReachable, type CommandId } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'

type Hotkey = Status['hotkeys'][number]

export interface HotkeyTable {
  /**
   * Registers these hotkeys, in place of the ones before. One that another program has is replaced by its fallback; each
   * result says which keys are registered and, in one sentence, what is wrong.
   *
   * @param chosen accelerators that differ from the command table's; null turns one off.
   */
  take(chosen: Settings['hotkeys']): Promise<Hotkey[]>
  /** From now on, no key does anything. */
  release(): void
}

/** Keys that are held down repeat every 20 to 50 ms on most systems; nobody presses them that fast. */
const repetitionMs = 150

/**
 * The global hotkeys: keys stay registered while they have a command, and run the one they have when pressed.
 *
 * @param nowMs a clock that never goes back.
 */
export function createHotkeyTable(
  system: System,
  global: GlobalHotkeys,
  onPress: (command: CommandId) => void,
  nowMs: () => number = () => performance.now()
): HotkeyTable {
  /** By the keys, not by how their accelerator is spelled. */
  const commandOf = new Map<string, CommandId>()
  const registered = new Map<string, string>()
  let last: Promise<unknown> = Promise.resolve()

  /** Calls the command that the keys have now, unless they only repeat: each press may cost a request. */
  function pressed(id: string): () => void {
    let lastMs = -Infinity
    return () => {
      const beforeMs = lastMs
      lastMs = nowMs()
      const command = commandOf.get(id)
      if (command && lastMs - beforeMs > repetitionMs) onPress(command)
    }
  }

  /** `taken` also for keys that another command of ours has. */
  async function take(accelerator: string, command: CommandId): Promise<HoldResult> {
    const keys = parseAccelerator(accelerator, system === 'macos')
    if (!keys || isTyping(keys)) return 'unreadable'
    const id = keysId(keys)
    if (commandOf.has(id)) return 'taken'
    if (!registered.has(id)) {
      const result = await global.hold(accelerator, pressed(id))
      if (result !== 'held') return result
      registered.set(id, accelerator)
    }
    commandOf.set(id, command)
    return 'held'
  }

  async function takeFor(command: CommandId, chosen: string | null | undefined): Promise<Hotkey> {
    const usual = defaultHotkey(command, system)
    const wanted = chosen === undefined ? usual?.first : chosen
    if (!wanted) return { command, accelerator: null, problem: null }

    const result = await take(wanted, command)
    if (result === 'held') return { command, accelerator: wanted, problem: null }
    if (usual && (await take(usual.fallback, command)) === 'held') {
      const problem = problemOf(result, wanted, system, spokenKeys(usual.fallback, system))
      return { command, accelerator: usual.fallback, problem }
    }
    return { command, accelerator: null, problem: problemOf(result, wanted, system, null) }
  }

  async function takeAll(chosen: Settings['hotkeys']): Promise<Hotkey[]> {
    commandOf.clear()
    const hotkeys: Hotkey[] = []
    for (const command of commandIds)
      if (isReachable(command, 'hotkey')) hotkeys.push(await takeFor(command, chosenHotkey(chosen, command)))
    releaseUnused()
    return hotkeys
  }

  function releaseUnused(): void {
    for (const [id, accelerator] of registered) {
      if (commandOf.has(id)) continue
      registered.delete(id)
      global.release(accelerator)
    }
  }

  return {
    take(chosen) {
      const taken = last.then(() => takeAll(chosen))
      last = taken
      return taken
    },
    release() {
      commandOf.clear()
      releaseUnused()
    }
  }
}

/** Registers them now, and again whenever the user chooses others; the app shows and says the result. */
export function keepHotkeys(table: HotkeyTable, descry: Pick<App, 'onStatus' | 'status' | 'setHotkeys'>): void {
  let taken = ''
  const take = ({ settings }: Status): void => {
    const wanted = JSON.stringify(settings.hotkeys)
    if (wanted === taken) return
    taken = wanted
    void table.take(settings.hotkeys).then((hotkeys) => descry.setHotkeys(hotkeys))
  }
  descry.onStatus(take)
  take(descry.status())
}

function problemOf(result: HoldResult, wanted: string, system: System, fallback: string | null): string {
  const keys = spokenKeys(wanted, system)
  if (result === 'taken')
    return fallback ? t('shell.hotkey-taken-fallback', { keys, fallback }) : t('shell.hotkey-taken', { keys })
  if (result === 'impossible')
    return fallback ? t('shell.hotkey-impossible-fallback', { keys, fallback }) : t('shell.hotkey-impossible', { keys })
  return fallback
    ? t('shell.hotkey-invalid-fallback', { keys: wanted, fallback })
    : t('shell.hotkey-invalid', { keys: wanted })
}

/** An accelerator as it is said: "Control Shift Windows E". */
export function spokenKeys(accelerator: string, system: System): string {
  const superKey = { windows: 'Windows', macos: 'Command', linux: 'Super' }[system]
  return accelerator.replaceAll(/super/giu, superKey).replaceAll('+', ' ')
}
