// @module-tag xvfb
// @module-tag dbus
// @module-tag gsettings
// @module-tag at-spi2-core
// @module-tag python3-gi
// @module-tag chromium
// @module-tag xdotool
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAtSpiFocusFinder } from '#adapters/capture/focus/at-spi.ts'
import { createAtSpiPasswordFields } from '#adapters/privacy/password-fields.ts'
import type { FocusedObject, FocusFinder } from '#core/ports/capture.ts'
import type { Area } from '#shared/caption.ts'
import { findChromium } from '#preview/chromium.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { until, type Running } from '#test/process.ts'

// Real windows of GTK and Chromium on a real display, with their real accessibility. GTK 4 and Qt are played.
let desktop: Desktop
let finder: FocusFinder
const displayBefore = process.env.DISPLAY

beforeAll(async () => {
  desktop = await startDesktop({ bus: true, accessibility: true })
  // The module that knows the active window reads the environment of its own process.
  process.env.DISPLAY = desktop.env.DISPLAY
  finder = createAtSpiFocusFinder(desktop.env)
})
afterAll(async () => {
  if (displayBefore === undefined) delete process.env.DISPLAY
  else process.env.DISPLAY = displayBefore
  await desktop.end()
})

const support = (name: string): string => fileURLToPath(new URL(`../../../support/${name}`, import.meta.url))

const press = (...keys: string[]): unknown => desktop.run('xdotool', ['key', ...keys])

/** The finder's answer as soon as it is this control. */
const focused = (role: string, name: string | null): Promise<FocusedObject> =>
  until(
    async () => {
      const found = await finder.find()
      return found?.role === role && found.name === name && found
    },
    { what: `a focused ${role}` }
  )

async function startReady(script: string, ...args: string[]): Promise<Running> {
  const program = desktop.start('/usr/bin/python3', [support(script), ...args])
  if (program.child.stdout) await once(createInterface({ input: program.child.stdout }), 'line')
  return program
}

test('the focused control of a GTK window, wherever Tab moves it', async () => {
  const form = desktop.start('/usr/bin/python3', [support('form-window.py')])
  const places: Area[] = []
  if (form.child.stdout) {
    createInterface({ input: form.child.stdout }).on('line', (line) => places.push(JSON.parse(line) as Area))
  }
  const atRealPlace = async (number: number): Promise<Area> => near(await until(() => places[number - 1]))

  expect((await focused('text field', 'City')).place).toEqual(await atRealPlace(1))

  await press('Tab')
  const secret = await focused('password field', null)
  expect(secret.place).toEqual(await atRealPlace(2))
  expect(JSON.stringify(secret)).not.toContain('hunter2')

  // The list has the focus, and so has its row: the row is meant.
  await press('Tab', 'Down')
  await focused('table cell', 'Train')

  await press('Tab')
  expect((await focused('button', 'Send order')).place).toEqual(await atRealPlace(4))
  await form.end()
  await until(async () => (await finder.find()) === null)
})

test('the focused control of a web page in Chromium', async () => {
  const page = join(desktop.home, 'page.html')
  const field = 'position: absolute; left: 300px; top: 200px; width: 200px; height: 30px; border: 0; outline: 0'
  const rows = '<p>Row</p>'.repeat(2000)
  await writeFile(
    page,
    `<title>Shop</title><input style="${field}; background: #f00" aria-label="Town" autofocus><input type="password" value="hunter2">${rows}`
  )
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  desktop.start((await findChromium(desktop.env)).path, [
    ...sandbox,
    '--force-renderer-accessibility',
    '--password-store=basic',
    '--no-first-run',
    `--user-data-dir=${join(desktop.home, 'chromium')}`,
    `--app=file://${page}`
  ])
  const seen = await until(redArea)
  expect((await focused('text field', 'Town')).place).toEqual(near(seen))
  const passwords = await until(() => createAtSpiPasswordFields(desktop.env).find(null))
  expect(passwords).toMatchObject([{ hasFocus: false }])
  expect(JSON.stringify(passwords)).not.toContain('hunter2')
})

test.each([
  ['plain', { role: 'button', name: 'Pay now', place: { x: 10, y: 20, width: 300, height: 40 } }],
  ['endless', null],
  ['silent', null]
])('a program that cannot search for an object itself, %s', async (kind, expected) => {
  const program = await startReady('accessible-program.py', kind)
  const itsFinder = createAtSpiFocusFinder(desktop.env, () => Promise.resolve({ processId: program.pid, title: '' }))
  const beganMs = performance.now()
  expect(await itsFinder.find()).toEqual(expected)
  expect(performance.now() - beganMs).toBeLessThan(1000)
  // Whatever it does, another window is found meanwhile.
  expect(await finder.find()).toMatchObject({ name: 'Town' })
  await program.end()
})

test('uses the active window when the front process is unknown', async () => {
  const program = await startReady('accessible-program.py', 'plain')
  // Chromium is there too, with a focused field in a window that does not say it is active.
  const blind = createAtSpiFocusFinder(desktop.env, () => Promise.resolve(null))
  expect(await blind.find()).toMatchObject({ name: 'Pay now' })
  await program.end()
})

test('finds no focus without an accessibility bus, or on Wayland', async () => {
  for (const env of [
    { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' },
    { ...desktop.env, WAYLAND_DISPLAY: 'wayland-0' }
  ]) {
    expect(await createAtSpiFocusFinder(env).find()).toBeNull()
  }
  const broken = createAtSpiFocusFinder(desktop.env, () => Promise.reject(new Error('No window system.')))
  expect(await broken.find()).toBeNull()
})

/** Matches a place that is at most 3 pixels off. */
function near({ x, y, width, height }: Area): Area {
  const about = (wanted: number): number =>
    expect.toSatisfy((actual: number) => Math.abs(actual - wanted) <= 3, `about ${wanted}`) as number
  return { x: about(x), y: about(y), width: about(width), height: about(height) }
}

/** Where the screen is red. */
async function redArea(): Promise<Area | null> {
  const { Monitor } = await import('node-screenshots')
  const [monitor] = Monitor.all()
  if (!monitor) return null
  const image = await loadImage(await (await monitor.captureImage()).toPng())
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  const { data } = context.getImageData(0, 0, image.width, image.height)
  const [xs, ys]: [number[], number[]] = [[], []]
  for (let index = 0; index < data.length; index += 4) {
    if (data[index] !== 255 || data[index + 1] !== 0 || data[index + 2] !== 0) continue
    xs.push((index / 4) % image.width)
    ys.push(Math.floor(index / 4 / image.width))
  }
  if (xs.length === 0) return null
  const spread = (values: number[]): [number, number] => {
    const sorted = values.toSorted((a, b) => a - b)
    return [sorted[0] ?? 0, (sorted.at(-1) ?? 0) - (sorted[0] ?? 0) + 1]
  }
  const [[x, width], [y, height]] = [spread(xs), spread(ys)]
  return { x, y, width, height }
}
