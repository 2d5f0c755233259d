import { hash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { fileURLToPath } from 'node:url'
import { createCanvas } from '@napi-rs/canvas'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createClipboard } from '#adapters/clipboard/clipboard.ts'
import { createSystemClock } from '#adapters/clock.ts'
import { createFolderWatcher } from '#adapters/folders/folder-watcher.ts'
import { createMemoryCare, tidyMemory } from '#adapters/memory.ts'
import { createZxingReader } from '#adapters/pictures/zxing.ts'
import { createItems } from '#app/items.ts'
import { createLaterFacts } from '#app/intake/later-facts.ts'
import { createWatching, type NewPicture } from '#app/intake/watching.ts'
import { readLocalFacts } from '#core/facts/local-facts.ts'
import { createSerialQueue } from '#core/async/serial-queue.ts'
import { createArrivals } from '#core/intake/arrivals.ts'
import { startDesktop } from '#test/desktop.ts'
import { font } from '#test/fonts.ts'
import { run } from '#test/process.ts'

/**
 * `npx node scripts/soak.ts`: copies 1,000 pictures in 60 s on a real X display, puts 500 into a watched folder, then 50 4K
 * screens, and checks that each was handled once, how much memory that took, and what is left open. Exits with 1 when
 * something is wrong. Takes about five minutes on a quiet machine. `--quick` does a tenth.
 */

const scale = process.argv.includes('--quick') ? 0.1 : 1
const copies = 1000 * scale
const copySeconds = 60 * scale
/** Every twentieth picture is copied twice in a row. */
const repeatEvery = 20
/** How long each stays at least, even on a busy machine: what was replaced cannot be read. */
const leastMs = 30
const files = 500 * scale
const largeFiles = 50 * scale

/** The history keeps 128 MB of pictures; one 4K screen needs 100 MB while it is compared. */
const maxPeakMegabytes = 500
/** More than at the start, after everything. */
const maxLeftMegabytes = 60
/** The same for the JavaScript heap. */
const maxLeftInScriptMegabytes = 20

const print = (line: string): void => void process.stdout.write(`${line}\n`)
const problems: string[] = []
function check(isFine: boolean, line: string): void {
  print(`${isFine ? 'ok  ' : 'FAIL'} ${line}`)
  if (!isFine) problems.push(line)
}

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
const megabytes = (bytes: number): number => Math.round(bytes / 1024 / 1024)

/** Memory of the process and of its JavaScript heap, in megabytes, after Descry's own clean-up when idle. */
async function settledMemory(): Promise<{ whole: number; script: number }> {
  for (let round = 0; round < 5; round += 1) {
    await tidyMemory()
    await pause(200)
  }
  const { rss, heapUsed, external } = process.memoryUsage()
  return { whole: megabytes(rss), script: megabytes(heapUsed + external) }
}

/** Where a leak would show: open files, child processes, event-loop handles. */
function held(): Record<string, number> {
  const children = readdirSync('/proc/self/task')
    .map((task) => readFileSync(`/proc/self/task/${task}/children`, 'utf8').trim())
    .filter(Boolean)
  return {
    files: readdirSync('/proc/self/fd').length,
    children: children.join(' ').split(' ').filter(Boolean).length,
    handles: process.getActiveResourcesInfo().filter((name) => name !== 'Timeout').length
  }
}

/** Draws numbered pages of text, so that no two are the same. */
function pageMaker(width: number, height: number): (title: string) => Uint8Array {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.font = font(14)
  const write = (text: string, y: number): void => {
    context.fillStyle = '#ffffff'
    context.fillRect(0, y - 20, width, 26)
    context.fillStyle = '#222222'
    context.fillText(text, 20, y)
  }
  for (let y = 20; y < height + 20; y += 20) write('The quick brown fox jumps. '.repeat(width / 200), y)
  return (title) => {
    write(title, 100)
    return canvas.toBuffer('image/png')
  }
}

/** Writes pictures and returns their digests by file name, in order. */
async function make(folder: string, count: number, width: number, height: number): Promise<Map<string, string>> {
  await mkdir(folder)
  const digests = new Map<string, string>()
  const draw = pageMaker(width, height)
  for (let number = 0; number < count; number += 1) {
    const name = `${String(number).padStart(4, '0')}.png`
    const bytes = draw(`${folder} ${number}`)
    await writeFile(join(folder, name), bytes)
    digests.set(name, hash('sha256', bytes))
  }
  return digests
}

const home = await mkdtemp(join(tmpdir(), 'descry-soak-'))
const watched = join(home, 'Screenshots')
await mkdir(watched)
print('Making the pictures …')
const copied = await make(join(home, 'copies'), copies, 1200, 800)
const filed = await make(join(home, 'files'), files, 1200, 800)
const large = await make(join(home, 'large'), largeFiles, 3840, 2160)

const desktop = await startDesktop({ size: '1920x1080' })
// Warm up first, so that what is loaded once does not count as a leak.
const memory = createMemoryCare()
const [decoder, codes] = [memory.after(createCanvasDecoder()), createZxingReader()]
await readLocalFacts(await decoder.decode(pageMaker(1200, 800)('Warm')), codes)
const stopWarm = await createFolderWatcher().watch(home, () => undefined)
stopWarm()
const before = await settledMemory()
const heldBefore = held()

const handled = new Map<string, number>()
const spoken: string[] = []
const troubles: string[] = []
let peakRss = 0
const loopDelay = monitorEventLoopDelay({ resolution: 1 })
loopDelay.enable()

/** In a function of its own, so that nothing is held afterwards. */
async function soak(): Promise<void> {
  const items = createItems(() => undefined)
  function add({ origin, label, bytes, sha256 }: NewPicture): void {
    handled.set(sha256, (handled.get(sha256) ?? 0) + 1)
    facts.add(items.add({ origin, label }, { bytes, windowTitle: null, applicationName: null }).id)
  }

  const queue = createSerialQueue()
  const clock = createSystemClock()
  const arrivals = createArrivals<NewPicture>({
    clock,
    mode: () => 'ready',
    coming: () => queue.waiting,
    onReady(picture) {
      spoken.push('ready')
      add(picture)
    },
    onKept: add,
    onCounted: (number) => spoken.push(`${number} ready`),
    onDescribe: () => troubles.push('Something was described.'),
    onPaused: () => spoken.push('paused'),
    onResumed: () => spoken.push('resumed')
  })
  const facts = createLaterFacts({ clock, decoder, codes }, items, () => queue.waiting)
  const watching = createWatching({
    dependencies: {
      clipboard: createClipboard({ env: desktop.env }),
      decoder,
      folderWatcher: createFolderWatcher(),
      memory
    },
    queue,
    arrivals,
    onPicture: (picture) => void arrivals.offer(picture),
    onProblem: (problem) => troubles.push(problem)
  })
  await watching.start([watched])
  await pause(500)

  const sampling = setInterval(() => (peakRss = Math.max(peakRss, process.memoryUsage().rss)), 50)

  /** Waits until nothing has been handled for 5 s. */
  async function allHandled(): Promise<void> {
    for (let [last, quiet] = [-1, 0]; quiet < 20 || queue.waiting > 0; quiet += 1) {
      await pause(250)
      if (handled.size !== last) [last, quiet] = [handled.size, 0]
    }
  }

  /** Runs one part and checks that each of its pictures was handled once. */
  async function part(title: string, digests: Map<string, string>, work: () => Promise<unknown>): Promise<void> {
    spoken.length = 0
    peakRss = 0
    loopDelay.reset()
    const [startMs, cpu] = [performance.now(), process.cpuUsage()]
    await work()
    const workedSeconds = (performance.now() - startMs) / 1000
    await allHandled()
    const { user, system } = process.cpuUsage(cpu)
    const names = [...digests]
    const missed = names.filter(([, digest]) => !handled.has(digest)).map(([name]) => name)
    const twice = names.filter(([, digest]) => (handled.get(digest) ?? 0) > 1).map(([name]) => name)
    print(`\n${title}: in ${workedSeconds.toFixed(1)} s, ${((user + system) / 1e6).toFixed(1)} s of CPU`)
    print(`     said: ${spoken.join(', ')}`)
    const [worstMs, p99Ms] = [loopDelay.max, loopDelay.percentile(99)].map((ns) => Math.round(ns / 1e6))
    print(`     event loop blocked for up to ${worstMs} ms, 99 % up to ${p99Ms} ms; load ${loadavg()[0]?.toFixed(1)}`)
    check(missed.length === 0, `${names.length} distinct, ${missed.length} lost ${missed.slice(0, 10).join(' ')}`)
    check(twice.length === 0, `${twice.length} handled more than once ${twice.slice(0, 10).join(' ')}`)
    check(peakRss < maxPeakMegabytes * 1024 * 1024, `memory at the peak: ${megabytes(peakRss)} MB`)
  }

  try {
    await part(`${copies} pictures copied, every twentieth twice`, copied, async () => {
      const numbers = [(copySeconds / copies) * 1000, repeatEvery, leastMs].map(String)
      const copier = [fileURLToPath(new URL('soak-copier.ts', import.meta.url)), join(home, 'copies'), ...numbers]
      await desktop.run(process.execPath, copier, { timeoutMs: 300_000 })
    })
    await part(`${files} files put into the folder at once`, filed, () =>
      run('sh', ['-c', 'cp "$1"/* "$2"', 'cp', join(home, 'files'), watched])
    )
    await part(`${largeFiles} 4K screens at once`, large, () =>
      run('sh', ['-c', 'for f in "$1"/*; do cp "$f" "$2/large-${f##*/}"; done', 'cp', join(home, 'large'), watched])
    )
    print(`\nMemory at the end: ${megabytes(process.memoryUsage().rss)} MB`)
  } finally {
    clearInterval(sampling)
    watching.close()
    arrivals.close()
    facts.close()
  }
}

try {
  await soak()
  check(troubles.length === 0, `${troubles.length} problems reported ${troubles.slice(0, 3).join(' ')}`)
  const left = await settledMemory()
  print(`Memory: ${before.whole} MB at the start, ${left.whole} MB at the end`)
  check(left.whole - before.whole < maxLeftMegabytes, 'memory was returned')
  print(`JavaScript heap: ${before.script} MB at the start, ${left.script} MB at the end`)
  check(left.script - before.script < maxLeftInScriptMegabytes, 'the JavaScript heap did not grow')
  const heldAfter = held()
  check(
    Object.keys(heldBefore).every((kind) => (heldAfter[kind] ?? 0) <= (heldBefore[kind] ?? 0)),
    `nothing is left open: ${JSON.stringify(heldBefore)} before, ${JSON.stringify(heldAfter)} after`
  )
} finally {
  await desktop.end()
  await rm(home, { recursive: true, force: true })
}
process.exit(problems.length === 0 ? 0 : 1)
