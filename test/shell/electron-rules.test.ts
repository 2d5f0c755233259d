import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { electronRules, type RuleId } from '#test/electron-rules.ts'
import { createFakeElectron, type FakeElectron, type FakeOptions } from '#test/fake-electron.ts'
import { until } from '#test/process.ts'

// That the fake follows each rule in the table: what the real Electron refuses, it refuses; what ends the real one, ends it.

function on(platform: NodeJS.Platform, session = 'x11'): void {
  const real = process.platform
  Object.defineProperty(process, 'platform', { value: platform })
  vi.stubEnv('XDG_SESSION_TYPE', session)
  onTestFinished(() => {
    Object.defineProperty(process, 'platform', { value: real })
    vi.unstubAllEnvs()
  })
}

async function ready(options: FakeOptions = {}): Promise<FakeElectron> {
  const fake = createFakeElectron(options)
  await fake.app.launch(async () => undefined)
  return fake
}

const nothing = (): void => undefined
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

/** A program for a utility process. */
async function program(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'descry-rules-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'program.mjs')
  await writeFile(path, text)
  return path
}

/** Starts it with these options and gives the first message it posts. */
async function firstMessage(text: string, options: Electron.ForkOptions = {}): Promise<unknown> {
  const { module } = await ready()
  const child = module.utilityProcess.fork(await program(text), [], options)
  const message = await new Promise((resolve) => child.once('message', resolve))
  const gone = new Promise((resolve) => child.once('exit', resolve))
  process.kill(child.pid!, 'SIGKILL')
  await gone
  return message
}

const shown: Record<RuleId, () => void | Promise<void>> = {
  'sandbox-switch': async () => {
    const fake = createFakeElectron({ isRoot: true, switches: ['no-sandbox'] })
    expect(fake.app.canStartProcesses).toBe(true)
    fake.app.enableSandbox()
    expect(fake.app.switches).toEqual(['enable-sandbox'])
    await fake.app.launch(async () => undefined)
    const window = new fake.module.BrowserWindow({ show: false })
    await expect(window.loadURL('app://descry/')).rejects.toThrow('ERR_FAILED')
    const child = fake.module.utilityProcess.fork(await program('setInterval(() => {}, 1000)'), [], {})
    await new Promise((resolve) => child.once('exit', resolve))
  },
  'sandbox-before-ready': async () => {
    const { app } = await ready()
    expect(() => app.enableSandbox()).toThrow('before app is ready')
  },
  'absolute-paths': () => {
    expect(() => createFakeElectron().app.setPath('userData', 'home')).toThrow('Path must be absolute')
  },
  'schemes-before-ready': async () => {
    const { module } = await ready()
    expect(() => module.protocol.registerSchemesAsPrivileged([{ scheme: 'app' }])).toThrow('before app is ready')
  },
  'switch-replaces': () => {
    const { app } = createFakeElectron({ switches: ['enable-features=Vulkan'] })
    app.commandLine.appendSwitch('enable-features', 'Other')
    expect(app.switches).toEqual(['enable-features=Other'])
  },
  'ready-after-entry': async () => {
    const { app } = createFakeElectron()
    const entry = Promise.withResolvers<void>()
    const launched = app.launch(() => entry.promise)
    await turn()
    expect(app.isReady()).toBe(false)
    entry.resolve()
    await launched
    expect(app.isReady()).toBe(true)
  },
  'failed-entry-lives-on': async () => {
    on('win32')
    const { app } = createFakeElectron()
    await app.launch(() => Promise.reject(new Error('no such module')))
    expect(app.errorBoxes).toMatchObject([{ title: 'A JavaScript error occurred in the main process' }])
    expect([app.isReady(), app.exitCode, app.windows]).toEqual([true, null, []])
  },
  'error-box-needs-ready': async () => {
    on('linux')
    const { app } = createFakeElectron()
    app.showErrorBox('Title', 'Content')
    expect([app.errorBoxes, app.stderr]).toEqual([[], ['Title\nContent']])
    await app.launch(async () => undefined)
    app.showErrorBox('Title', 'Content')
    expect(app.errorBoxes).toHaveLength(1)
  },
  'instance-data-is-cloned': () => {
    const { app } = createFakeElectron()
    const paths = ['/a.png']
    app.requestSingleInstanceLock({ paths })
    paths.push('/b.png')
    expect(app.handedOver).toEqual({ paths: ['/a.png'] })
    expect(() => app.requestSingleInstanceLock({ nothing })).toThrow()
  },
  'page-tree-on-linux': () => {
    on('linux')
    expect(createFakeElectron().app.hasPageTree).toBe(false)
    expect(createFakeElectron({ switches: ['force-renderer-accessibility'] }).app.hasPageTree).toBe(true)
  },

  'quit-order': async () => {
    const fake = await ready()
    const { app } = fake
    const window = new fake.module.BrowserWindow({})
    const events: string[] = []
    for (const name of ['before-quit', 'will-quit', 'quit']) app.on(name, () => events.push(name))
    for (const name of ['close', 'closed']) window.on(name, () => events.push(name))
    app.quit()
    await turn()
    expect(events).toEqual(['before-quit', 'close', 'closed', 'will-quit', 'quit'])
    expect(app.exitCode).toBe(0)
    const held = await ready()
    held.app.once('will-quit', (event: Electron.Event) => event.preventDefault())
    held.app.quit()
    expect(held.app.exitCode).toBeNull()
    held.app.quit()
    expect(held.app.exitCode).toBe(0)
  },
  'prevented-close-cancels-quit': async () => {
    const { app, module } = await ready()
    const window = new module.BrowserWindow({})
    window.once('close', (event: Electron.Event) => event.preventDefault())
    app.quit()
    await turn()
    expect(app.exitCode).toBeNull()
    app.quit()
    await turn()
    expect(app.exitCode).toBe(0)
  },
  'quit-before-ready': async () => {
    const { app } = createFakeElectron()
    app.quit()
    expect(app.exitCode).toBeNull()
    await app.launch(async () => undefined)
    expect(app.exitCode).toBe(0)
  },
  'exit-before-ready': async () => {
    const { app } = createFakeElectron()
    const quit = vi.fn<() => void>()
    app.on('quit', quit)
    app.exit(3)
    expect(app.exitCode).toBe(3)
    await app.launch(async () => undefined)
    expect(app.isReady()).toBe(false)
    expect(quit).not.toHaveBeenCalled()
  },
  'exit-asks-no-window': async () => {
    const { app, module } = await ready()
    const window = new module.BrowserWindow({})
    const asked = vi.fn<() => void>()
    for (const name of ['before-quit', 'will-quit']) app.on(name, asked)
    window.on('close', asked)
    app.exit(2)
    expect([app.exitCode, window.isDestroyed()]).toEqual([2, true])
    expect(asked).not.toHaveBeenCalled()
  },
  'exit-waits-for-threads': async () => {
    const { app } = await ready({ isThreadBlocked: true })
    app.exit(0)
    expect(app.exitCode).toBeNull()
    app.killed()
    expect(app.exitCode).toBe(137)
  },
  'signals-quit-once': async () => {
    const { app } = await ready()
    app.on('before-quit', (event: Electron.Event) => event.preventDefault())
    app.signal('SIGINT')
    expect(app.exitCode).toBeNull()
    app.signal('SIGINT')
    expect(app.exitCode).toBe(130)
  },
  'last-window-quits': async () => {
    const { app, module } = await ready()
    new module.BrowserWindow({}).close()
    await turn()
    expect(app.exitCode).toBe(0)
    const other = await ready()
    other.app.on('window-all-closed', nothing)
    new other.module.BrowserWindow({}).close()
    await turn()
    expect(other.app.exitCode).toBeNull()
  },

  'windows-need-ready': () => {
    const { module } = createFakeElectron()
    expect(() => new module.BrowserWindow({})).toThrow('before app is ready')
  },
  'close-is-asynchronous': async () => {
    const { module } = await ready()
    const window = new module.BrowserWindow({})
    window.close()
    expect(window.isDestroyed()).toBe(false)
    await turn()
    expect(window.isDestroyed()).toBe(true)
  },
  'destroyed-windows-throw': async () => {
    const { module } = await ready()
    const window = new module.BrowserWindow({})
    window.destroy()
    for (const call of [() => window.show(), () => window.isVisible(), () => window.webContents, () => window.close()])
      expect(call).toThrow('Object has been destroyed')
  },
  'hidden-windows-take-no-focus': async () => {
    const { module } = await ready()
    const window = new module.BrowserWindow({ show: false })
    window.focus()
    expect(window.isFocused()).toBe(false)
  },
  'minimizing-shows': async () => {
    const { module } = await ready()
    const window = new module.BrowserWindow({ show: false })
    window.minimize()
    expect(window.state).toMatchObject({ isVisible: true, isMinimized: true })
  },
  'minimized-is-not-visible': async () => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      on(platform)
      const { module } = await ready()
      const window = new module.BrowserWindow({})
      window.minimize()
      expect(window.isVisible(), platform).toBe(platform === 'linux')
      window.restore()
      expect(window.isVisible()).toBe(true)
    }
  },
  'wayland-knows-no-minimized': async () => {
    on('linux', 'wayland')
    const { module } = await ready()
    const window = new module.BrowserWindow({})
    window.minimize()
    expect(window.isMinimized()).toBe(false)
    window.restore()
    window.show()
    window.focus()
    expect(window.state).toMatchObject({ isMinimized: true, isFocused: false })
    window.hide()
    window.show()
    expect(window.state).toMatchObject({ isMinimized: false, isFocused: true })
  },
  'mac-full-screen-is-left-first': async () => {
    on('darwin')
    const { module } = await ready()
    const window = new module.BrowserWindow({})
    window.state.isFullScreen = true
    window.hide()
    expect(window.state.isScreenBlack).toBe(true)
    window.show()
    window.setFullScreen(false)
    expect(window.isFullScreen()).toBe(true)
    await new Promise<void>((resolve) => window.once('leave-full-screen', resolve))
    window.hide()
    expect(window.state).toMatchObject({ isFullScreen: false, isScreenBlack: false })
  },

  'ipc-is-cloned': async () => {
    const fake = await ready()
    const window = new fake.module.BrowserWindow({})
    class Cat {
      name = 'Tom'
    }
    window.webContents.send('channel', new Cat(), { missing: undefined })
    expect(window.webContents.sent[0]?.[1]).not.toBeInstanceOf(Cat)
    expect(window.webContents.sent).toStrictEqual([['channel', { name: 'Tom' }, { missing: undefined }]])
    expect(() => window.webContents.send('channel', nothing)).toThrow('An object could not be cloned.')
    const kept: unknown[] = []
    fake.module.ipcMain.handle('keep', (_event, value) => kept.push(value) && nothing)
    await expect(fake.invoke('keep', null, { a: 1 })).rejects.toThrow('An object could not be cloned.')
    await expect(fake.invoke('keep', null, nothing)).rejects.toThrow('An object could not be cloned.')
    expect(kept).toEqual([{ a: 1 }])
  },
  'handler-errors-are-text': async () => {
    const fake = await ready()
    const error = Object.assign(new TypeError('bad'), { code: 'offline' })
    fake.module.ipcMain.handle('fail', () => Promise.reject(error))
    const seen = await fake.invoke('fail', null).catch((caught: unknown) => caught)
    expect(seen).toEqual(new Error("Error invoking remote method 'fail': TypeError: bad"))
    expect(seen).not.toHaveProperty('code')
  },
  'one-handler-per-channel': async () => {
    const { module } = await ready()
    module.ipcMain.handle('a', nothing)
    expect(() => module.ipcMain.handle('a', nothing)).toThrow('second handler')
  },

  'hotkeys-need-ready': () => {
    const { shortcuts } = createFakeElectron()
    expect(() => shortcuts.register('Control+E', nothing)).toThrow('before the app is ready')
    expect(() => shortcuts.unregisterAll()).toThrow('before the app is ready')
  },
  'accelerators-ignore-case': async () => {
    on('win32')
    const { shortcuts } = await ready({ takenShortcuts: ['ctrl+f'] })
    shortcuts.register('Control+Super+E', nothing)
    expect(shortcuts.isRegistered('meta+CTRL+e')).toBe(true)
    expect(shortcuts.register('Control+F', nothing)).toBe(false)
  },
  'accelerators-that-are-none-throw': async () => {
    const { shortcuts } = await ready()
    for (const text of ['Control+Ü', 'Control+Shift', 'Hyper+Nothing', ''])
      expect(() => shortcuts.register(text, nothing), text).toThrow(TypeError)
  },
  'hotkeys-register-once': async () => {
    on('win32')
    const { shortcuts } = await ready({ takenShortcuts: ['Control+F'] })
    expect(['Control+E', 'Control+E', 'Control+F'].map((text) => shortcuts.register(text, nothing))).toEqual([
      true,
      false,
      false
    ])
  },
  'super-is-a-modifier': async () => {
    for (const platform of ['linux', 'win32', 'darwin'] as const) {
      on(platform)
      const { shortcuts } = await ready()
      const press = vi.fn<() => void>()
      shortcuts.register('Control+Super+E', press)
      expect(() => shortcuts.press('Control+E')).toThrow('is not registered')
      shortcuts.press('Control+Super+E')
      expect(press).toHaveBeenCalledOnce()
    }
  },
  'held-hotkeys-repeat': async () => {
    const counts: number[] = []
    for (const [platform, session] of [
      ['win32', ''],
      ['linux', 'x11'],
      ['linux', 'wayland'],
      ['darwin', '']
    ] as const) {
      on(platform, session)
      const { shortcuts } = await ready()
      const press = vi.fn<() => void>()
      shortcuts.register('Control+E', press)
      shortcuts.holdDown('Control+E')
      counts.push(press.mock.calls.length)
    }
    expect(counts.map((count) => count > 1)).toEqual([true, true, false, false])
  },
  'portal-registers-anything': async () => {
    on('linux', 'wayland')
    const { shortcuts } = await ready({ takenShortcuts: ['Control+E'] })
    expect(shortcuts.register('Control+E', nothing)).toBe(true)
    expect(shortcuts.register('Control+E', nothing)).toBe(true)
    expect(shortcuts.isRegistered('Control+E')).toBe(true)
  },
  'portal-unregister-is-nothing': async () => {
    on('linux', 'wayland')
    const { shortcuts } = await ready()
    const press = vi.fn<() => void>()
    shortcuts.register('Control+E', press)
    shortcuts.unregister('Control+E')
    shortcuts.press('Control+E')
    expect(press).toHaveBeenCalledOnce()
  },
  'portal-stale-keys-are-fatal': async () => {
    on('linux', 'wayland')
    const { app, shortcuts } = await ready()
    shortcuts.register('Control+E', nothing)
    shortcuts.unregisterAll()
    expect(shortcuts.isRegistered('Control+E')).toBe(false)
    expect(() => shortcuts.press('Control+E')).toThrow('crashed')
    expect(app.exitCode).toBe(133)
  },
  'portal-cannot-name-f-keys': async () => {
    on('linux', 'wayland')
    const { shortcuts } = await ready()
    const [first, second] = [vi.fn<() => void>(), vi.fn<() => void>()]
    shortcuts.register('Control+F5', first)
    shortcuts.register('Control+F6', second)
    shortcuts.press('Control+F5')
    expect([first.mock.calls.length, second.mock.calls.length]).toEqual([0, 1])
    expect(shortcuts.isRegistered('Control+F7')).toBe(true)
  },

  'utility-processes-need-ready': () => {
    const { module } = createFakeElectron()
    expect(() => module.utilityProcess.fork('program.mjs', [], {})).toThrow('before app is ready')
  },
  'empty-env-inherits': async () => {
    vi.stubEnv('DESCRY_RULE', 'inherited')
    onTestFinished(() => void vi.unstubAllEnvs())
    const tell = 'process.parentPort.postMessage(process.env.DESCRY_RULE ?? null); setInterval(() => {}, 1000)'
    expect(await firstMessage(tell, { env: {} })).toBe('inherited')
    expect(await firstMessage(tell, { env: { OTHER: '1' } })).toBeNull()
  },
  'heap-limit-is-a-js-flag': async () => {
    const tell = `
      import { getHeapStatistics } from 'node:v8'
      process.parentPort.postMessage(getHeapStatistics().heap_size_limit)
      setInterval(() => {}, 1000)`
    const [asOption, asFlag] = await Promise.all([
      firstMessage(tell, { execArgv: ['--max-old-space-size=64'] }),
      firstMessage(tell, { execArgv: ['--js-flags=--max-old-space-size=64'] })
    ])
    expect(asFlag).toBeLessThan(asOption as number)
  },
  'utility-messages-are-cloned': async () => {
    const { module } = await ready()
    const child = module.utilityProcess.fork(await program('process.exit()'), [], {})
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window's
    expect(() => child.postMessage({ nothing })).toThrow()
    await new Promise((resolve) => child.once('exit', resolve))
  },
  'utility-exit-code': async () => {
    const { module } = await ready()
    for (const [ending, code] of [
      ['process.exit(7)', 7],
      ["process.kill(process.pid, 'SIGKILL')", process.platform === 'win32' ? 1 : 9]
    ] as const) {
      const child = module.utilityProcess.fork(await program(ending), [], {})
      expect(await new Promise((resolve) => child.once('exit', resolve))).toBe(code)
    }
  },
  'utility-pid-while-it-runs': async () => {
    const { module } = await ready()
    const child = module.utilityProcess.fork(await program('process.exit()'), [], {})
    expect(child.pid).toBeUndefined()
    await new Promise((resolve) => child.once('spawn', resolve))
    expect(child.pid).toBeGreaterThan(0)
    await new Promise((resolve) => child.once('exit', resolve))
    await until(() => child.pid === undefined)
  },

  'clipboard-is-one-item': async () => {
    const { clipboard } = (await ready()).module
    clipboard.copy({ text: 'a' })
    const items = await clipboard.read()
    expect(items.map(({ types }) => types)).toEqual([['text/plain']])
    expect(await items[0]?.getType('text/html')).toMatchObject({ size: 0 })
  },
  'clipboard-names': async () => {
    const { clipboard } = (await ready()).module
    clipboard.copy({ isSecret: true })
    const [item] = await clipboard.read()
    expect(item?.types).toEqual([
      'electron application/osclipboard;format="ExcludeClipboardContentFromMonitorProcessing"'
    ])
  },

  'tray-needs-ready': () => {
    const { module } = createFakeElectron()
    expect(() => new module.Tray('icon.png')).toThrow('before app is ready')
  },
  'menu-items-say-what-they-are': async () => {
    const { module } = await ready()
    expect(() => module.Menu.buildFromTemplate([{ label: 'File', submenu: [{ id: 'open' }] }])).toThrow(TypeError)
  }
}

describe('the fake Electron', () => {
  const rules = Object.entries(electronRules).map(([id, { rule }]) => ({ id, rule }))
  it.each(rules)('keeps $id: $rule', async ({ id }) => {
    await shown[id as RuleId]()
  })

  it('names each rule where it is kept, and no other', async () => {
    const support = join(import.meta.dirname, '../support')
    const files = await readdir(join(support, 'fake-electron'))
    const paths = ['fake-electron.ts', 'utility-process.ts', ...files.map((name) => join('fake-electron', name))]
    const texts = await Promise.all(paths.map((path) => readFile(join(support, path), 'utf8')))
    const named = new Set<string>(
      texts.flatMap((text) => [...text.matchAll(/\[([a-z][a-z0-9]*(?:-[a-z0-9]+)+)\]/gu)].map(([, id = '']) => id))
    )
    expect([...named].toSorted()).toEqual(Object.keys(electronRules).toSorted())
  })
})

describe('a rule', () => {
  it.each(Object.entries(electronRules))('%s says where it was read', (_id, { sources }) => {
    expect(sources.length).toBeGreaterThan(0)
    for (const source of sources)
      expect(source).toMatch(
        /^(?:electron\/(?:shell|lib|docs|patches)\/[\w/.-]+:\d+|chromium:[\w/.]+(?: [\w:]+)?|[\w-]+\/[\w-]+#\d+)$/u
      )
  })
})
