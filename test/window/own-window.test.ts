// @module-tag xvfb
// @module-tag chromium
// @module-tag xdotool
// @module-tag python3-gi
// @module-tag fonts-dejavu
// @module-tag xterm
// @module-tag imagemagick
// @module-tag libxcb
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Desktop } from '#test/desktop.ts'
import { until } from '#test/process.ts'
import { seenByModel } from '#test/seen-pictures.ts'
import { eventually, focusedText, openWindow, type OpenWindow } from './open-window.ts'

let w: OpenWindow

const activeTitle = async ({ run }: Pick<Desktop, 'run'>): Promise<string> =>
  String((await run('xdotool', ['getactivewindow', 'getwindowname'])).stdout).trim()

beforeAll(async () => {
  w = await openWindow({
    async before(desktop) {
      // Our own window opens over it.
      desktop.start('xterm', [
        '-T',
        'Mail',
        '-geometry',
        '60x20+200+200',
        '-bg',
        '#224466',
        '-e',
        'echo Inbox, 3 new; sleep 600'
      ])
      await until(async () => (await activeTitle(desktop)) === 'Mail', { what: 'the window below' })
    }
  })
})
afterAll(() => w?.end())

test('our own window hides while another one is captured, and comes back', async () => {
  await eventually(() => activeTitle(w.desktop)).toBe('Descry')
  await w.press('ctrl+g')
  await until(() => w.server.requests.length === 1, { what: 'the request' })
  expect(JSON.stringify(w.server.requests[0]?.body.messages)).toContain('Title of the active window: \\"Mail\\"')
  const picture = await seenByModel(w.server.requests[0])
  expect(picture.color(picture.width - 5, picture.height - 5)).toBe('#246')
  await eventually(() => activeTitle(w.desktop)).toBe('Descry')

  await w.press('ctrl+shift+r')
  const grid = w.page.getByRole('dialog')
  await grid.waitFor()
  await eventually(() => activeTitle(w.desktop)).toBe('Descry')
  await w.press('5', 'w')
  await eventually(() => grid.getByRole('heading').innerText()).toBe('Choose an area: Window')
  await grid.locator('img').waitFor()
  await w.press('Escape')
  await eventually(() => grid.getByRole('heading').innerText()).toBe('Choose an area: Screen')
  await eventually(() => grid.getByLabel('Selected area').inputValue()).toContain('Screen: center, ')
  await w.press('Escape', 'Escape')
  await eventually(() => grid.count()).toBe(0)
})

test('no key opens a window of the browser', async () => {
  const opened: string[] = []
  w.page.context().on('page', (page) => opened.push(page.url()))
  await eventually(() => activeTitle(w.desktop)).toBe('Descry')
  const keys = ['F1', 'ctrl+h', 'ctrl+j', 'ctrl+n', 'ctrl+t', 'ctrl+shift+n', 'ctrl+shift+t', 'ctrl+shift+Delete']
  // A window that opened would get the next key.
  for (const key of keys) await w.press(key)
  await w.press('ctrl+k')
  await eventually(() => focusedText(w.page)).toBe('Filter')
  expect(opened).toEqual([])
})
