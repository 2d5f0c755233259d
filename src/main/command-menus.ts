import { commandIds, isReachable, type CommandId } from '#shared/commands.ts'

/** The menus of commands, each short enough to be heard through. `&` is before the letter that opens it together with Alt. */
export const menuLabels = {
  file: '&File',
  capture: '&Capture',
  caption: 'C&aption',
  speech: '&Speech',
  view: '&View',
  help: '&Help'
} as const
export type CommandMenu = keyof typeof menuLabels

/** The compiler asks for the place of each new command. */
const menuOf: Record<CommandId, CommandMenu> = {
  screen: 'capture',
  window: 'capture',
  region: 'capture',
  object: 'capture',
  text: 'capture',
  changed: 'capture',
  clipboard: 'capture',
  open: 'file',
  watch: 'capture',
  stop: 'speech',
  commands: 'help',
  ask: 'caption',
  more: 'caption',
  step: 'caption',
  doubt: 'caption',
  'second-opinion': 'caption',
  repeat: 'speech',
  pause: 'speech',
  'previous-sentence': 'speech',
  'next-sentence': 'speech',
  spell: 'speech',
  slower: 'speech',
  faster: 'speech',
  copy: 'caption',
  history: 'view',
  settings: 'file',
  status: 'help',
  spent: 'help',
  quit: 'file'
}

/** The commands of a menu that `surface` offers, in the table's order. */
export function commandsIn(menu: CommandMenu, surface: 'menu' | 'tray'): CommandId[] {
  return commandIds.filter((id) => menuOf[id] === menu && isReachable(id, surface))
}
