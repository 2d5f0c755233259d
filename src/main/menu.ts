import { Menu, type MenuItemConstructorOptions } from 'electron'
import { commandItem, commandsIn, menuLabel } from './command-menus.ts'
import type { System } from '#shared/command-hotkeys.ts'
import { commandEntry, type CommandId, type CommandMenu } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'

type Item = MenuItemConstructorOptions

const separator: Item = { type: 'separator' }

/** The application menu: each command that has the menu among its surfaces, and the usual menus of the system. */
export function menuTemplate(system: System, run: (id: CommandId) => void): Item[] {
  const isMac = system === 'macos'
  // macOS has no Alt keys for menus.
  const label = (words: string): string => (isMac ? words.replace('&', '') : words)
  const entry = (id: CommandId): Item => commandItem(id, commandEntry(id).windowKey, run)
  // macOS has a fixed place for these two.
  const isElsewhere = (id: CommandId): boolean => isMac && (id === 'quit' || id === 'settings')

  function menu(name: CommandMenu, others: Item[] = []): Item {
    const entries = commandsIn(name, 'menu').filter((id) => !isElsewhere(id))
    return { label: label(menuLabel(name)), submenu: [...entries.map(entry), ...others] }
  }
  const zoom: Item[] = [{ role: 'resetZoom' }, { role: 'zoomIn' }, { role: 'zoomOut' }]
  const menus: Item[] = [
    menu('file', isMac ? [{ role: 'close' }] : []),
    { role: 'editMenu', label: label(t('shell.menu.edit')) },
    menu('capture'),
    menu('caption'),
    menu('speech'),
    menu('privacy'),
    menu('view', [separator, ...zoom, separator, { role: 'togglefullscreen' }]),
    { role: 'windowMenu', label: label(t('shell.menu.window')) },
    { ...menu('help'), role: 'help' }
  ]
  return isMac ? [macMenu(entry), ...menus] : menus
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
