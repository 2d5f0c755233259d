import { Menu, Tray, type MenuItemConstructorOptions } from 'electron'
import { join } from 'node:path'
import { commandItem } from './command-item.ts'
import { commandsIn, menuLabels } from './command-menus.ts'
import type { Status } from '#shared/bridge.ts'
import type { CommandId, CommandMenu, System } from '#shared/commands.ts'

type Item = MenuItemConstructorOptions

const separator: Item = { type: 'separator' }

/** What the tray can do to Descry. */
export interface TrayActions {
  run: (id: CommandId) => void
  showWindow: () => void
}

export interface TrayIcon {
  /** Shows a new status; does nothing while the menu would stay the same, for it may be open. */
  show(status: Status): void
  remove(): void
}

const iconNames: Record<System, string> = { windows: 'tray.png', macos: 'trayTemplate.png', linux: 'tray-linux.png' }

/** Puts the icon into the tray. Null where the system gives no tray. */
export function createTrayIcon(assetsDir: string, system: System, actions: TrayActions): TrayIcon | null {
  let tray: Tray
  try {
    tray = new Tray(join(assetsDir, 'tray', iconNames[system]))
  } catch {
    return null
  }
  tray.on('click', () => {
    // On macOS a click opens the menu.
    if (system !== 'macos') actions.showWindow()
  })
  let shown = ''
  return {
    show(status) {
      const words = trayWords(status)
      const wanted = JSON.stringify([words, status.hotkeys])
      if (wanted === shown) return
      shown = wanted
      tray.setToolTip(`Descry: ${words}`)
      tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(status, actions)))
    },
    remove: () => tray.destroy()
  }
}

/** The tray's menu: what goes on, the way to the window, then each command whose surfaces name the tray. */
export function trayTemplate(status: Status, { run, showWindow }: TrayActions): Item[] {
  const keys = new Map(status.hotkeys.map(({ command, accelerator }) => [command, accelerator]))
  const entries = (menu: CommandMenu): Item[] =>
    commandsIn(menu, 'tray').map((id) => commandItem(id, keys.get(id), run))
  const submenu = (menu: CommandMenu): Item => ({ label: menuLabels[menu].replace('&', ''), submenu: entries(menu) })
  return [
    { label: trayWords(status), enabled: false },
    { label: 'Open Descry', click: showWindow },
    separator,
    submenu('capture'),
    submenu('speech'),
    separator,
    ...entries('help'),
    ...entries('file')
  ]
}

/** The status in a few words: what is watched, and whether pictures are sent. */
function trayWords({ watching, sendingOn, provider }: Status): string {
  const watched = [
    ...(watching.clipboard ? ['clipboard'] : []),
    ...(watching.folders.length > 0 ? ['screenshots'] : [])
  ].join(' and ')
  const watches = watched ? `watching ${watched}` : 'watching nothing'
  return `${watches}, ${sendingOn ? `sending to ${provider}` : 'sending off'}`
}
