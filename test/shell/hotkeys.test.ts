import { describe, expect, it } from 'vitest'
import { runShell, waylandSession, type FakeDescry } from './running-shell.ts'
import { defaultSettings } from '#shared/settings.ts'
import { until } from '#test/process.ts'

const words = (sentence: string): number => sentence.split(/\s+/u).length
const family = ['clipboard', 'screen', 'stop', 'commands', 'window'] as const

/** Changes the hotkeys in the settings and waits until the shell has registered them. */
async function choose(descry: FakeDescry, hotkeys: Record<string, string | null>): Promise<void> {
  const before = descry.hotkeysSet.length
  descry.change({ settings: { ...defaultSettings, hotkeys } })
  await until(() => descry.hotkeysSet.length > before, { what: 'the hotkeys', everyMs: 1 })
}

describe('global hotkeys', () => {
  it.each([
    ['Windows', 'win32', 'Control+Shift+Super', {}],
    ['macOS', 'darwin', 'Control+Shift+Command', {}],
    ['X11', 'linux', 'Control+Shift+Super', {}],
    ['Wayland', 'linux', 'Control+Shift+Super', waylandSession]
  ] as const)(
    'on %s are the five of the chord family, each running its command',
    async (_name, platform, chord, env) => {
      const { fake, descry } = await runShell({ platform, env })
      expect(fake.shortcuts.held.toSorted()).toEqual(['E', 'G', 'K', 'P', 'X'].map((key) => `${chord}+${key}`))
      for (const key of ['P', 'E', 'X', 'K', 'G']) fake.shortcuts.press(`${chord}+${key}`)
      expect(descry.runs).toEqual(family.map((command) => ({ command, input: {}, surface: 'hotkey' })))
      expect(descry.hotkeysSet).toHaveLength(1)
      expect(descry.hotkeysSet[0]?.every(({ problem }) => problem === null)).toBe(true)
    }
  )

  it.each([
    ['takenShortcuts', 'is refused'],
    ['lostShortcuts', 'is said to be held and is not']
  ] as const)('use the fallback when one is taken and say so (%s: it %s)', async (option, _what) => {
    const { fake, descry } = await runShell({ platform: 'win32', [option]: ['Control+Shift+Super+E'] })
    fake.shortcuts.press('Control+Alt+Shift+F9')
    expect(descry.runs).toEqual([{ command: 'screen', input: {}, surface: 'hotkey' }])
    const screen = descry.hotkeysSet[0]?.find(({ command }) => command === 'screen')
    expect(screen).toEqual({
      command: 'screen',
      accelerator: 'Control+Alt+Shift+F9',
      problem: 'Control Shift Windows E is already in use. Control Alt Shift F9 works instead.'
    })
    expect(words(screen?.problem ?? '')).toBeLessThanOrEqual(15)
  })

  it('say what to do when the fallback is taken too', async () => {
    const takenShortcuts = ['Control+Shift+Super+X', 'Control+Alt+Shift+F10']
    const { fake, descry } = await runShell({ platform: 'win32', takenShortcuts })
    const stop = descry.hotkeysSet[0]?.find(({ command }) => command === 'stop')
    expect(stop).toEqual({
      command: 'stop',
      accelerator: null,
      problem: 'Control Shift Windows X is already in use. Choose another hotkey in Settings.'
    })
    expect(words(stop?.problem ?? '')).toBeLessThanOrEqual(15)
    expect(fake.shortcuts.held).toHaveLength(4)
  })

  it('follow the settings: others chosen, one off, nothing else done', async () => {
    const { fake, descry } = await runShell({ platform: 'win32' })
    await choose(descry, { screen: 'Control+Alt+Shift+F5', stop: null })
    expect(fake.shortcuts.held.toSorted()).toEqual([
      'Control+Alt+Shift+F5',
      'Control+Shift+Super+G',
      'Control+Shift+Super+K',
      'Control+Shift+Super+P'
    ])
    expect(descry.hotkeysSet.at(-1)).toContainEqual({ command: 'stop', accelerator: null, problem: null })
    descry.change({ sendingOn: true })
    expect(descry.hotkeysSet).toHaveLength(2)
  })

  it.each(['Hyper+Ü', 'Control+Shift', 'E', 'Shift+1'])('are not %s, which would be no hotkey', async (keys) => {
    const { fake, descry } = await runShell({ platform: 'win32' })
    await choose(descry, { screen: keys })
    expect(descry.hotkeysSet.at(-1)).toContainEqual({
      command: 'screen',
      accelerator: 'Control+Alt+Shift+F9',
      problem: `“${keys}” is not a key combination. Control Alt Shift F9 works instead.`
    })
    expect(fake.shortcuts.held).toHaveLength(5)
  })

  it('are not taken from one command by another, however they are spelled', async () => {
    const { fake, descry } = await runShell({ platform: 'win32' })
    await choose(descry, { clipboard: 'ctrl+meta+shift+e' })
    fake.shortcuts.press('Control+Shift+Super+E')
    expect(descry.runs.at(-1)?.command).toBe('screen')
    fake.shortcuts.press('Control+Alt+Shift+F8')
    expect(descry.runs.at(-1)?.command).toBe('clipboard')
  })

  it.each([
    ['win32', 'Control+Alt+U'],
    ['darwin', 'Command+Alt+U']
  ] as const)('may be written for every system (%s)', async (platform, keys) => {
    const { fake, descry } = await runShell({ platform })
    await choose(descry, { screen: 'CmdOrCtrl+Alt+U', window: keys })
    fake.shortcuts.press(keys)
    expect(descry.runs.at(-1)?.command).toBe('screen')
  })

  it('change places without being registered again', async () => {
    const { fake, descry } = await runShell({ platform: 'win32' })
    const registrations = (): number => fake.log.filter((entry) => entry.startsWith('register ')).length
    const before = registrations()
    await choose(descry, { screen: 'Control+Shift+Super+G', window: 'Control+Shift+Super+E' })
    fake.shortcuts.press('Control+Shift+Super+G')
    fake.shortcuts.press('Control+Shift+Super+E')
    expect(descry.runs.map(({ command }) => command)).toEqual(['screen', 'window'])
    expect(registrations()).toBe(before)
  })

  it.each([
    ['Windows', 'win32', {}],
    ['X11', 'linux', {}],
    ['Wayland', 'linux', waylandSession]
  ] as const)('run their command once on %s, however long they are held down', async (_name, platform, env) => {
    const { fake, descry } = await runShell({ platform, env })
    fake.shortcuts.holdDown('Control+Shift+Super+E')
    fake.shortcuts.press('Control+Shift+Super+G')
    expect(descry.runs.map(({ command }) => command)).toEqual(['screen', 'window'])
  })

  it('no longer do anything while Descry quits', async () => {
    const { fake, descry } = await runShell({ env: waylandSession, hangsOnClose: true })
    fake.app.quit()
    await until(() => fake.log.includes('close app'), { everyMs: 1 })
    fake.shortcuts.press('Control+Shift+Super+E')
    expect(descry.runs).toEqual([])
    expect(fake.log).not.toContain('crash: portal-stale-keys-are-fatal')
  })
})

describe("hotkeys of a Wayland desktop's portal", () => {
  it('do nothing after they were changed or turned off, although the portal still sends them', async () => {
    const { fake, descry } = await runShell({ env: waylandSession })
    await choose(descry, { screen: 'Control+Alt+Shift+S', stop: null })
    fake.shortcuts.press('Control+Shift+Super+E')
    fake.shortcuts.press('Control+Shift+Super+X')
    expect(descry.runs).toEqual([])
    fake.shortcuts.press('Control+Alt+Shift+S')
    expect(descry.runs.map(({ command }) => command)).toEqual(['screen'])
  })

  it('come back when they are chosen again', async () => {
    const { fake, descry } = await runShell({ env: waylandSession })
    await choose(descry, { screen: null })
    await choose(descry, { clipboard: 'Control+Shift+Super+E', screen: null })
    fake.shortcuts.press('Control+Shift+Super+E')
    expect(descry.runs.map(({ command }) => command)).toEqual(['clipboard'])
    expect(fake.log.filter((entry) => entry === 'register Control+Shift+Super+E')).toHaveLength(1)
  })

  it('cannot be F keys, and Descry says so', async () => {
    const { fake, descry } = await runShell({ env: waylandSession })
    await choose(descry, { screen: 'Control+Alt+Shift+F5', stop: 'Control+Alt+Shift+F6' })
    const problem = 'Control Alt Shift F5 cannot be a hotkey on this desktop. Choose a letter or digit in Settings.'
    expect(descry.hotkeysSet.at(-1)).toContainEqual({ command: 'screen', accelerator: null, problem })
    expect(fake.log.filter((entry) => /register .*F\d/u.test(entry))).toEqual([])
  })
})
