import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createAtSpiFocusFinder } from '#adapters/capture/focus/at-spi.ts'
import { createAtSpiPasswordFields } from '#adapters/privacy/password-fields.ts'
import { createWaylandCapture, runGrim } from '#adapters/capture/wayland-capture.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { until } from '#test/process.ts'
import { startPortal, startWaylandDesktop } from '#test/wayland.ts'
import { median, type BenchRow } from './row.ts'

const runs = 15

async function medianMs(run: () => Promise<unknown>): Promise<number> {
  const times: number[] = []
  for (let index = 0; index < runs; index += 1) {
    const startMs = performance.now()
    await run()
    times.push(performance.now() - startMs)
  }
  return median(times)
}

/** Finding the focused control, and capturing on a Wayland session. */
export async function bench(): Promise<BenchRow[]> {
  return [...(await benchFocus()), ...(await benchWayland())]
}

async function benchFocus(): Promise<BenchRow[]> {
  const desktop = await startDesktop({ bus: true, accessibility: true })
  const displayBefore = process.env.DISPLAY
  process.env.DISPLAY = desktop.env.DISPLAY
  try {
    const finder = createAtSpiFocusFinder(desktop.env)
    const timed = async (name: string, note: string): Promise<BenchRow> => {
      await until(async () => (await finder.find())?.role === 'text field')
      return { name, oursMs: await medianMs(() => finder.find()), naiveMs: null, note: `${note}; goal 500 ms` }
    }
    desktop.start('/usr/bin/python3', [fileURLToPath(new URL('../../test/support/form-window.py', import.meta.url))])
    const form = await timed('focused control, GTK', 'a form')
    const passwordFields = createAtSpiPasswordFields(desktop.env)
    const passwords: BenchRow = {
      name: 'password fields of the active window, GTK',
      oursMs: await medianMs(() => passwordFields.find(null)),
      naiveMs: null,
      note: 'a form; limit 300 ms'
    }
    await startChromium(desktop)
    return [form, passwords, await timed('focused control, Chromium', '3,000 paragraphs')]
  } finally {
    if (displayBefore === undefined) delete process.env.DISPLAY
    else process.env.DISPLAY = displayBefore
    await desktop.end()
  }
}

async function startChromium(desktop: Desktop): Promise<void> {
  const page = join(desktop.home, 'page.html')
  await writeFile(page, `<title>Shop</title><input autofocus>${'<p>Row</p>'.repeat(3000)}`)
  desktop.start('chromium', [
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
    '--force-renderer-accessibility',
    '--password-store=basic',
    '--no-first-run',
    `--user-data-dir=${join(desktop.home, 'chromium')}`,
    `--app=file://${page}`
  ])
  await until(async () => (await desktop.run('xdotool', ['getactivewindow', 'getwindowname'])).stdout.includes('Shop'))
}

async function benchWayland(): Promise<BenchRow[]> {
  const desktop = await startWaylandDesktop()
  try {
    const { env } = desktop
    await desktop.run('swaymsg', ['output HEADLESS-1 mode 1920x1080'])
    await desktop.run('swaymsg', ['output HEADLESS-2 position 1920 0'])
    const capture = createWaylandCapture(env)
    await until(async () => (await capture.captureScreens()).some(({ place }) => place.width === 1920))
    const note = 'naive: grim alone; displays of 1920x1080 and 800x600'
    const screen: BenchRow = {
      name: 'both screens, Sway',
      oursMs: await medianMs(() => capture.captureScreens()),
      naiveMs: await medianMs(() => runGrim([], env)),
      note
    }
    const area = { x: 100, y: 100, width: 640, height: 360 }
    const part: BenchRow = {
      name: 'area 640x360, Sway',
      oursMs: await medianMs(() => capture.captureArea(area)),
      naiveMs: await medianMs(() => runGrim(['-g', '100,100 640x360'], env)),
      note
    }
    await startPortal(desktop, 'wlr')
    // So that neither grim nor swaymsg is found.
    const byPortal = createWaylandCapture({ ...env, PATH: '/nonexistent' })
    const portal = await medianMs(() => byPortal.captureScreens())
    return [
      screen,
      part,
      { name: 'both screens, portal', oursMs: portal, naiveMs: null, note: 'the portal for wlroots' }
    ]
  } finally {
    await desktop.end()
  }
}
