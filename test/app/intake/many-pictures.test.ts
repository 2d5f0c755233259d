// @module-tag xvfb
// @module-tag xclip
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createClipboard } from '#adapters/clipboard/clipboard.ts'
import { createSystemClock } from '#adapters/clock.ts'
import { createFolderWatcher } from '#adapters/folders/folder-watcher.ts'
import { createMemoryCare } from '#adapters/memory.ts'
import { createWatching, type NewPicture, type Watching } from '#app/intake/watching.ts'
import { createSerialQueue } from '#core/async/serial-queue.ts'
import { createArrivals, type Arrivals } from '#core/intake/arrivals.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { until } from '#test/process.ts'

// A small soak; scripts/soak.ts is the large one.

let desktop: Desktop
let folder: string
let watching: Watching
const queue = createSerialQueue()
let arrivals: Arrivals<NewPicture>
/** Digests of what was put into the list, in order. */
let handled: string[]
let told: string[]

const canvas = createCanvas(80, 60)
function numbered(number: number): Uint8Array {
  const context = canvas.getContext('2d')
  context.fillStyle = `rgb(${number % 256}, ${Math.floor(number / 256)}, 90)`
  context.fillRect(0, 0, 80, 60)
  return canvas.toBuffer('image/png')
}

beforeAll(async () => {
  desktop = await startDesktop()
  folder = join(desktop.home, 'Screenshots')
  await mkdir(folder)
  const add = ({ sha256 }: NewPicture): void => void handled.push(sha256)
  arrivals = createArrivals<NewPicture>({
    clock: createSystemClock(),
    mode: () => 'ready',
    coming: () => queue.waiting,
    onReady(picture) {
      told.push('1')
      add(picture)
    },
    onKept: add,
    onCounted: (count) => told.push(String(count)),
    onDescribe: add,
    onPaused: () => told.push('paused'),
    onResumed: () => told.push('resumed')
  })
  watching = createWatching({
    dependencies: {
      clipboard: createClipboard({ env: desktop.env }),
      decoder: createCanvasDecoder(),
      folderWatcher: createFolderWatcher(),
      memory: createMemoryCare()
    },
    queue,
    arrivals,
    onPicture: (picture) => void arrivals.offer(picture),
    onProblem: (problem) => told.push(problem)
  })
  await watching.start([folder])
})
beforeEach(() => {
  handled = []
  told = []
})
afterAll(async () => {
  watching.close()
  arrivals.close()
  await desktop.end()
})

test('60 copied pictures are each handled once, as fast as they can be read', async () => {
  const copy = (bytes: Uint8Array): Promise<unknown> =>
    desktop.run('sh', ['-c', 'xclip -selection clipboard -t image/png -i >/dev/null 2>&1'], { input: bytes })
  // The watch begins a moment after its start.
  await until(async () => {
    await copy(numbered(1000))
    return handled.length === 1
  })
  for (let number = 0; number < 60; number += 1) {
    await copy(numbered(number))
    if (number % 20 === 0) await copy(numbered(number))
    await until(() => handled.length === number + 2, { everyMs: 2 })
  }
  expect(new Set(handled).size).toBe(61)
})

test('50 files put there at once are each handled once and counted aloud once', async () => {
  // The pictures of the test before are told of first.
  await until(() => queue.waiting === 0)
  await new Promise((resolve) => setTimeout(resolve, 800))
  told.length = 0
  for (let number = 0; number < 50; number += 1)
    await writeFile(join(folder, `${String(number).padStart(2, '0')}.png`), numbered(number + 300))
  await until(() => told.includes('50'), { what: 'the number' })
  expect(handled).toHaveLength(50)
  expect(new Set(handled).size).toBe(50)
  expect(told.filter((one) => one !== '1')).toEqual(['50'])
})
