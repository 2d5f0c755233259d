import { commandEntry, commandIds, isReachable, type CommandId } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'

export const isMac = navigator.platform.startsWith('Mac')

interface Chord {
  ctrl: boolean
  meta: boolean
  alt: boolean
  shift: boolean
  key: string
}

function chord(accelerator: string): Chord {
  const names = accelerator.split('+')
  const has = (name: string): boolean => names.includes(name)
  return {
    ctrl: has('Control') || (has('CommandOrControl') && !isMac),
    meta: has('Command') || has('Super') || (has('CommandOrControl') && isMac),
    alt: has('Alt'),
    shift: has('Shift'),
    key: names.at(-1) ?? ''
  }
}

function isPressed({ ctrl, meta, alt, shift, key }: Chord, event: KeyboardEvent): boolean {
  if (event.ctrlKey !== ctrl || event.metaKey !== meta || event.altKey !== alt || event.shiftKey !== shift) return false
  if (/^F\d/u.test(key)) return event.key === key
  // On keyboards for Cyrillic, Greek and so on, keys are matched by position.
  const isLatin = /^[\x20-\x7e]$/u.test(event.key)
  return isLatin ? event.key.toUpperCase() === key : event.code === `Key${key}`
}

/** The commands the window offers, in the table's order. */
export const windowCommands: readonly CommandId[] = commandIds.filter((id) => isReachable(id, 'window'))

/** The command whose key inside the window was pressed, or null. */
export function pressedCommand(event: KeyboardEvent): CommandId | null {
  return (
    windowCommands.find((id) => {
      const { windowKey } = commandEntry(id)
      return windowKey !== undefined && isPressed(chord(windowKey), event)
    }) ?? null
  )
}

/** A readable form of an accelerator: "Ctrl+Shift+A", on macOS "Cmd+Shift+A". */
export function keyName(accelerator: string): string {
  return accelerator
    .replace('CommandOrControl', isMac ? 'Command' : 'Control')
    .replace('Command', t('window.key.cmd'))
    .replace('Control', t('window.key.ctrl'))
}

/** A command's key inside the window, in readable form; null if it has none. */
export function windowKeyName(id: CommandId): string | null {
  const { windowKey } = commandEntry(id)
  return windowKey === undefined ? null : keyName(windowKey)
}
