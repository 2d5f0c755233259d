// @module-tag xvfb
// @module-tag xdotool
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createX11Hotkeys } from '#adapters/hotkeys/x11-hotkeys.ts'
import type { GlobalHotkeys } from '#core/ports/hotkeys.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { createFakeElectron } from '#test/fake-electron.ts'
import { until } from '#test/process.ts'

const chord = 'Control+Shift+Super+E'

let desktop: Desktop

beforeAll(async () => {
  desktop = await startDesktop()
})

afterAll(() => desktop.end())

interface Setup {
  hotkeys: GlobalHotkeys
  /** Presses keys as xdotool names them. */
  press: (keys: string) => Promise<unknown> | void
}

function onX11(): Setup & { hotkeys: ReturnType<typeof createX11Hotkeys> } {
  const hotkeys = createX11Hotkeys(desktop.env)
  onTestFinished(() => hotkeys.close())
  return { hotkeys, press: (keys) => desktop.run('xdotool', ['key', keys]) }
}

/** Electron's, over the fake, whose rules are the real one's. */
async function inElectron(which: 'own' | 'portal'): Promise<Setup> {
  const platform = process.platform
  Object.defineProperty(process, 'platform', { value: which === 'own' ? 'win32' : 'linux' })
  vi.stubEnv('XDG_SESSION_TYPE', 'wayland')
  const fake = createFakeElectron()
  vi.resetModules()
  vi.doMock('electron', () => fake.module)
  onTestFinished(() => {
    Object.defineProperty(process, 'platform', { value: platform })
    vi.unstubAllEnvs()
    vi.doUnmock('electron')
  })
  await fake.app.launch(async () => undefined)
  const { createElectronHotkeys, createPortalHotkeys } = await import('#adapters/hotkeys/electron-hotkeys.electron.ts')
  return {
    hotkeys: which === 'own' ? createElectronHotkeys() : createPortalHotkeys(),
    press: (keys) => fake.shortcuts.press(keys)
  }
}

describe.each([
  ['X11', async () => onX11()],
  ['Electron', () => inElectron('own')],
  ['the portal', () => inElectron('portal')]
] as const)('hotkeys by %s', (_name, setUp) => {
  it('call back at each press, and not for other keys', async () => {
    const { hotkeys, press } = await setUp()
    const pressed: string[] = []
    expect(await hotkeys.hold(chord, () => pressed.push('E'))).toBe('held')
    expect(await hotkeys.hold('ctrl+alt+shift+k', () => pressed.push('K'))).toBe('held')
    for (const keys of ['ctrl+shift+super+e', 'ctrl+alt+shift+k', 'ctrl+shift+super+e']) await press(keys)
    await until(() => pressed.length === 3, { what: 'the presses', everyMs: 1 })
    expect(pressed).toEqual(['E', 'K', 'E'])
  })

  it('say that a text names no keys', async () => {
    const { hotkeys } = await setUp()
    for (const text of ['Hyper+Ü', 'Control+Shift', '', 'Control+A+B'])
      expect(await hotkeys.hold(text, () => undefined), text).toBe('unreadable')
  })

  it('can be held again after they were released', async () => {
    const { hotkeys, press } = await setUp()
    const pressed: string[] = []
    await hotkeys.hold(chord, () => pressed.push('first'))
    hotkeys.release(chord)
    hotkeys.release('Control+Shift+F')
    expect(await hotkeys.hold(chord, () => pressed.push('second'))).toBe('held')
    await press('ctrl+shift+super+e')
    await until(() => pressed.length > 0, { what: 'the press', everyMs: 1 })
    expect(pressed).toEqual(['second'])
  })
})

describe('hotkeys by X11', () => {
  const waitFor = (count: () => number, wanted: number): Promise<unknown> =>
    until(() => count() === wanted, { what: `${wanted} presses`, everyMs: 5 })

  it('are refused while another program has them, and given back', async () => {
    const { hotkeys: other } = onX11()
    const { hotkeys } = onX11()
    expect(await other.hold(chord, () => undefined)).toBe('held')
    expect(await hotkeys.hold(chord, () => undefined)).toBe('taken')
    other.release(chord)
    await other.hold('Control+Shift+Super+Q', () => undefined) // comes after the release
    expect(await hotkeys.hold(chord, () => undefined)).toBe('held')
  })

  it('leave the same keys without Super to other programs', async () => {
    const { hotkeys, press } = onX11()
    const { hotkeys: other } = onX11()
    const pressed: string[] = []
    await hotkeys.hold(chord, () => pressed.push('Descry'))
    expect(await other.hold('Control+Shift+E', () => pressed.push('other'))).toBe('held')
    await press('ctrl+shift+e')
    await waitFor(() => pressed.length, 1)
    expect(pressed).toEqual(['other'])
  })

  it('work while Num Lock and Caps Lock are on', async () => {
    const { hotkeys, press } = onX11()
    let count = 0
    await hotkeys.hold(chord, () => (count += 1))
    onTestFinished(async () => {
      await press('Num_Lock')
      await press('Caps_Lock')
    })
    await press('Num_Lock')
    await press('ctrl+shift+super+e')
    await waitFor(() => count, 1)
    await press('Caps_Lock')
    await press('ctrl+shift+super+e')
    await waitFor(() => count, 2)
  })

  it('are pressed once, however long they are held down', async () => {
    const { hotkeys, press } = onX11()
    let [count, others] = [0, 0]
    await hotkeys.hold(chord, () => (count += 1))
    await hotkeys.hold('Control+Shift+Super+K', () => (others += 1))
    await desktop.run('xdotool', [
      'keydown',
      'ctrl',
      'keydown',
      'shift',
      'keydown',
      'super',
      'keydown',
      'e',
      'sleep',
      '0.9'
    ])
    await desktop.run('xdotool', ['keyup', 'e', 'keyup', 'super', 'keyup', 'shift', 'keyup', 'ctrl'])
    await press('ctrl+shift+super+k') // comes after all of them
    await waitFor(() => others, 1)
    expect(count).toBe(1)
  })

  it('follow the keyboard layout', async () => {
    const { hotkeys, press } = onX11()
    let count = 0
    await hotkeys.hold('Control+Shift+Super+Q', () => (count += 1))
    onTestFinished(() => desktop.run('setxkbmap', ['us']) as Promise<never>)
    await desktop.run('setxkbmap', ['fr']) // Q is where A was.
    await until(
      async () => {
        await press('ctrl+shift+super+q')
        return count > 0
      },
      { what: 'Q in its new place' }
    )
  })

  it('take keys of each kind', async () => {
    const { hotkeys, press } = onX11()
    const pressed: string[] = []
    const kinds = { F9: 'F9', PageDown: 'Next', '7': '7', ',': 'comma', Space: 'space', Enter: 'Return', Plus: 'plus' }
    for (const [name, key] of Object.entries(kinds)) {
      expect(await hotkeys.hold(`Control+Shift+${name}`, () => pressed.push(name)), name).toBe('held')
      await press(`ctrl+shift+${key}`)
    }
    await waitFor(() => pressed.length, Object.keys(kinds).length)
  })

  it('are impossible without a display', async () => {
    expect(await createX11Hotkeys({}).hold(chord, () => undefined)).toBe('impossible')
  })
})
