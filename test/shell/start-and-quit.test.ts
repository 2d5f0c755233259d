import { resolve } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { runShell, waylandSession } from './running-shell.ts'
import { eventChannel } from '#shared/bridge.ts'
import { until } from '#test/process.ts'

const isBefore = (log: string[], first: string, second: string): boolean =>
  log.includes(first) && log.indexOf(first) < log.indexOf(second)

describe('starting', () => {
  it('does each thing when Electron and the app allow it', async () => {
    const { fake } = await runShell()
    const { log } = fake
    for (const early of ['setDesktopName', 'enableSandbox', 'privileges for app', 'lock'])
      expect(isBefore(log, early, 'ready'), early).toBe(true)
    expect(isBefore(log, 'serve app', 'load app://descry/#window')).toBe(true)
    // The page asks for a snapshot at once: handlers first.
    expect(isBefore(log, 'handle descry:request', 'load app://descry/#window')).toBe(true)
    expect(isBefore(log, 'load app://descry/#window', 'show window')).toBe(true)
    // Watchers may speak: the window is there by then.
    expect(isBefore(log, 'show window', 'start app')).toBe(true)
  })

  it('has one identity for the desktop, and a profile in DESCRY_HOME', async () => {
    const { fake } = await runShell({ env: { DESCRY_HOME: '/somewhere' } })
    expect(fake.app.set).toEqual({
      name: 'Descry',
      appUserModelId: 'invalid.descry.Descry',
      desktopName: 'invalid.descry.Descry.desktop',
      userData: '/somewhere/electron'
    })
    expect(fake.app.switches).toEqual(['enable-sandbox', 'force-renderer-accessibility'])
  })

  it('leaves the profile alone without DESCRY_HOME', async () => {
    const { fake } = await runShell({ platform: 'win32' })
    expect(fake.app.set).toEqual({ name: 'Descry', appUserModelId: 'invalid.descry.Descry' })
    expect(fake.app.switches).toEqual(['enable-sandbox'])
  })

  it('has a profile in the folder that a relative DESCRY_HOME names', async () => {
    const { fake } = await runShell({ env: { DESCRY_HOME: 'somewhere' } })
    expect(fake.app.set.userData).toBe(resolve('somewhere/electron'))
    expect(fake.errorBoxes).toEqual([])
  })

  it('leaves the sandbox off where it is off, as root has to have it', async () => {
    const { fake } = await runShell({ isRoot: true, switches: ['no-sandbox'] })
    expect(fake.app.switches).toContain('no-sandbox')
    expect(fake.app.canStartProcesses).toBe(true)
    expect(fake.windows[0]!.state.url).toBe('app://descry/#window')
  })

  it("keeps the user's own Chromium features", async () => {
    const { fake } = await runShell({ arguments: ['--enable-features=Vulkan'] })
    expect(fake.app.switches).toContain('enable-features=Vulkan')
  })

  it.each(['linux', 'win32', 'darwin'] as const)(
    'gives screen readers on %s the tree of its page',
    async (platform) => {
      const { fake } = await runShell({ platform })
      expect(fake.app.hasPageTree).toBe(true)
    }
  )

  it('says in a dialog that it cannot be loaded, and ends', async () => {
    const { fake } = await runShell({ loadFailure: new Error('Cannot find package') })
    await until(() => fake.app.exitCode !== null)
    const content =
      'Something went wrong in Descry. Try again. If it keeps happening, report it.\n\nCannot find package'
    expect(fake.errorBoxes).toEqual([{ title: 'Descry could not start', content }])
    expect(fake.app.stderr).toEqual([])
    expect(fake.app.exitCode).toBe(1)
  })

  it.each([
    ['no-permission', 'The system denied permission. Grant Descry access in the system settings.'],
    ['already-running', 'Descry is already running. Quit it first: descry quit.']
  ] as const)('says in a dialog why it cannot start (%s), and ends', async (startFailure, content) => {
    const { fake } = await runShell({ startFailure })
    await until(() => fake.app.exitCode !== null)
    expect(fake.errorBoxes).toEqual([{ title: 'Descry could not start', content }])
    expect(fake.app.exitCode).toBe(1)
  })

  it.each([
    ['linux', { WAYLAND_DISPLAY: 'wayland-0' }, /Wayland.*descry screen/u],
    ['linux', { XDG_SESSION_TYPE: 'wayland' }, /Wayland.*descry screen/u],
    ['linux', { XDG_SESSION_TYPE: 'x11', WAYLAND_DISPLAY: '' }, null],
    ['win32', {}, null]
  ] as const)('tells what %s with %o cannot do', async (platform, env, expected) => {
    const { descry } = await runShell({ platform, env: { XDG_SESSION_TYPE: '', WAYLAND_DISPLAY: '', ...env } })
    if (expected) expect(descry.host?.limits).toMatch(expected)
    else expect(descry.host?.limits).toBeNull()
  })
})

describe('a second start', () => {
  it('ends without a window', async () => {
    const { fake, descry } = await runShell({ isSecond: true })
    expect(fake.app.exitCode).toBe(0)
    expect(fake.windows).toEqual([])
    expect(descry.host).toBeNull()
  })

  it('ends without a word when it was meant to be Node', async () => {
    const { fake } = await runShell({ env: { ELECTRON_RUN_AS_NODE: '1' } })
    expect(fake.app.exitCode).toBe(1)
    expect(fake.log).not.toContain('lock')
    expect(fake.windows).toEqual([])
  })

  it('hands over the command it was given', async () => {
    const { fake } = await runShell({ isSecond: true, isPackaged: true, arguments: ['--no-sandbox', 'screen'] })
    expect(fake.app.handedOver).toEqual({ command: 'screen', paths: [] })
  })

  it('makes the first do the command', async () => {
    const { fake, descry } = await runShell()
    fake.app.emit('second-instance', {}, [], '/', { command: 'screen', paths: [] })
    await until(() => descry.runs.length > 0)
    expect(descry.runs).toEqual([{ command: 'screen', input: {}, surface: 'cli' }])
  })

  it.each([[null], [{ command: null }], [{ command: 'ask' }], [{ command: 'constructor', paths: [1] }], ['screen']])(
    'with %o makes the first show its window',
    async (data) => {
      const { fake, descry } = await runShell()
      const window = fake.windows[0]!
      window.close()
      fake.app.emit('second-instance', {}, ['descry', 'quit', '/etc/x.png'], '/', data)
      await until(() => window.isFocused() && !window.isMinimized())
      expect(descry.runs).toEqual([])
    }
  )
})

describe('a start with a command', () => {
  it('does it without opening the window over what it is about', async () => {
    const { fake, descry } = await runShell({ arguments: ['screen'] })
    expect(descry.runs).toEqual([{ command: 'screen', input: {}, surface: 'cli' }])
    expect(fake.windows[0]!.isVisible()).toBe(false)
  })

  it('knows its words among switches, packed and from a checkout', async () => {
    const checkout = await runShell({ arguments: ['--inspect=0', 'stop'] })
    expect(checkout.descry.runs).toMatchObject([{ command: 'stop' }])
    const packed = await runShell({ isPackaged: true, arguments: ['--lang=de', 'clipboard'] })
    expect(packed.descry.runs).toMatchObject([{ command: 'clipboard' }])
  })
})

describe('helper processes', () => {
  it("are started by Electron, as Descry's own program, once it is ready", async () => {
    const { fake, descry } = await runShell()
    expect(isBefore(fake.log, 'ready', 'create app')).toBe(true)
    expect(fake.helpers).toEqual([])
    const answers: unknown[] = []
    const gone = Promise.withResolvers<void>()
    const process = descry.startHelper!({ onOutcome: (outcome) => answers.push(outcome), onGone: () => gone.resolve() })
    const [helper] = fake.helpers
    expect(helper?.modulePath).toMatch(/helper-program\.ts$/u)
    const execArgv = ['--js-flags=--max-old-space-size=1024 --disallow-code-generation-from-strings']
    expect(helper?.options).toMatchObject({ execArgv, stdio: 'ignore' })
    // Nothing of the user's environment.
    expect(helper?.options.env).not.toHaveProperty('HOME')
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')
    process.post({ name: 'drawSvg', input: { bytes: new Uint8Array(svg), width: 4, height: 4 } })
    await until(() => answers.length > 0, { what: 'the drawing' })
    expect(answers).toMatchObject([{ ok: true, value: expect.any(Uint8Array) as unknown }])
    process.kill()
    await gone.promise
  })

  it('do not end Descry when they run out of memory', async () => {
    const { fake, descry } = await runShell()
    const gone = Promise.withResolvers<void>()
    const process = descry.startHelper!({ onOutcome: () => undefined, onGone: () => gone.resolve() })
    fake.helpers[0]!.emit('error', 'FatalError', 'v8', '{}')
    // Before it has spawned.
    process.kill()
    await gone.promise
  })
})

describe('a minimized window', () => {
  it.each([
    ['X11', 'linux', {}],
    ['Wayland', 'linux', waylandSession],
    ['Windows', 'win32', {}]
  ] as const)('comes back on %s', async (_name, platform, env) => {
    const { fake, descry } = await runShell({ platform, env })
    const window = fake.windows[0]!
    window.minimize()
    await descry.host?.showWindow()
    expect(window.state).toMatchObject({ isVisible: true, isMinimized: false, isFocused: true })
  })
})

describe('closing the window', () => {
  it('minimizes it on Linux, where Descry cannot know whether a tray is shown', async () => {
    const { fake } = await runShell({ platform: 'linux' })
    const window = fake.windows[0]!
    window.close()
    expect(window.state).toMatchObject({ isDestroyed: false, isMinimized: true, isVisible: true })
  })

  it('hides it on Windows and tells once how to end Descry', async () => {
    const { fake } = await runShell({ platform: 'win32' })
    const window = fake.windows[0]!
    window.close()
    window.show()
    window.close()
    expect(window.isVisible()).toBe(false)
    expect(fake.notifications).toEqual([
      { title: 'Descry is still running', body: 'To quit, choose Quit Descry in its tray menu.' }
    ])
  })

  it('minimizes it on Windows when there is no tray', async () => {
    const { fake } = await runShell({ platform: 'win32', hasTray: false })
    fake.windows[0]!.close()
    expect(fake.windows[0]!.state).toMatchObject({ isMinimized: true, isVisible: true })
  })

  it('hides it on macOS, and the Dock brings it back', async () => {
    const { fake } = await runShell({ platform: 'darwin' })
    const window = fake.windows[0]!
    window.close()
    expect(window.isVisible()).toBe(false)
    fake.app.emit('activate')
    await until(() => window.isFocused())
    expect(fake.log).toContain('focus app')
  })
})

describe('closing a full-screen window on macOS', () => {
  it('leaves full screen before it hides', async () => {
    const { fake } = await runShell({ platform: 'darwin' })
    const window = fake.windows[0]!
    window.state.isFullScreen = true
    window.close()
    await until(() => !window.isVisible(), { everyMs: 1 })
    expect(window.state).toMatchObject({ isFullScreen: false, isScreenBlack: false })
  })
})

describe('the host', () => {
  it('knows whether the user is in the window', async () => {
    const { fake, descry } = await runShell()
    expect(await descry.host?.isWindowFocused()).toBe(true)
    fake.windows[0]!.close()
    expect(await descry.host?.isWindowFocused()).toBe(false)
  })

  it.each(['linux', 'win32', 'darwin'] as const)('puts the window away while %s is captured', async (platform) => {
    const { fake, descry } = await runShell({ platform })
    const window = fake.windows[0]!
    const seen = (): Promise<boolean> => Promise.resolve(window.isVisible())
    expect(await descry.host?.outOfSight?.(seen)).toBe(false)
    expect(window.state).toMatchObject({ isVisible: true, isFocused: true })
    expect(fake.log.includes('hide app')).toBe(platform === 'darwin')
    await expect(descry.host?.outOfSight?.(() => Promise.reject(new Error('no screen')))).rejects.toThrow('no screen')
    expect(window.isFocused()).toBe(true)
    // Beside the program in use it is part of the screen like any other window.
    window.state.isFocused = false
    expect(await descry.host?.outOfSight?.(seen)).toBe(true)
  })

  it('sends events to the window by the one channel', async () => {
    const { fake, descry } = await runShell()
    descry.host?.send('announce', { text: 'A cat', urgency: 'polite' })
    expect(fake.windows[0]!.webContents.sent).toEqual([
      [eventChannel, 'announce', { text: 'A cat', urgency: 'polite' }]
    ])
  })

  it('loads a page again that died, but not for ever', async () => {
    const { fake } = await runShell()
    const { webContents } = fake.windows[0]!
    webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
    webContents.emit('render-process-gone', {}, { reason: 'crashed', exitCode: 1 })
    expect(webContents.reloads).toBe(1)
  })
})

describe('quitting', () => {
  it('lets go of the shortcuts, closes the app, takes the tray away, then ends', async () => {
    const { fake, descry } = await runShell()
    descry.host?.quit()
    await until(() => fake.app.exitCode !== null)
    expect(fake.app.exitCode).toBe(0)
    const steps = new Set(fake.log.slice(fake.log.lastIndexOf('quit')))
    expect([...steps]).toEqual(['quit', 'unregister shortcut', 'close app', 'exit 0'])
    expect(fake.shortcuts.held).toEqual([])
    expect(fake.trays[0]?.isGone).toBe(true)
  })

  it('closes the app once, however often the user asks', async () => {
    const { fake, descry } = await runShell()
    descry.host?.quit()
    descry.host?.quit()
    await until(() => fake.app.exitCode !== null)
    expect(fake.log.filter((entry) => entry === 'close app')).toHaveLength(1)
  })

  it('leaves a window that is gone alone', async () => {
    const { fake, descry } = await runShell({ hangsOnClose: true })
    fake.app.quit()
    await until(() => fake.windows[0]!.isDestroyed(), { everyMs: 1 })
    await descry.host?.showWindow()
    descry.host?.send('announce', { text: 'A cat', urgency: 'polite' })
  })

  it.each(['linux', 'win32', 'darwin'] as const)('works on %s while Descry still starts', async (platform) => {
    const creating = Promise.withResolvers<void>()
    const { fake } = await runShell({ platform, isCutShort: true, creating: creating.promise })
    await until(() => fake.log.includes('create app'), { everyMs: 1 })
    fake.app.signal('SIGINT')
    await until(() => fake.app.exitCode !== null, { everyMs: 1 })
    creating.resolve()
    await new Promise((resolve) => setImmediate(resolve))
    expect(fake.app.exitCode).toBe(0)
    expect(fake.errorBoxes).toEqual([])
  })

  it('ends the process when a keychain call still waits, for which Electron would wait for ever', async () => {
    const { fake, descry } = await runShell({ isThreadBlocked: true, isKeychainBusy: true })
    descry.host?.quit()
    await until(() => fake.app.exitCode !== null)
    expect(fake.log.slice(-2)).toEqual(['close app', 'SIGKILL'])
  })

  it('ends after five seconds even when the app hangs', async () => {
    const { fake, descry } = await runShell({ hangsOnClose: true })
    vi.useFakeTimers()
    try {
      descry.host?.quit()
      await vi.advanceTimersByTimeAsync(4900)
      expect(fake.app.exitCode).toBeNull()
      await vi.advanceTimersByTimeAsync(200)
      expect(fake.app.exitCode).toBe(137)
    } finally {
      vi.useRealTimers()
    }
  })
})
