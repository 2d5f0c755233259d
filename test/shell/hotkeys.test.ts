import { describe, expect, it } from 'vitest'
import { runShell } from './running-shell.ts'
import { defaultSettings } from '#shared/settings.ts'

const words = (sentence: string): number => sentence.split(/\s+/u).length

describe('global shortcuts', () => {
  it.each([
    ['linux', 'Control+Shift+Super'],
    ['win32', 'Control+Shift+Super'],
    ['darwin', 'Control+Shift+Command']
  ] as const)('on %s are the five of the chord family, each running its command', async (platform, chord) => {
    const { fake, descry } = await runShell({ platform })
    expect([...fake.shortcuts.held.keys()].toSorted()).toEqual(
      ['E', 'G', 'K', 'P', 'X'].map((key) => `${chord}+${key}`)
    )
    for (const key of ['E', 'G', 'P', 'X', 'K']) fake.shortcuts.press(`${chord}+${key}`)
    expect(descry.runs).toEqual(
      ['screen', 'window', 'clipboard', 'stop', 'commands'].map((command) => ({
        command,
        input: {},
        surface: 'hotkey'
      }))
    )
    expect(descry.hotkeysSet).toHaveLength(1)
    expect(descry.hotkeysSet[0]?.every(({ problem }) => problem === null)).toBe(true)
  })

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
    const { fake, descry } = await runShell({ takenShortcuts: ['Control+Shift+Super+X', 'Control+Alt+Shift+F10'] })
    const stop = descry.hotkeysSet[0]?.find(({ command }) => command === 'stop')
    expect(stop).toEqual({
      command: 'stop',
      accelerator: null,
      problem: 'Control Shift Super X is already in use. Choose another hotkey in Settings.'
    })
    expect(words(stop?.problem ?? '')).toBeLessThanOrEqual(15)
    expect(fake.shortcuts.held.size).toBe(4)
  })

  it('follow the settings: others chosen, one off, nothing else done', async () => {
    const { fake, descry } = await runShell()
    descry.change({
      settings: { ...defaultSettings, hotkeys: { screen: 'Control+Alt+Shift+F5', stop: null } }
    })
    expect([...fake.shortcuts.held.keys()]).toEqual([
      'Control+Alt+Shift+F5',
      'Control+Shift+Super+G',
      'Control+Shift+Super+P',
      'Control+Shift+Super+K'
    ])
    expect(descry.hotkeysSet.at(-1)).toContainEqual({ command: 'stop', accelerator: null, problem: null })
    descry.change({ sendingOn: true })
    expect(descry.hotkeysSet).toHaveLength(2)
  })

  it('survive keys that are no keys', async () => {
    const { fake, descry } = await runShell()
    descry.change({ settings: { ...defaultSettings, hotkeys: { screen: 'Hyper+Ü' } } })
    expect(descry.hotkeysSet.at(-1)).toContainEqual({
      command: 'screen',
      accelerator: 'Control+Alt+Shift+F9',
      problem: '“Hyper+Ü” is not a key combination. Control Alt Shift F9 works instead.'
    })
    expect(fake.shortcuts.held.size).toBe(5)
  })

  it('are not taken from one command by another', async () => {
    const { fake, descry } = await runShell()
    descry.change({ settings: { ...defaultSettings, hotkeys: { clipboard: 'Control+Shift+Super+E' } } })
    fake.shortcuts.press('Control+Shift+Super+E')
    expect(descry.runs.at(-1)?.command).toBe('screen')
    fake.shortcuts.press('Control+Alt+Shift+F8')
    expect(descry.runs.at(-1)?.command).toBe('clipboard')
  })
})
