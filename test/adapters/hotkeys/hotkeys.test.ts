import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { GlobalHotkeys } from '#core/ports/hotkeys.ts'
import { createFakeElectron, type FakeElectron } from '#test/fake-electron.ts'

// Over the fake Electron, whose rules are the real one's.

const chord = 'Control+Shift+Super+E'

interface Setup {
  hotkeys: GlobalHotkeys
  fake: FakeElectron
}

async function setUp(which: 'Electron' | 'the portal', taken: string[] = []): Promise<Setup> {
  const platform = process.platform
  Object.defineProperty(process, 'platform', { value: 'linux' })
  vi.stubEnv('XDG_SESSION_TYPE', which === 'Electron' ? 'x11' : 'wayland')
  const fake = createFakeElectron({ takenShortcuts: taken })
  vi.resetModules()
  vi.doMock('electron', () => fake.module)
  onTestFinished(() => {
    Object.defineProperty(process, 'platform', { value: platform })
    vi.unstubAllEnvs()
    vi.doUnmock('electron')
  })
  await fake.app.launch(async () => undefined)
  const made = await import('#adapters/hotkeys/electron-hotkeys.electron.ts')
  return { hotkeys: which === 'Electron' ? made.createElectronHotkeys() : made.createPortalHotkeys(), fake }
}

describe.each(['Electron', 'the portal'] as const)('hotkeys by %s', (which) => {
  it('call back at each press, and not for other keys', async () => {
    const { hotkeys, fake } = await setUp(which)
    const pressed: string[] = []
    expect(await hotkeys.hold(chord, () => pressed.push('E'))).toBe('held')
    expect(await hotkeys.hold('ctrl+alt+shift+k', () => pressed.push('K'))).toBe('held')
    for (const keys of ['ctrl+shift+super+e', 'ctrl+alt+shift+k', 'ctrl+shift+super+e']) fake.shortcuts.press(keys)
    expect(pressed).toEqual(['E', 'K', 'E'])
  })

  it('say that a text names no keys', async () => {
    const { hotkeys } = await setUp(which)
    for (const text of ['Hyper+Ü', 'Control+Shift', '', 'Control+A+B'])
      expect(await hotkeys.hold(text, () => undefined), text).toBe('unreadable')
  })

  it('can be held again after they were released', async () => {
    const { hotkeys, fake } = await setUp(which)
    const pressed: string[] = []
    await hotkeys.hold(chord, () => pressed.push('first'))
    hotkeys.release(chord)
    hotkeys.release('Control+Shift+F')
    expect(await hotkeys.hold(chord, () => pressed.push('second'))).toBe('held')
    fake.shortcuts.press(chord)
    expect(pressed).toEqual(['second'])
  })
})

it('hotkeys by Electron are refused while another program has them, and given back', async () => {
  const { hotkeys, fake } = await setUp('Electron', ['Control+Alt+Shift+F9'])
  expect(await hotkeys.hold('Control+Alt+Shift+F9', () => undefined)).toBe('taken')
  await hotkeys.hold(chord, () => undefined)
  hotkeys.release(chord)
  expect(fake.shortcuts.isRegistered(chord)).toBe(false)
})

it('hotkeys by the portal cannot be keys without a name, and do nothing when they were released', async () => {
  const { hotkeys, fake } = await setUp('the portal')
  for (const keys of ['Control+F5', 'F5', 'Control+PrintScreen', 'Control+Escape'])
    expect(await hotkeys.hold(keys, () => undefined), keys).toBe('impossible')
  const press = vi.fn<() => void>()
  await hotkeys.hold(chord, press)
  hotkeys.release(chord)
  fake.shortcuts.press(chord)
  expect(press).not.toHaveBeenCalled()
  expect(fake.app.exitCode).toBeNull()
})
