/** Keys pressed together, read from an accelerator such as "Control+Shift+Super+E". */
export interface Keys {
  modifiers: readonly Modifier[]
  /** In upper case: "E", "F5", "PAGEUP", ",". */
  key: string
}

export type Modifier = 'Control' | 'Alt' | 'AltGr' | 'Shift' | 'Super'

const modifierNames = new Map<string, Modifier>([
  ['control', 'Control'],
  ['ctrl', 'Control'],
  ['alt', 'Alt'],
  ['option', 'Alt'],
  ['altgr', 'AltGr'],
  ['shift', 'Shift'],
  ['super', 'Super'],
  ['meta', 'Super'],
  ['command', 'Super'],
  ['cmd', 'Super']
])

const commandOrControl = /^(?:commandorcontrol|cmdorctrl)$/u

const namedKey =
  /^(?:SPACE|TAB|BACKSPACE|DELETE|INSERT|RETURN|ENTER|UP|DOWN|LEFT|RIGHT|HOME|END|PAGEUP|PAGEDOWN|ESCAPE|ESC|PLUS|PRINTSCREEN|F[1-9]|F1\d|F2[0-4])$/u
const otherNames = new Map([
  ['ENTER', 'RETURN'],
  ['ESC', 'ESCAPE'],
  ['+', 'PLUS']
])

/**
 * Reads an accelerator as Electron does: without regard to case, with all its spellings of a modifier. Null for what names
 * no key, more than one, or a key that makes no sense as a hotkey (volume, Caps Lock).
 * https://www.electronjs.org/docs/latest/tutorial/keyboard-shortcuts
 *
 * @param isMac CommandOrControl is Command.
 */
export function parseAccelerator(text: string, isMac = false): Keys | null {
  const modifiers = new Set<Modifier>()
  let key: string | null = null
  for (const part of text.split('+')) {
    const name = part.trim()
    const modifier = modifierNames.get(name.toLowerCase().replace(commandOrControl, isMac ? 'command' : 'control'))
    if (modifier) modifiers.add(modifier)
    else if (key !== null || !isKey(name.toUpperCase())) return null
    else key = name.toUpperCase()
  }
  if (key === null) return null
  return { modifiers: [...modifiers].toSorted(), key: otherNames.get(key) ?? key }
}

function isKey(name: string): boolean {
  return /^[\x21-\x7E]$/u.test(name) || namedKey.test(name)
}

/** True for keys that type something: they must not be taken from other programs. */
export function isTyping({ modifiers, key }: Keys): boolean {
  return modifiers.every((name) => name === 'Shift' || name === 'AltGr') && !/^(?:F\d+|PRINTSCREEN)$/u.test(key)
}

/** The same text for the same keys, however their accelerator is spelled. */
export function keysId({ modifiers, key }: Keys): string {
  return [...modifiers, key].join('+')
}
