import { describe, expect, it } from 'vitest'
import { isTyping, keysId, parseAccelerator } from '#shared/accelerators.ts'

const id = (text: string, isMac = false): string | null => {
  const keys = parseAccelerator(text, isMac)
  return keys && keysId(keys)
}

describe('an accelerator', () => {
  it.each([
    ['Control+Shift+Super+E', 'ctrl + SHIFT+meta+e'],
    ['Control+Shift+Command+E', 'Shift+Cmd+Control+E'],
    ['Control+Alt+Return', 'Ctrl+Option+enter'],
    ['Control+Escape', 'control+esc'],
    ['AltGr+F12', 'altgr+f12'],
    ['Control+Plus', 'Control+plus']
  ])('is the same keys as %s, spelled %s', (one, other) => {
    expect(id(one)).toBe(id(other))
    expect(id(one)).not.toBeNull()
  })

  it('means Command on macOS and Control elsewhere by CommandOrControl', () => {
    expect(id('CmdOrCtrl+U')).toBe(id('Control+U'))
    expect(id('CommandOrControl+U', true)).toBe(id('Command+U'))
  })

  it.each([
    '',
    'Control',
    'Control+Shift',
    'Control+A+B',
    'Hyper+A',
    'Control+Ü',
    'Control+F25',
    'Control+',
    'VolumeUp'
  ])('is not %o', (text) => expect(id(text)).toBeNull())

  it.each([
    ['E', true],
    ['Shift+1', true],
    ['AltGr+Q', true],
    ['Space', true],
    ['F9', false],
    ['Shift+F9', false],
    ['PrintScreen', false],
    ['Control+E', false],
    ['Super+1', false]
  ])('%s types something: %s', (text, isTrue) => {
    expect(isTyping(parseAccelerator(text)!)).toBe(isTrue)
  })
})
