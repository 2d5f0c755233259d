// @module-tag dbus
// @module-tag sway
// @module-tag grim
// @module-tag pipewire
// @module-tag xdg-desktop-portal
// @module-tag python3-gi
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createWaylandCapture } from '#adapters/capture/wayland-capture.ts'
import type { Capture } from '#core/ports/capture.ts'
import type { Desktop } from '#test/desktop.ts'
import { until, type Running } from '#test/process.ts'
import { startPortal, startWaylandDesktop } from '#test/wayland.ts'

// A real Sway, a real grim, the real portals for every desktop and for wlroots; refusals are played behind the real portal.
let desktop: Desktop
/** The same session as a compositor shows itself that tells nothing, without grim. */
let plain: NodeJS.ProcessEnv
const digests: string[] = []
let portal: Awaited<ReturnType<typeof startPortal>> | null = null

beforeAll(async () => {
  desktop = await startWaylandDesktop()
  const emptyFolder = join(desktop.home, 'bin')
  await mkdir(emptyFolder)
  plain = { ...desktop.env, SWAYSOCK: '', PATH: emptyFolder }
})
afterEach(async () => {
  await portal?.end()
  portal = null
})
afterAll(() => desktop.end())

const blue = '003366'
const green = '006633'
const red = 'cc3300'

const plainCapture = (answerTimeoutMs = 20_000): ReturnType<typeof createWaylandCapture> =>
  createWaylandCapture(plain, { onOwnFile: (digest) => digests.push(digest), answerTimeoutMs })

/** Size of a picture, and the colors of some of its points. */
async function seen({ bytes }: Capture, ...points: [x: number, y: number][]): Promise<(string | number)[]> {
  const image = await loadImage(Buffer.from(bytes))
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  const colors = points.map(([x, y]) => Buffer.from(context.getImageData(x, y, 1, 1).data.subarray(0, 3)))
  return [image.width, image.height, ...colors.map((color) => color.toString('hex'))]
}

function showWindow(): Running {
  const window = `
import gi
gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, Gtk
window = Gtk.Window(title="Invoice 42")
window.override_background_color(Gtk.StateFlags.NORMAL, Gdk.RGBA(0.8, 0.2, 0, 1))
window.show_all()
Gtk.main()
`
  return desktop.start('/usr/bin/python3', ['-c', window], { GDK_BACKEND: 'wayland' })
}

test('every display, the one in use first; no window is active', async () => {
  const capture = createWaylandCapture(desktop.env)
  const [first, second, ...more] = await capture.captureScreens()
  expect(more).toEqual([])
  const nobody = { windowTitle: null, applicationName: null }
  const place = { x: 0, y: 0, width: 800, height: 600 }
  expect(first).toMatchObject({ label: 'Screen 2 of 2', subject: 'display:HEADLESS-2', place: { ...place, x: 800 } })
  expect(second).toMatchObject({ label: 'Screen 1 of 2', subject: 'display:HEADLESS-1', place, ...nobody })
  expect(await seen(first, [10, 10])).toEqual([800, 600, green])
  expect(second && (await seen(second, [10, 10]))).toEqual([800, 600, blue])
  await expect(capture.captureWindow()).rejects.toMatchObject({ code: 'no-picture', message: 'No window is active.' })
})

test('a part over two displays, and what of a part lies on the desktop', async () => {
  const capture = createWaylandCapture(desktop.env)
  const over = await capture.captureArea({ x: 750, y: 20, width: 100, height: 40 })
  expect(over).toMatchObject({ label: 'Part of the screen', place: { x: 750, y: 20, width: 100, height: 40 } })
  expect(await seen(over, [10, 10], [90, 10])).toEqual([100, 40, blue, green])
  const edge = await capture.captureArea({ x: -50, y: 20, width: 100, height: 40 })
  expect(edge.place).toEqual({ x: 0, y: 20, width: 50, height: 40 })
  expect(await seen(edge, [0, 0])).toEqual([50, 40, blue])
  await expect(capture.captureArea({ x: 1600, y: 0, width: 10, height: 10 })).rejects.toMatchObject({
    code: 'no-picture',
    message: 'This area is outside the screen.'
  })
})

test('the active window', async () => {
  const window = showWindow()
  const capture = createWaylandCapture(desktop.env)
  const captured = await until(async () => {
    const one = await capture.captureWindow().catch(() => null)
    // Where it is going to be, it has not yet the size that it is going to have.
    const isPlaced = one?.place.x === 900 && one.place.width === 300 && one.place.height === 200
    return isPlaced && (await seen(one, [150, 100]))[2] === red && one
  })
  expect(captured).toMatchObject({ label: 'Window', windowTitle: 'Invoice 42', applicationName: '-c' })
  expect(captured.subject).toMatch(/^window:\d+$/u)
  expect(captured.place).toEqual({ x: 900, y: 100, width: 300, height: 200 })
  expect((await seen(captured)).slice(0, 2)).toEqual([300, 200])
  // It is on one of the displays only.
  const titles = (await capture.captureScreens()).map(({ windowTitle }) => windowTitle)
  expect(titles).toEqual(['Invoice 42', null])
  await window.end()
})

test('a scaled display has more pixels than the desktop has units', async () => {
  await desktop.run('swaymsg', ['output HEADLESS-1 scale 2'])
  const capture = createWaylandCapture(desktop.env)
  const scaled = await until(async () => (await capture.captureScreens()).find(({ place }) => place.width === 400))
  expect((await seen(scaled)).slice(0, 2)).toEqual([800, 600])
  const part = await capture.captureArea({ x: 100, y: 50, width: 200, height: 100 })
  expect(await seen(part, [399, 199])).toEqual([400, 200, blue])
  await desktop.run('swaymsg', ['output HEADLESS-1 scale 1'])
})

test('the focused control has no place here', async () => {
  const message = 'Wayland does not say where the focused control is.'
  await expect(createWaylandCapture(desktop.env).captureObject()).rejects.toMatchObject({
    code: 'unsupported',
    message
  })
})

test('without a portal there is a sentence that helps', async () => {
  for (const env of [plain, { ...plain, DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' }]) {
    await expect(createWaylandCapture(env).captureScreens()).rejects.toMatchObject({
      code: 'unsupported',
      next: "Press the desktop's own screenshot key."
    })
  }
  const message = 'Wayland does not say where windows are.'
  await expect(plainCapture().captureWindow()).rejects.toMatchObject({ code: 'unsupported', message })
})

test('grim alone, where the compositor tells nothing', async () => {
  const only = join(desktop.home, 'only-grim')
  await mkdir(only)
  await symlink('/usr/bin/grim', join(only, 'grim'))
  const capture = createWaylandCapture({ ...plain, PATH: only })
  const [whole] = await capture.captureScreens()
  expect(whole).toMatchObject({ label: 'Screen', subject: 'desktop', place: { x: 0, y: 0, width: 1600, height: 600 } })
  const part = await capture.captureArea({ x: 790, y: 0, width: 20, height: 20 })
  expect(await seen(part, [0, 0], [19, 0])).toEqual([20, 20, blue, green])
})

test('by the portal, whose file is announced and gone afterwards', async () => {
  portal = await startPortal(desktop, 'wlr')
  const [whole, ...more] = await plainCapture().captureScreens()
  expect(more).toEqual([])
  expect(whole).toMatchObject({ label: 'Screen', subject: 'desktop', place: { x: 0, y: 0, width: 1600, height: 600 } })
  expect(await seen(whole, [10, 10], [1590, 10])).toEqual([1600, 600, blue, green])
  expect(digests).toEqual([createHash('sha256').update(whole.bytes).digest('hex')])
  // Where the portal for wlroots puts it.
  expect(existsSync('/tmp/out.png')).toBe(false)
  const part = await plainCapture().captureArea({ x: 700, y: 500, width: 200, height: 500 })
  expect(part.place).toEqual({ x: 700, y: 500, width: 200, height: 100 })
  expect(await seen(part, [0, 0], [199, 99])).toEqual([200, 100, blue, green])
})

test.each([
  ['deny', 'The desktop denied the screenshot.', 'Allow screenshots for Descry in the system settings, under Apps.'],
  ['fail', 'The desktop denied the screenshot.', 'Allow screenshots for Descry in the system settings, under Apps.'],
  ['hang', 'The desktop returned no screenshot.', 'Answer its question, or press its own screenshot key.'],
  ['missing', 'The desktop returned no screenshot.', 'Answer its question, or press its own screenshot key.']
] as const)('a portal that answers with %s', async (kind, message, next) => {
  portal = await startPortal(desktop, kind)
  await expect(plainCapture(kind === 'hang' ? 300 : 20_000).captureScreens()).rejects.toMatchObject({
    code: 'no-permission',
    message,
    next
  })
})
