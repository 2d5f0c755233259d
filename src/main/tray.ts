import { Menu, Tray, type MenuItemConstructorOptions } from 'electron'
import { join } from 'node:path'
import { commandItem, commandsIn, menuLabel } from './command-menus.ts'
import type { Status } from '#shared/bridge.ts'
import type { System } from '#shared/command-hotkeys.ts'
import type { CommandId, CommandMenu } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'

type Item = MenuItemConstructorOptions

const separator: Item = { type: 'separator' }

/** What the tray's menu calls. */
export interface TrayActions {
  run: (id: CommandId) => void
  showWindow: () => void
}

export interface TrayIcon {
  /** Shows a new status; does nothing if the menu stays the same, because it may be open. */
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
      tray.setToolTip(t('shell.tray-tip', { status: words }))
      tray.setContextMenu(Menu.buildFromTemplate(trayTemplate(status, actions)))
    },
    remove: () => tray.destroy()
  }
}

/** The tray's menu: the status, the window, then each command that has the tray among its surfaces. */
export function trayTemplate(status: Status, { run, showWindow }: TrayActions): Item[] {
  const keys = new Map(status.hotkeys.map(({ command, accelerator }) => [command, accelerator]))
  const entries = (menu: CommandMenu): Item[] =>
    commandsIn(menu, 'tray').map((id) => commandItem(id, keys.get(id), run))
  const submenu = (menu: CommandMenu): Item => ({ label: menuLabel(menu).replace('&', ''), submenu: entries(menu) })
  return [
    { label: trayWords(status), enabled: false },
    { label: t('shell.open-descry'), click: showWindow },
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
  const hasFolders = watching.folders.length > 0
  const watched = watching.clipboard ? (hasFolders ? 'both' : 'clipboard') : hasFolders ? 'screenshots' : 'nothing'
  return sendingOn ? t('shell.tray-sending', { watched, provider }) : t('shell.tray-not-sending', { watched })
}
