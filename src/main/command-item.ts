import type { MenuItemConstructorOptions } from 'electron'
import { commandEntry, type CommandId } from '#shared/commands.ts'

/**
 * A command as an entry of a menu. Its keys are shown so that they can be learnt, and not registered: the page hears them
 * first, and global shortcuts are registered elsewhere.
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
