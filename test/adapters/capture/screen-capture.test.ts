// @module-tag xvfb
// @module-tag python3-gi
// @module-tag xdotool
// @module-tag xterm
// @module-tag imagemagick
// @module-tag libxcb
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listDisplays, type Display } from '#adapters/capture/displays.ts'
import { createScreenCapture, type ScreenCaptureParts } from '#adapters/capture/screen-capture.ts'
import { actAsCompositor } from '#test/compositor.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { createFakeScreen } from '#test/fake-screen.ts'
import { drawingPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { screenContract } from '#test/screen-contract.ts'
import type { FocusFinder, ScreenCapture } from '#core/ports/capture.ts'
import type { Area } from '#shared/caption.ts'

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

const capture = (parts: ScreenCaptureParts = {}): ScreenCapture =>
  createScreenCapture({ platform: 'linux', env: desktop.env, ...parts })
const area = (x: number, y: number, width: number, height: number): Area => ({ x, y, width, height })

interface Picture {
  width: number
  height: number
  /** As hex. */
  color(x: number, y: number): string
  pixels: Buffer
}

async function decoded(png: Uint8Array): Promise<Picture> {
  const image = await loadImage(Buffer.from(png))
  const canvas = createCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  const { width, height, data } = context.getImageData(0, 0, image.width, image.height)
  const pixels = Buffer.from(data.buffer)
  return {
    width,
    height,
    pixels,
    color: (x, y) => pixels.subarray((y * width + x) * 4, (y * width + x) * 4 + 3).toString('hex')
  }
}

const [black, red, blue, green] = ['000000', 'cc3300', '0033cc', '00cc33']

/** A red window in use, partly covered by a blue one that stays on top, and by a green one as menus are: not managed. */
const twoWindows = `
import sys
import gi
gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
sys.argv = ["invoices"]  # becomes the windows' application name
from gi.repository import Gdk, Gtk
def show(title, width, height, x, y, color, is_above, kind=Gtk.WindowType.TOPLEVEL):
    window = Gtk.Window(title=title, type=kind)
    window.set_default_size(width, height)
    window.set_keep_above(is_above)
    window.set_accept_focus(not is_above)
    window.override_background_color(Gtk.StateFlags.NORMAL, Gdk.RGBA(*color, 1))
    window.show_all()
    window.move(x, y)
show("Invoice 42", 400, 300, 200, 200, (0.8, 0.2, 0), False)
show("Note", 100, 50, 300, 300, (0, 0.2, 0.8), True)
show("", 40, 40, 520, 440, (0, 0.8, 0.2), True, Gtk.WindowType.POPUP)
Gtk.main()
`

describe('on an empty desktop', () => {
  it('captures the screen: no window, no title', async () => {
    const [screen, ...more] = await capture().captureScreens()
    expect(screen).toMatchObject({
      label: 'Screen',
      place: area(0, 0, 1600, 900),
      windowTitle: null,
      applicationName: null
    })
    expect(more).toEqual([])
    expect((await decoded(screen.bytes)).color(10, 10)).toBe(black)
  })

  it('says that no window is active', async () => {
    await expect(capture().captureWindow()).rejects.toMatchObject({
      code: 'no-picture',
      message: 'No window is active.'
    })
  })

  it('captures the area around the pointer, inside the screen, when the focus is unknown', async () => {
    await desktop.run('xdotool', ['mousemove', '1590', '450'])
    const nobody: FocusFinder = { find: () => Promise.resolve(null) }
    expect(await capture({ focus: nobody }).captureObject()).toMatchObject({
      label: 'Area around the pointer',
      subject: 'area:960,270,640,360',
      place: area(960, 270, 640, 360)
    })
    await desktop.run('xdotool', ['mousemove', '700', '450'])
    expect((await capture().captureObject()).place).toEqual(area(380, 270, 640, 360))
  })
})

it("tells a program's window from that of one that was closed, whose number X11 may give it", async () => {
  const program = desktop.start('xterm', ['-T', 'One'])
  const { subject } = await until(async () => {
    const window = await capture()
      .captureWindow()
      .catch(() => null)
    return window?.windowTitle === 'One' && window
  })
  await program.end()
  expect(subject.split(':')[2]).toBe(String(program.child.pid))
})

describe('with a window in use', () => {
  let client: Area
  const inUse = { windowTitle: 'Invoice 42', applicationName: 'Invoices' }

  beforeAll(async () => {
    desktop.start('/usr/bin/python3', ['-c', twoWindows])
    await until(async () => {
      const [{ bytes, windowTitle }] = await capture().captureScreens()
      const screen = await decoded(bytes)
      return (
        windowTitle === 'Invoice 42' &&
        screen.color(500, 430) === red &&
        screen.color(360, 340) === blue &&
        screen.color(540, 460) === green
      )
    })
    client = (await capture().captureWindow()).place
  })

  describe('the contract', () => screenContract(() => capture()))

  it('captures the screen and names the window in use', async () => {
    const [screen] = await capture().captureScreens()
    expect(screen).toMatchObject({ label: 'Screen', ...inUse, windowPlace: client })
    expect((await decoded(screen.bytes)).color(1500, 850)).toBe(black)
  })

  it('captures the window with whatever covers it when no compositor is running', async () => {
    const window = await capture().captureWindow()
    expect(window).toMatchObject({ label: 'Window', place: { width: 400, height: 300 }, ...inUse })
    expect(window.subject).toMatch(/^window:\d+:\d+$/u)
    const picture = await decoded(window.bytes)
    expect([picture.width, picture.height]).toEqual([400, 300])
    expect([picture.color(0, 0), picture.color(399, 299)]).toEqual([red, red])
    expect(picture.color(360 - client.x, 340 - client.y)).toBe(blue)
    expect(picture.color(540 - client.x, 460 - client.y)).toBe(green)
  })

  it('captures an area to the pixel, and only its visible part when it extends beyond the screen', async () => {
    const wanted = area(client.x - 7, client.y - 5, 333, 211)
    const part = await capture().captureArea(wanted)
    expect(part).toMatchObject({ label: 'Part of the screen', place: wanted, ...inUse })
    const crop = `333x211+${wanted.x}+${wanted.y}`
    const independent = await desktop.run('import', ['-window', 'root', '-crop', crop, '-depth', '8', 'rgba:-'])
    expect((await decoded(part.bytes)).pixels.equals(independent.stdout)).toBe(true)

    const edge = await capture().captureArea(area(1500, 800, 300, 300))
    expect(edge).toMatchObject({ place: area(1500, 800, 100, 100), windowTitle: null, applicationName: null })
    await expect(capture().captureArea(area(1600, 0, 10, 10))).rejects.toMatchObject({
      code: 'no-picture',
      message: 'This area is outside the screen.'
    })
  })

  it('captures the focused control with its border', async () => {
    const place = area(client.x + 20, client.y + 30, 80, 24)
    const focus: FocusFinder = { find: () => Promise.resolve({ place, role: 'push button', name: 'Pay' }) }
    const button = await capture({ focus }).captureObject()
    expect(button).toMatchObject({ label: 'Push button', place: area(place.x - 8, place.y - 8, 96, 40), ...inUse })
    expect((await capture({ focus }).captureObject()).subject).toBe(button.subject)
  })

  // Xvfb has one display; its halves stand for two. Both halves' pixels are real.
  describe('on two displays', () => {
    const halves = (leftScale: number) => async (): Promise<Display[]> => {
      const [display] = await listDisplays('linux')
      const half = (id: number, place: Area, scale: number): Display => ({
        id,
        place,
        isPrimary: id === 1,
        capture: async () => (await display!.capture()).crop(place.x * scale, place.y, place.width * scale, 900)
      })
      return [half(1, area(0, 0, 800 / leftScale, 900), leftScale), half(2, area(800, 0, 800, 900), 1)]
    }

    it('gives the one with the active window first, told which', async () => {
      const captures = await capture({ findDisplays: halves(1) }).captureScreens()
      expect(captures).toMatchObject([
        { label: 'Screen 1 of 2', subject: 'display:1', place: area(0, 0, 800, 900), ...inUse },
        { label: 'Screen 2 of 2', subject: 'display:2', place: area(800, 0, 800, 900), windowTitle: null }
      ])
      await desktop.run('xdotool', ['search', '--name', '^Invoice 42$', 'windowmove', '1000', '200'])
      const [first] = await until(async () => {
        const moved = await capture({ findDisplays: halves(1) }).captureScreens()
        return moved[0].subject === 'display:2' && moved
      })
      expect(first).toMatchObject({ label: 'Screen 2 of 2', ...inUse })
      // Nothing covers it there, so that it is captured by itself.
      const window = await decoded((await capture().captureWindow()).bytes)
      expect([window.color(0, 0), window.color(200, 150), window.color(399, 299)]).toEqual([red, red, red])
    })

    it('joins an area that spans them without a seam', async () => {
      await desktop.run('xdotool', ['search', '--name', '^Invoice 42$', 'windowmove', '600', '200'])
      const wanted = area(700, 300, 200, 100)
      const whole = await until(async () => {
        const part = await capture().captureArea(wanted)
        return (await decoded(part.bytes)).color(150, 50) === red && part
      })
      const spanning = await capture({ findDisplays: halves(1) }).captureArea(wanted)
      expect(spanning.place).toEqual(wanted)
      expect((await decoded(spanning.bytes)).pixels.equals((await decoded(whole.bytes)).pixels)).toBe(true)
    })
  })

  describe('partly beyond the screen', () => {
    beforeAll(async () => {
      await desktop.run('xdotool', ['search', '--name', '^Invoice 42$', 'windowmove', '--', '-150', '200'])
      await until(async () => (await capture().captureArea(area(100, 300, 10, 10))).windowTitle)
    })

    it('is captured as far as it is seen', async () => {
      const { bytes, place } = await until(async () => {
        const window = await capture().captureWindow()
        return window.place.width < 300 && window
      })
      expect(place).toMatchObject({ x: 0, height: 300 })
      expect((await decoded(bytes)).width).toBe(place.width)
    })

    it('is captured whole, and without what covers it, where a compositor runs', async () => {
      const end = await actAsCompositor(desktop)
      try {
        await desktop.run('xdotool', ['search', '--name', '^Invoice 42$', 'windowmove', '280', '270'])
        const picture = await until(async () => {
          const one = await decoded((await capture().captureWindow()).bytes)
          return one.color(60, 50) === red && one
        })
        expect([picture.width, picture.height]).toEqual([400, 300])
        await desktop.run('xdotool', ['search', '--name', '^Invoice 42$', 'windowmove', '--', '-150', '200'])
        const { place, bytes } = await until(async () => {
          const window = await capture().captureWindow()
          return window.place.x < 0 && window
        })
        expect(place).toMatchObject({ width: 400, height: 300 })
        expect((await decoded(bytes)).color(5, 5)).toBe(red)
      } finally {
        end()
      }
    })
  })
})

describe('the fake screen', () => {
  let png: Uint8Array
  beforeAll(async () => {
    png = await drawingPicture()
  })
  screenContract(() => createFakeScreen(png))
})

describe('where nothing can be captured', () => {
  it.each([
    [{ WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' }, 'unsupported', 'Wayland does not let Descry capture the screen.'],
    [{}, 'no-permission', 'There is no screen here.']
  ])('says why in %j', async (env, code, message) => {
    const screen = createScreenCapture({ platform: 'linux', env })
    for (const refused of [
      screen.captureScreens(),
      screen.captureWindow(),
      screen.captureObject(),
      screen.captureArea(area(0, 0, 9, 9))
    ])
      await expect(refused).rejects.toMatchObject({ code, message })
  })

  it('survives an X server that is not there', async () => {
    process.env.DISPLAY = ':4711'
    try {
      await expect(capture({ env: { DISPLAY: ':4711' } }).captureScreens()).rejects.toMatchObject({
        code: 'no-permission',
        next: 'Run Descry inside your desktop session.'
      })
    } finally {
      process.env.DISPLAY = desktop.env.DISPLAY
    }
  })
})

it('hands over to who captures on Wayland', () => {
  const wayland = createFakeScreen(new Uint8Array())
  expect(createScreenCapture({ platform: 'linux', env: { XDG_SESSION_TYPE: 'wayland' }, wayland })).toBe(wayland)
  expect(createScreenCapture({ platform: 'linux', env: { DISPLAY: ':0' }, wayland })).not.toBe(wayland)
})
