import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { createAccessibilityApiFocusFinder, parseAccessibilityApi } from '#adapters/capture/focus/accessibility-api.ts'
import { createUiAutomationFocusFinder, parseUiAutomation } from '#adapters/capture/focus/ui-automation.ts'
import { createFocusFinder } from '#adapters/capture/focus/focus-for-system.ts'

// Neither Windows nor macOS is here: what they answer is written down from their documentation.
const place = { x: 10, y: 20, width: 300, height: 40 }
const windowsAnswer = { id: '7', place, role: 'ControlType.Edit', name: 'City', isPassword: false }
const macAnswer = {
  position: [10, 20],
  size: [300, 40],
  role: 'AXTextField',
  subrole: null,
  title: '',
  description: 'City'
}

test.each([
  [windowsAnswer, { place, role: 'text field', name: 'City' }],
  [
    { ...windowsAnswer, role: 'ControlType.SplitButton' },
    { place, role: 'split button', name: 'City' }
  ],
  [
    { ...windowsAnswer, isPassword: true, name: null },
    { place, role: 'password field', name: null }
  ],
  [
    { ...windowsAnswer, role: 'ControlType.\u001b[2J' },
    { place, role: 'control', name: 'City' }
  ],
  [{ ...windowsAnswer, place: { ...place, width: 0 } }, null],
  // An empty rectangle is written as text.
  [{ ...windowsAnswer, place: { ...place, x: 'Infinity' } }, null],
  [{ id: '7' }, null]
])('what UI Automation says: %j', (answer, expected) => {
  expect(parseUiAutomation(JSON.stringify(answer))).toEqual(expected)
})

test.each([
  [macAnswer, { place, role: 'text field', name: 'City' }],
  [
    { ...macAnswer, subrole: 'AXSecureTextField' },
    { place, role: 'password field', name: 'City' }
  ],
  [
    { ...macAnswer, role: 'AXCheckBox', title: 'Gift', description: null },
    { place, role: 'check box', name: 'Gift' }
  ],
  [{ ...macAnswer, position: null }, null]
])("what Apple's accessibility says: %j", (answer, expected) => {
  expect(parseAccessibilityApi(`${JSON.stringify(answer)}\n`)).toEqual(expected)
})

test('an answer that is not JSON means no focus', () => {
  expect(parseUiAutomation('At line:1 char:1')).toBeNull()
  expect(parseAccessibilityApi('execution error: osascript is not allowed assistive access. (-1719)')).toBeNull()
})

test('a helper that is slow at first is used when it answers', async () => {
  const script = fileURLToPath(new URL('../../../support/focus-helper.mjs', import.meta.url))
  const helper = spawn(process.execPath, [script])
  const finder = createUiAutomationFocusFinder(() => helper)
  expect(await finder.find()).toBeNull()
  expect(await finder.find()).toEqual({ place, role: 'check box', name: 'Gift' })
  helper.kill()
})

test('a script that hangs is ended, and one that cannot be started does no harm', async () => {
  let isEnded = false
  const hanging = createAccessibilityApiFocusFinder((signal) => {
    signal.addEventListener('abort', () => (isEnded = true))
    return new Promise(() => undefined)
  })
  expect(await hanging.find()).toBeNull()
  expect(isEnded).toBe(true)
  // Neither PowerShell nor osascript is on this computer.
  if (process.platform === 'linux') {
    for (const system of ['win32', 'darwin'] as const) expect(await createFocusFinder(system).find()).toBeNull()
  }
})
