import type { MenuItemConstructorOptions } from 'electron'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runShell } from './running-shell.ts'
import { defaultHotkey, type System } from '#shared/command-hotkeys.ts'
import { commandEntry, commandIds, isReachable } from '#shared/commands.ts'
import { until } from '#test/process.ts'

type Item = MenuItemConstructorOptions

const flat = (items: Item[]): Item[] =>
  items.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? flat(item.submenu) : [])])
const commandsIn = (items: Item[]): string[] => flat(items).flatMap(({ id }) => (id ? [id] : []))
const reachableBy = (surface: 'menu' | 'tray'): string[] => commandIds.filter((id) => isReachable(id, surface))
const click = (items: Item[], wanted: (item: Item) => boolean): void => {
  const item = flat(items).find(wanted)
  if (!item?.click) throw new Error('There is no such entry.')
  item.click({} as never, undefined, {})
}

describe.each(['linux', 'win32', 'darwin'] as const)('the menu on %s', (platform) => {
  it('holds each command that names it, once, in the words of the table', async () => {
    const { fake } = await runShell({ platform })
    expect(commandsIn(fake.applicationMenu).toSorted()).toEqual(reachableBy('menu').toSorted())
    for (const { id, label } of flat(fake.applicationMenu)) {
      if (id) expect(label).toBe(commandEntry(id as never).title)
    }
  })

  it('is in groups that are short enough to be heard through, each with its own letter', async () => {
    const { fake } = await runShell({ platform })
    for (const { label, submenu } of fake.applicationMenu)
      expect(commandsIn((submenu ?? []) as Item[]).length, label).toBeLessThanOrEqual(9)
    const labels = fake.applicationMenu.map(({ label }) => label ?? '')
    expect(labels.map((label) => label.replace('&', '')).filter((label) => label !== 'Descry')).toEqual(
      ['File', 'Edit', 'Capture', 'Caption', 'Speech', 'Privacy', 'View', 'Window', 'Help'] // the order of the system's own menus
    )
    const letters = labels.flatMap((label) => /&(.)/u.exec(label)?.[1]?.toUpperCase() ?? [])
    expect(new Set(letters).size).toBe(letters.length)
    expect(letters).toHaveLength(platform === 'darwin' ? 0 : 9)
  })

  it('shows no key twice and registers none: the page handles them', async () => {
    const { fake } = await runShell({ platform })
    const withKeys = flat(fake.applicationMenu).filter(({ accelerator }) => accelerator)
    const keys = withKeys.map(({ accelerator }) => accelerator)
    expect(new Set(keys).size).toBe(keys.length)
    expect(withKeys.every(({ registerAccelerator }) => registerAccelerator === false)).toBe(true)
    // Cmd+H hides a program on macOS, whatever the program says.
    expect(keys).not.toContain('CommandOrControl+H')
  })

  it('has the standard Edit menu, without which paste is dead on macOS, and zoom', async () => {
    const { fake } = await runShell({ platform })
    const roles = flat(fake.applicationMenu).map(({ role }) => role)
    for (const role of ['editMenu', 'resetZoom', 'zoomIn', 'zoomOut', 'windowMenu']) expect(roles).toContain(role)
    for (const role of ['about', 'services', 'hide', 'hideOthers', 'unhide'])
      expect(roles.includes(role as never)).toBe(platform === 'darwin')
    // Neither may reload the page or open developer tools by accident.
    for (const role of ['reload', 'forceReload', 'toggleDevTools', 'viewMenu']) expect(roles).not.toContain(role)
  })

  it('runs commands, and asks for a question in the window', async () => {
    const { fake, descry } = await runShell({ platform })
    click(fake.applicationMenu, ({ id }) => id === 'repeat')
    expect(descry.runs).toEqual([{ command: 'repeat', input: {}, surface: 'menu' }])
    fake.windows[0]!.close()
    click(fake.applicationMenu, ({ id }) => id === 'ask')
    await until(() => fake.windows[0]!.webContents.sent.length > 0)
    expect(fake.windows[0]!.webContents.sent).toEqual([['descry:event', 'goto', { place: 'question' }]])
    expect(fake.windows[0]!.isFocused()).toBe(true)
    expect(descry.runs).toHaveLength(1)
  })

  it('quits', async () => {
    const { fake } = await runShell({ platform })
    click(fake.applicationMenu, ({ id }) => id === 'quit')
    await until(() => fake.app.exitCode === 0)
  })
})

describe('opening a file from the menu', () => {
  it('has it chosen in the dialog of the system', async () => {
    const { fake, descry } = await runShell({ chosenFiles: ['/home/me/photo.png'] })
    click(fake.applicationMenu, ({ id }) => id === 'open')
    expect(descry.runs).toEqual([{ command: 'open', input: {}, surface: 'menu' }])
    expect(await descry.host?.chooseFile?.()).toBe('/home/me/photo.png')
    expect(fake.openDialogs).toMatchObject([{ properties: ['openFile'] }])
  })

  it('may be given up', async () => {
    const { descry } = await runShell()
    expect(await descry.host?.chooseFile?.()).toBeNull()
  })
})

describe.each(['linux', 'win32', 'darwin'] as const)('the tray on %s', (platform) => {
  it('has an icon that is there', async () => {
    const { fake } = await runShell({ platform, appPath: join(import.meta.dirname, '../..') })
    const { image } = fake.trays[0]!
    await access(image)
    await access(image.replace(/\.png$/u, '@2x.png'))
    expect(image.endsWith('Template.png')).toBe(platform === 'darwin')
  })

  it('holds each command that names it, with the global shortcut that is really held', async () => {
    const { fake, descry } = await runShell({
      platform,
      takenShortcuts: ['Control+Shift+Super+G']
    })
    const { menu } = fake.trays[0]!
    expect(commandsIn(menu).toSorted()).toEqual(reachableBy('tray').toSorted())
    expect(menu.length).toBeLessThanOrEqual(12)
    expect(flat(menu).find(({ id }) => id === 'window')).toMatchObject({
      accelerator: 'Control+Alt+Shift+F12',
      registerAccelerator: false
    })
    click(menu, ({ id }) => id === 'stop')
    expect(descry.runs).toEqual([{ command: 'stop', input: {}, surface: 'tray' }])
  })

  it('says what goes on, and follows it', async () => {
    const { fake, descry } = await runShell({ platform })
    const tray = fake.trays[0]!
    expect(tray.toolTip).toBe('Descry: watching clipboard, sending off')
    expect(tray.menu[0]).toMatchObject({ label: 'watching clipboard, sending off', enabled: false })
    descry.change({ sendingOn: true, watching: { ...descry.status().watching, folders: ['/home/me/Screenshots'] } })
    expect(tray.toolTip).toBe('Descry: watching clipboard and screenshots, sending to api.openai.com')
  })

  it('leaves an open menu alone when nothing in it changes', async () => {
    const { fake, descry } = await runShell({ platform })
    const before = fake.trays[0]!.menusSet
    descry.change({ voice: 'espeak-ng' })
    expect(fake.trays[0]!.menusSet).toBe(before)
  })

  it('leads back to the window', async () => {
    const { fake } = await runShell({ platform })
    const window = fake.windows[0]!
    window.close()
    click(fake.trays[0]!.menu, ({ label }) => label === 'Open Descry')
    await until(() => window.isFocused())
    if (platform === 'darwin') return // There a click opens the menu.
    window.close()
    fake.trays[0]!.emit('click')
    await until(() => window.isFocused())
  })
})

it('runs without a tray', async () => {
  const { fake } = await runShell({ hasTray: false })
  expect(fake.windows[0]!.isVisible()).toBe(true)
})

/**
 * What else has a key: the entries of the menu that are Electron's own (its lib/browser/api/menu-item-roles.ts), the keys of
 * the window that are no commands (src/renderer/commands/use-keys.ts), and what a system does with keys before any program.
 */
const otherKeys: Record<System, string> = {
  windows: `Control+Z Control+Y Control+X Control+C Control+V Control+A Control+Shift+V Control+M Control+W Control+0
    Control+Plus Control+- F11 F1 F6 Shift+F6 F10 Shift+F10 Alt+F4 Control+Shift+Escape
    Control+1 Control+2 Control+3 Control+4 Control+5`,
  linux: `Control+Z Control+Shift+Z Control+X Control+C Control+V Control+A Control+Shift+V Control+M Control+W Control+0
    Control+Plus Control+- F11 F1 F6 Shift+F6 F10 Shift+F10 Alt+F4 Control+Shift+U
    Control+1 Control+2 Control+3 Control+4 Control+5`,
  macos: `Command+Z Command+Shift+Z Command+X Command+C Command+V Command+A Command+Alt+Shift+V Command+M Command+W
    Command+0 Command+Plus Command+- Control+Command+F Command+H Command+Alt+H F6 Shift+F6 Command+Tab Command+Space
    Command+F5 Command+Shift+Q Command+Shift+3 Command+Shift+4 Command+Shift+5 Command+Shift+6
    Command+1 Command+2 Command+3 Command+4 Command+5`
}

describe.each(['windows', 'linux', 'macos'] as const)('the keys inside the window on %s', (system) => {
  const keyOf = (accelerator: string): string =>
    accelerator.replace('CommandOrControl', system === 'macos' ? 'Command' : 'Control')
  const keys = commandIds.flatMap((id) => {
    const { windowKey } = commandEntry(id)
    return windowKey === undefined ? [] : [{ id, key: keyOf(windowKey) }]
  })

  it('are distinct, and none is a global one', () => {
    const all = [...keys.map(({ key }) => key), ...commandIds.flatMap((id) => defaultHotkey(id, system)?.first ?? [])]
    expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([])
  })

  it('are letters or function keys where Shift is held, since with a digit it types another sign on each keyboard', () => {
    const unsure = keys
      .filter(({ key }) => key.includes('Shift+') && !/\+(?:[A-Z]|F\d+)$/u.test(key))
      .map(({ id }) => id)
    expect(unsure).toEqual([])
  })

  it("are not those of the system's own entries", () => {
    const others = new Set(otherKeys[system].split(/\s+/u))
    const collisions = keys.filter(({ key }) => others.has(key)).map(({ id, key }) => `${system}: ${id}, ${key}`)
    expect(collisions).toEqual([])
  })
})
