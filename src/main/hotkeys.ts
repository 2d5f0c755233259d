import { globalShortcut } from 'electron'
import type { App } from '#app/host.ts'
import type { Status } from '#shared/bridge.ts'
import { chosenHotkey, commandIds, defaultHotkey, isReachable, type CommandId, type System } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'

type Hotkey = Status['hotkeys'][number]

/**
 * Registers the global hotkeys, in place of the ones before. A hotkey that another program has is replaced by its fallback;
 * each result says which keys are registered and, in one sentence, what is wrong.
 *
 * @param chosen accelerators that differ from the command table's; null turns one off.
 */
export function takeHotkeys(
  system: System,
  chosen: Settings['hotkeys'],
  onPress: (command: CommandId) => void
): Hotkey[] {
  globalShortcut.unregisterAll()
  return commandIds.flatMap((command) => {
    const hotkey = takeHotkey(command, system, chosenHotkey(chosen, command), () => onPress(command))
    return hotkey ? [hotkey] : []
  })
}

/** Registers them now, and again whenever the user chooses others; the app shows and says the result. */
export function keepHotkeys(system: System, descry: App, onPress: (command: CommandId) => void): void {
  let taken = ''
  const take = ({ settings }: Status): void => {
    const wanted = JSON.stringify(settings.hotkeys)
    if (wanted === taken) return
    taken = wanted
    descry.setHotkeys(takeHotkeys(system, settings.hotkeys, onPress))
  }
  descry.onStatus(take)
  take(descry.status())
}

export function releaseHotkeys(): void {
  globalShortcut.unregisterAll()
}

function takeHotkey(
  command: CommandId,
  system: System,
  chosen: string | null | undefined,
  press: () => void
): Hotkey | null {
  if (!isReachable(command, 'hotkey')) return null
  const usual = defaultHotkey(command, system)
  const wanted = chosen === undefined ? usual?.first : chosen
  if (!wanted) return { command, accelerator: null, problem: null }

  const result = tryToTake(wanted, press)
  if (result === 'held') return { command, accelerator: wanted, problem: null }
  const isTaken = result === 'taken'
  const keys = isTaken ? spokenKeys(wanted, system) : wanted
  if (usual && tryToTake(usual.fallback, press) === 'held') {
    const fallback = spokenKeys(usual.fallback, system)
    const problem = isTaken
      ? t('shell.hotkey-taken-fallback', { keys, fallback })
      : t('shell.hotkey-invalid-fallback', { keys, fallback })
    return { command, accelerator: usual.fallback, problem }
  }
  return {
    command,
    accelerator: null,
    problem: isTaken ? t('shell.hotkey-taken', { keys }) : t('shell.hotkey-invalid', { keys })
  }
}

function tryToTake(accelerator: string, press: () => void): 'held' | 'taken' | 'unknown' {
  try {
    // It is already ours, for another command, and registering it again would silently take it from that.
    if (globalShortcut.isRegistered(accelerator)) return 'taken'
    // The return value alone is not reliable on every system.
    const isHeld = globalShortcut.register(accelerator, press) && globalShortcut.isRegistered(accelerator)
    return isHeld ? 'held' : 'taken'
  } catch {
    return 'unknown' // Electron throws for what it cannot read as keys.
  }
}

/** An accelerator as it is said: "Control Shift Windows E". */
export function spokenKeys(accelerator: string, system: System): string {
  const superKey = { windows: 'Windows', macos: 'Command', linux: 'Super' }[system]
  return accelerator.replaceAll('Super', superKey).replaceAll('+', ' ')
}
