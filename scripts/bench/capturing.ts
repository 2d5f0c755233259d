import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createRequire } from 'node:module'
import { createScreenCapture } from '#adapters/capture/screen-capture.ts'
import { startDesktop } from '#test/desktop.ts'
import { until } from '#test/process.ts'
import type * as NodeScreenshots from 'node-screenshots'
import { median, type BenchRow } from './row.ts'

const runs = 11
const sizes = ['1920x1080', '3840x2160']

const require = createRequire(import.meta.url)
const { Monitor, Window } = require('node-screenshots') as typeof NodeScreenshots
/** The package has no types. */
const screenshotDesktop = require('screenshot-desktop') as (options: { format: string }) => Promise<Buffer>

/** Medians of several ways to do the same, taken in turn, so that a busy moment affects all of them. */
async function medianTimes<Way extends string>(
  ways: Record<Way, () => Promise<unknown>>
): Promise<Record<Way, number>> {
  const names = Object.keys(ways) as Way[]
  const times = new Map(names.map((name) => [name, [] as number[]]))
  for (let run = 0; run < runs; run += 1)
    for (const name of names) {
      const startMs = performance.now()
      await ways[name]()
      // The first call also loads code, so it does not count.
      if (run > 0) times.get(name)?.push(performance.now() - startMs)
    }
  return Object.fromEntries(names.map((name) => [name, median(times.get(name) ?? [])])) as Record<Way, number>
}

/**
 * Screen, maximized window and an area of 640x360, on private desktops full of text, compared with the library alone and
 * with screenshot-desktop.
 */
export async function bench(): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const size of sizes) {
    // node-screenshots keeps using the first display it sees in a process.
    const child = fork(import.meta.filename, [size])
    child.once('message', (measured: BenchRow[]) => rows.push(...measured))
    const [code] = (await once(child, 'exit')) as [number | null]
    if (code !== 0) throw new Error(`Measuring at ${size} failed.`)
  }
  return rows
}

async function benchOn(size: string): Promise<BenchRow[]> {
  const desktop = await startDesktop({ size })
  // The native modules and screenshot-desktop read the environment of their own process.
  process.env.DISPLAY = desktop.env.DISPLAY
  try {
    const text = 'seq 1 60000 | paste -sd" " | fold -s -w 700; exec sleep 600'
    desktop.start('xterm', ['-maximized', '-bg', 'white', '-fg', 'black', '-e', 'sh', '-c', text])
    const ours = createScreenCapture({ platform: 'linux', env: desktop.env })
    const widthPx = Number.parseInt(size, 10)
    const window = await until(() => Window.all().find((one) => one.width() > widthPx * 0.9), { what: 'the window' })
    // Wait until it is active and all of the text has been drawn.
    await until(async () => ((await ours.captureWindow().catch(() => null))?.bytes.length ?? 0) > 100_000, {
      what: 'the text'
    })
    const [monitor] = Monitor.all()
    if (!monitor) throw new Error('There is no display.')

    const desktopMs = (await medianTimes({ screen: () => screenshotDesktop({ format: 'png' }) })).screen
    const part = { x: 600, y: 400, width: 640, height: 360 }
    const pairs = {
      screen: await medianTimes({
        ours: () => ours.captureScreens(),
        raw: async () => (await monitor.captureImage()).toPng()
      }),
      'part of 640x360': await medianTimes({
        ours: () => ours.captureArea(part),
        raw: async () => {
          const whole = await monitor.captureImage()
          return (await whole.crop(part.x, part.y, part.width, part.height)).toPng()
        }
      }),
      'maximised window': await medianTimes({
        ours: () => ours.captureWindow(),
        raw: async () => (await window.captureImage()).toPng()
      })
    }
    const note = `median of ${runs - 1}; naive:`
    return Object.entries(pairs).flatMap(([name, { ours: oursMs, raw }]) => [
      { name: `${name} at ${size} → PNG`, oursMs, naiveMs: raw, note: `${note} node-screenshots alone; goal 1.5` },
      { name: `${name} at ${size} → PNG`, oursMs, naiveMs: desktopMs, note: `${note} screenshot-desktop, whole screen` }
    ])
  } finally {
    await desktop.end()
  }
}

if (import.meta.main) {
  process.send?.(await benchOn(process.argv[2] ?? ''))
  process.disconnect()
}
