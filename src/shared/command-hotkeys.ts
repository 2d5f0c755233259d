import { commandEntry, findCommand, type CommandId, type HotkeyLetter } from './commands.ts'

/** The systems whose default keys differ. */
export type System = 'windows' | 'macos' | 'linux'

/** The hotkey that the settings give a command, under its present or a former id; undefined when they name none. */
export function chosenHotkey(hotkeys: Record<string, string | null>, id: CommandId): string | null | undefined {
  if (Object.hasOwn(hotkeys, id)) return hotkeys[id]
  const former = Object.keys(hotkeys).find((name) => findCommand(name) === id)
  return former === undefined ? undefined : hotkeys[former]
}

const chordPrefix: Record<System, string> = {
  windows: 'Control+Shift+Super',
  macos: 'Control+Shift+Command',
  linux: 'Control+Shift+Super'
}
const fallbackKey: Record<HotkeyLetter, string> = { P: 'F8', E: 'F9', X: 'F10', K: 'F11', G: 'F12' }

/** The default global accelerator of a command and its fallback, in Electron form; null when it has no hotkey. */
export function defaultHotkey(id: CommandId, system: System): { first: string; fallback: string } | null {
  const { hotkeyLetter: letter } = commandEntry(id)
  if (!letter) return null
  return { first: `${chordPrefix[system]}+${letter}`, fallback: `Control+Alt+Shift+${fallbackKey[letter]}` }
}
