/** Names of keys as they are printed, which most engines spell. */
const keys: Record<string, string> = {
  Ctrl: 'Control',
  Strg: 'Steuerung',
  Esc: 'Escape',
  Del: 'Delete',
  Ins: 'Insert',
  PgUp: 'Page Up',
  PgDn: 'Page Down',
  Cmd: 'Command',
  Entf: 'Entfernen',
  Einfg: 'Einfügen',
  Suppr: 'Supprimer'
}
const names = Object.keys(keys).join('|')
/** Beside a plus or a hyphen, or a key that is nothing else. */
const keyInChord = new RegExp(
  String.raw`(?<![\p{L}\p{N}_])(?:(?:${names})(?=[+-][\p{L}\p{N}↑↓←→])|(?<=\p{L}\+)(?:${names})|Ctrl|Strg)(?![\p{L}\p{N}_])`,
  'gu'
)

/** "Ctrl+Shift+Esc" as "Control+Shift+Escape"; the engines say the plus. */
export function withSpokenKeys(text: string): string {
  return text.replace(keyInChord, (key) => keys[key] ?? key)
}
