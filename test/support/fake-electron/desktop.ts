import { EventEmitter } from 'node:events'
import type Electron from 'electron'
import type { FakeApp } from './app.ts'

/** A menu that remembers what it was built from. */
export interface FakeMenu {
  template: Electron.MenuItemConstructorOptions[]
}

/** [menu-items-say-what-they-are] */
export function buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): FakeMenu {
  for (const item of template) {
    if (item.label === undefined && item.role === undefined && item.type === undefined)
      throw new TypeError('Invalid template for MenuItem: must have at least one of label, role or type')
    if (Array.isArray(item.submenu)) buildFromTemplate(item.submenu)
  }
  return { template }
}

export class FakeTray extends EventEmitter implements Pick<Electron.Tray, 'setToolTip' | 'destroy'> {
  readonly image: string
  toolTip = ''
  menu: Electron.MenuItemConstructorOptions[] = []
  menusSet = 0
  isGone = false

  constructor(image: string, app: FakeApp) {
    app.onlyWhenReady('tray', 'Cannot create Tray before app is ready') // [tray-needs-ready]
    super()
    this.image = image
  }

  setToolTip(toolTip: string): void {
    this.toolTip = toolTip
  }

  setContextMenu(menu: FakeMenu): void {
    this.menu = menu.template
    this.menusSet += 1
  }

  destroy(): void {
    this.isGone = true
  }
}
