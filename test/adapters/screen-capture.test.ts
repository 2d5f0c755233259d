import { createCanvas, loadImage } from '@napi-rs/canvas'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { chooseDisplay, createScreenCapture } from '#adapters/screen-capture.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { until } from '#test/process.ts'

let desktop: Desktop
const displayBefore = process.env.DISPLAY

beforeAll(async () => {
  desktop = await startDesktop({ size: '1600x900' })
  // The native modules read the environment of their own process.
  process.env.DISPLAY = desktop.env.DISPLAY
})
afterAll(async () => {
  if (displayBefore === undefined) delete process.env.DISPLAY
  else process.env.DISPLAY = displayBefore
  await desktop.end()
})

/** The colour of some points of a PNG, as hex. */
async function coloursOf(bytes: Uint8Array, points: [x: number, y: number][]): Promise<string[]> {
  const image = await loadImage(Buffer.from(bytes))
  const canvas = createCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  return points.map(([x, y]) => Buffer.from(context.getImageData(x, y, 1, 1).data.subarray(0, 3)).toString('hex'))
}

const redWindow = `
import sys
import gi
gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
sys.argv = ["invoices"]  # becomes the window's application name
from gi.repository import Gdk, Gtk
window = Gtk.Window(title="Invoice 42")
window.set_default_size(600, 400)
window.override_background_color(Gtk.StateFlags.NORMAL, Gdk.RGBA(0.8, 0.2, 0, 1))
window.show_all()
window.move(200, 200)
Gtk.main()
`

it('captures an empty screen: no window, no title', async () => {
  const captured = (await createScreenCapture({ platform: 'linux', env: desktop.env }).captureScreens())[0]
  expect(captured).toMatchObject({ label: 'Screen', windowTitle: null, applicationName: null })
  expect(await coloursOf(captured.bytes, [[10, 10]])).toEqual(['000000'])
})

it('captures what is seen, and names the window in use', async () => {
  desktop.start('/usr/bin/python3', ['-c', redWindow])
  const captured = await until(async () => {
    const one = (await createScreenCapture({ platform: 'linux', env: desktop.env }).captureScreens())[0]
    const [inside] = await coloursOf(one.bytes, [[500, 450]])
    return inside === 'cc3300' && one
  })
  expect(captured).toMatchObject({ label: 'Screen', windowTitle: 'Invoice 42', applicationName: 'Invoices' })
  expect(await coloursOf(captured.bytes, [[1500, 850]])).toEqual(['000000'])
})

it('chooses the display that holds the middle of the window, else the primary one', () => {
  const left = { x: 0, y: 0, width: 1600, height: 900, isPrimary: false }
  const right = { x: 1600, y: 0, width: 1600, height: 900, isPrimary: true }
  expect(chooseDisplay([left, right], { x: 1599, y: 10 })).toBe(0)
  expect(chooseDisplay([left, right], { x: 1600, y: 10 })).toBe(1)
  expect(chooseDisplay([left, right], { x: 10, y: -4000 })).toBe(1)
  expect(chooseDisplay([left, right], null)).toBe(1)
  expect(chooseDisplay([left], null)).toBe(0)
})

it.each([
  [{ WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }, 'unsupported', 'Wayland does not let Descry capture the screen.'],
  [{}, 'no-permission', 'There is no screen here.']
])('says why it cannot capture in %j', async (env, code, message) => {
  await expect(createScreenCapture({ platform: 'linux', env }).captureScreens()).rejects.toMatchObject({
    code,
    message
  })
})

it('survives an X server that is not there', async () => {
  process.env.DISPLAY = ':4711'
  try {
    await expect(
      createScreenCapture({ platform: 'linux', env: { DISPLAY: ':4711' } }).captureScreens()
    ).rejects.toMatchObject({
      code: 'no-permission',
      next: 'Run Descry inside your desktop session.'
    })
  } finally {
    process.env.DISPLAY = desktop.env.DISPLAY
  }
})
