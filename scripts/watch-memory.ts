import { readFileSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { createCliHome } from '#test/descry.ts'
import { startDesktop } from '#test/desktop.ts'
import { answer, startModelServer } from '#test/model-server.ts'
import { font } from '#test/fonts.ts'
import { until } from '#test/process.ts'

/**
 * `npx node scripts/watch-memory.ts`: measures the memory of `descry watch` on Linux, idle, after each of five 1920x1080 pages
 * that are read and described on command, and a minute later. Takes two minutes. The first run after a code change shows about
 * 20 MB more, because Node's compiler stays loaded.
 */

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

function page(number: number): Uint8Array {
  const canvas = createCanvas(1920, 1080)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, 1920, 1080)
  context.fillStyle = '#222222'
  context.font = font(18)
  for (let y = 30; y < 1080; y += 27)
    context.fillText(`Page ${number}, line ${y}: the quick brown fox. `.repeat(4), 20, y)
  return canvas.toBuffer('image/png')
}

/** Resident memory, and the part of it that is neither shared nor a mapped file. */
function memory(pid: number | undefined): string {
  const text = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')
  const [resident, own] = ['Rss', 'Anonymous'].map((name) =>
    Math.round(Number(new RegExp(`^${name}:\\s+(\\d+)`, 'mu').exec(text)?.[1]) / 1024)
  )
  return `${resident} MB resident, ${own} MB of it private`
}

const desktop = await startDesktop({ bus: true, sound: true })
const server = await startModelServer()
server.script(() => answer('A page of text about a fox.\nTags: page'))
const home = await createCliHome({ ...desktop.env, OPENAI_BASE_URL: server.baseUrl })
const screenshots = join(home.dir, 'Screenshots')
await mkdir(screenshots)
await writeFile(
  join(home.dir, 'settings.json'),
  JSON.stringify({ screenshotFolders: [screenshots], speaker: 'silent' })
)
const watch = home.start(['watch'])
let printed = ''
watch.child.stdout?.on('data', (chunk) => (printed += String(chunk)))
try {
  const prints = (text: string): Promise<unknown> =>
    until(() => printed.includes(text), { what: `"${text}" in: ${printed}`, timeoutMs: 60_000 })
  await prints('Press Ctrl+C to quit.')
  await pause(40_000)
  console.log(`idle: ${memory(watch.child.pid)}`)
  for (let number = 1; number <= 5; number += 1) {
    await writeFile(join(screenshots, `${number}.png`), page(number))
    await prints(`ready: ${number}.png`)
    await home.descry(['clipboard'])
    await prints(`${number}.png: A page`)
    console.log(`described ${number}: ${memory(watch.child.pid)}`)
  }
  await pause(65_000)
  console.log(`a minute later: ${memory(watch.child.pid)}`)
} finally {
  await watch.end()
  await server.close()
  await home.remove()
  await desktop.end()
}
