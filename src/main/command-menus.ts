import { commandEntry, commandIds, isReachable, type CommandId, type CommandMenu } from '#shared/commands.ts'

/** The menus of commands, each short enough to be heard through. `&` is before the letter that opens it together with Alt. */
export const menuLabels = {
  file: '&File',
  capture: '&Capture',
  caption: 'C&aption',
  speech: '&Speech',
  view: '&View',
  help: '&Help'
} as const satisfies Record<CommandMenu, string>

/** The commands of a menu that `surface` offers, in the table's order. */
export function commandsIn(menu: CommandMenu, surface: 'menu' | 'tray'): CommandId[] {
  return commandIds.filter((id) => commandEntry(id).menu === menu && isReachable(id, surface))
}
