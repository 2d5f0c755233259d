import type { MenuItemConstructorOptions } from 'electron'
import { commandEntry, commandIds, isReachable, type CommandId, type CommandMenu } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'

/** The label of a menu. `&` is before the letter that opens it together with Alt. */
export const menuLabel = (menu: CommandMenu): string => t(`shell.menu.${menu}`)

/** The commands of a menu that `surface` offers, in the table's order. */
export function commandsIn(menu: CommandMenu, surface: 'menu' | 'tray'): CommandId[] {
  return commandIds.filter((id) => commandEntry(id).menu === menu && isReachable(id, surface))
}

/**
 * A command as a menu item. Its keys are shown so that users can learn them, but not registered: the page handles them, and
 * global hotkeys are registered elsewhere.
 */
export function commandItem(
  id: CommandId,
  keys: string | null | undefined,
  run: (id: CommandId) => void
): MenuItemConstructorOptions {
  const item: MenuItemConstructorOptions = { id, label: commandEntry(id).title, click: () => run(id) }
  if (keys) Object.assign(item, { accelerator: keys, registerAccelerator: false })
  return item
}
