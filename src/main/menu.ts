import { Menu, type MenuItemConstructorOptions } from 'electron'
import { commandItem } from './command-item.ts'
import { commandEntry, commandIds, isReachable, type CommandId, type System } from '#shared/commands.ts'

type Item = MenuItemConstructorOptions

const separator: Item = { type: 'separator' }

/** The application menu: each command whose surfaces name it, once, and the usual menus of the system. */
export function menuTemplate(system: System, run: (id: CommandId) => void): Item[] {
  const isMac = system === 'macos'
  const entry = (id: CommandId): Item => commandItem(id, commandEntry(id).windowKey, run)
  // macOS has a fixed place for these two.
  const isElsewhere = (id: CommandId): boolean => id === 'quit' || (isMac && id === 'settings')
  const inMenu = commandIds.filter((id) => isReachable(id, 'menu') && !isElsewhere(id))

  const commandsMenu: Item = {
    label: isMac ? 'Commands' : '&Commands',
    submenu: [...inMenu.map(entry), ...(isMac ? [] : [separator, entry('quit')])]
  }
  const viewMenu: Item = {
    label: isMac ? 'View' : '&View',
    submenu: [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }, separator, { role: 'togglefullscreen' }]
  }
  const rest: Item[] = [commandsMenu, { role: 'editMenu' }, viewMenu, { role: 'windowMenu' }]
  return isMac ? [macMenu(entry), ...rest] : rest
}

export function setApplicationMenu(system: System, run: (id: CommandId) => void): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(system, run)))
}

function macMenu(entry: (id: CommandId) => Item): Item {
  return {
    label: 'Descry',
    submenu: [
      { role: 'about' },
      separator,
      entry('settings'),
      separator,
      { role: 'services' },
      separator,
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      separator,
      entry('quit')
    ]
  }
}
