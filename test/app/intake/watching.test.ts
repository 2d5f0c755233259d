import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createWatching, type NewPicture, type Watching, type WatchingOptions } from '#app/intake/watching.ts'
import { createFolderWatcher } from '#adapters/folders/folder-watcher.ts'
import { createSerialQueue, type SerialQueue } from '#core/async/serial-queue.ts'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createMemoryCare } from '#adapters/memory.ts'
import { font } from '#test/fonts.ts'
import { cornerPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import type { Clipboard, ClipboardContent, ClipboardReading, FolderWatcher } from '#core/ports/intake.ts'
import { DescryError } from '#shared/errors.ts'

let picture: Uint8Array
let folder: string
let came: NewPicture[]
let problems: string[]
let watching: Watching
let queue: SerialQueue
/** Sends a change of the clipboard. */
let changed: () => void
let readings: ClipboardReading[]
let answer: (reading: ClipboardReading) => Promise<Partial<ClipboardContent>>
let isListening: boolean
let repeats: string[]

const nothing = { picture: null, hasText: false, isConcealed: false, files: [], imageAddress: null, text: null }
const clipboard: Clipboard = {
  async read(reading = {}) {
    readings.push(reading)
    return { ...nothing, ...(await answer(reading)) }
  },
  watch(onChange) {
    changed = onChange
    return () => undefined
  },
  writeText: () => Promise.resolve()
}

function watch(
  folderWatcher: FolderWatcher = createFolderWatcher({ pollMs: 100 }),
  decoder = createCanvasDecoder(),
  options: Pick<WatchingOptions, 'slowMs'> = {}
) {
  queue = createSerialQueue()
  watching = createWatching({
    dependencies: { clipboard, decoder, folderWatcher, memory: createMemoryCare() },
    queue,
    arrivals: {
      isListening: () => isListening,
      isRepeat: (sha256) => repeats.includes(sha256),
      possibleTwins: () => came
    },
    onPicture: (one) => came.push(one),
    onProblem: (problem) => problems.push(problem),
    ...options
  })
  return watching
}

beforeEach(async () => {
  picture = await cornerPicture('png')
  folder = await mkdtemp(join(tmpdir(), 'descry-watching-'))
  came = []
  problems = []
  readings = []
  repeats = []
  isListening = true
  answer = () => Promise.resolve({ picture })
})
afterEach(async () => {
  watching.close()
  await rm(folder, { recursive: true, force: true })
})

test('a folder that cannot be watched is told of, and everything else is watched', async () => {
  const watched = new Set<string>()
  const begun: string[] = []
  watch({
    async watch(one) {
      if (one === '/locked') throw new DescryError('no-permission', { message: 'locked cannot be watched.' })
      watched.add(one)
      begun.push(one)
      return () => watched.delete(one)
    }
  })
  await watching.start(['/one', '/locked', '/two'])
  expect(problems).toEqual(['locked cannot be watched.'])
  expect([...watched]).toEqual(['/one', '/two'])
  expect(watching.watchedFolders()).toEqual(['/one', '/two'])
  expect(watching.isClipboardWatched()).toBe(true)

  await watching.start(['/two', '/three'])
  expect([...watched]).toEqual(['/two', '/three'])
  // In one that stays, a file may be on its way.
  expect(begun).toEqual(['/one', '/two', '/three'])
  watching.close()
  expect(watched.size).toBe(0)
})

test('nothing is read while nothing is wanted, and text never', async () => {
  await watch().start([folder])
  isListening = false
  changed()
  await writeFile(join(folder, 'a.png'), picture)
  await new Promise((resolve) => setTimeout(resolve, 400))
  expect(readings).toEqual([])
  isListening = true
  changed()
  await until(() => came.length === 1)
  expect(readings).toEqual([{ isForWatcher: true }])
})

test('each change is read at once, and the last of many when others have been', async () => {
  const releases: (() => void)[] = []
  const other = await cornerPicture('jpeg')
  answer = () => {
    const bytes = releases.length < 3 ? picture : other
    return new Promise((resolve) => releases.push(() => resolve({ picture: bytes })))
  }
  await watch().start([])
  for (let changes = 0; changes < 10; changes += 1) changed()
  expect(readings).toHaveLength(3)
  // The first two programs went without an answer.
  releases[2]?.()
  await until(() => releases.length === 4)
  releases[3]?.()
  await until(() => came.length === 2)
  expect(readings).toHaveLength(4)
})

test('a slow program is waited for, unless the clipboard changes, and holds up no other', async () => {
  const slow: (() => void)[] = []
  answer = () => new Promise((resolve) => slow.push(() => resolve({ picture })))
  await watch(undefined, undefined, { slowMs: 50 }).start([])
  for (let changes = 0; changes < 4; changes += 1) changed()
  expect(readings).toHaveLength(3)
  await until(() => readings.length === 4, { what: 'the fourth reading, when three programs have turned out slow' })
  slow[2]?.()
  slow[3]?.()
  await until(() => came.length === 1)

  answer = () => Promise.reject(new DescryError('timed-out'))
  changed()
  const other = await cornerPicture('jpeg')
  answer = () => Promise.resolve({ picture: other })
  changed()
  await until(() => came.length === 2)
  expect(came[1]?.bytes).toBe(other)
  expect(problems).toEqual([])
})

test('pictures are decoded one at a time, and those that wait are counted', async () => {
  const releases: (() => void)[] = []
  const decoder = createCanvasDecoder()
  await watch(undefined, {
    async decode(bytes) {
      await new Promise<void>((resolve) => releases.push(resolve))
      return decoder.decode(bytes)
    }
  }).start([folder])
  for (const name of ['a.png', 'b.png', 'c.png']) await writeFile(join(folder, name), picture)
  await until(() => queue.waiting === 2)
  expect(releases).toHaveLength(1)
  releases[0]?.()
  await until(() => releases.length === 2)
  expect(came.map(({ label }) => label)).toEqual(['a.png'])
  expect(queue.waiting).toBe(1)
})

test('a picture that is put on the clipboard twice comes once, and again after another', async () => {
  await watch().start([folder])
  changed()
  changed()
  await until(() => came.length === 1)
  changed()
  await until(() => readings.length === 3)
  expect(queue.waiting).toBe(0)
  await writeFile(join(folder, 'a.png'), await cornerPicture('jpeg'))
  await until(() => came.length === 2)
  changed()
  await until(() => came.length === 3)
})

test('the same bytes are not decoded again', async () => {
  await watch().start([])
  changed()
  await until(() => came.length === 1)
  repeats.push(came[0]?.sha256 ?? '')
  answer = () => Promise.resolve({ picture })
  changed()
  const other = await cornerPicture('jpeg')
  await until(() => readings.length === 2)
  answer = () => Promise.resolve({ picture: other })
  changed()
  await until(() => came.length === 2)
  expect(came[1]?.bytes).toBe(other)
})

test('copied pictures come too, and what is wrong with one is not told', async () => {
  const cat = join(folder, 'cat.png')
  const broken = join(folder, 'broken.png')
  await writeFile(cat, picture)
  await writeFile(broken, 'no picture')
  answer = () => Promise.resolve({ files: [broken, join(folder, 'gone.png'), '//server/a.png', cat], hasText: true })
  await watch().start([])
  changed()
  await until(() => came.length === 1)
  expect(came[0]).toMatchObject({ label: 'cat.png', origin: 'clipboard' })
  expect(problems).toEqual([])
})

test('a file that is gone before its turn is passed over, a damaged one is told of', async () => {
  const files: ((path: string) => void)[] = []
  await watch({
    async watch(_folder, onPicture) {
      files.push(onPicture)
      return () => undefined
    }
  }).start([folder])
  await writeFile(join(folder, 'broken.png'), 'no picture')
  files[0]?.(join(folder, 'gone.png'))
  files[0]?.(join(folder, 'broken.png'))
  await until(() => problems.length === 1)
  expect(problems).toEqual(['This is text, not a picture.'])
})

test('a folder inside another watched one reports each picture once', async () => {
  const inside = join(folder, 'Screenshots')
  await watch().start([folder, inside])
  await mkdir(inside)
  await writeFile(join(inside, 'first.png'), picture)
  await until(() => came.length === 1)
  await writeFile(join(inside, 'second.png'), picture)
  await until(() => came.length === 2)
  await writeFile(join(folder, 'third.png'), picture)
  await until(() => came.length === 3)
  expect(came.map(({ label }) => label)).toEqual(['first.png', 'second.png', 'third.png'])
})

test('a lossy copy that came with a picture has its fingerprint, another picture of that size has not', async () => {
  const drawn = createCanvas(300, 200)
  const context = drawn.getContext('2d')
  context.font = font(10)
  const write = (text: string): void => {
    context.fillStyle = '#fff'
    context.fillRect(0, 0, 300, 200)
    context.fillStyle = '#222'
    context.fillText(text, 20, 40)
  }
  write('Total 49.90')
  const lossless = drawn.toBuffer('image/png')
  answer = () => Promise.resolve({ picture: lossless })
  await watch().start([folder])
  changed()
  await until(() => came.length === 1)
  await writeFile(join(folder, 'same.jpg'), drawn.toBuffer('image/jpeg', 90))
  await until(() => came.length === 2)
  write('Total 49.80')
  await writeFile(join(folder, 'other.jpg'), drawn.toBuffer('image/jpeg', 90))
  await until(() => came.length === 3)
  const [picked, same, other] = came.map((one) => one.fingerprint)
  expect(same).toBe(picked)
  expect(other).not.toBe(picked)
})
