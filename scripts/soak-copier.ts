import { spawn } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { watchX11Clipboard } from '#adapters/clipboard/x11.ts'

/**
 * Copies the pictures of a folder with xclip, one every `everyMs`, each `repeatEvery`th twice. xclip goes into the background
 * before it owns the clipboard, so we learn from the X server when it does; only then do the `leastMs` begin for which each
 * picture stays. A separate program, for scripts/soak.ts.
 */

const [folder = '', ...numbers] = process.argv.slice(2)
const [everyMs = 60, repeatEvery = 20, leastMs = 30] = numbers.map(Number)

let owned = Promise.withResolvers<void>()
const stop = watchX11Clipboard(process.env, () => owned.resolve())
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, Math.max(0, ms)))
await pause(1000)

async function copy(file: string): Promise<void> {
  owned = Promise.withResolvers()
  spawn('xclip', ['-selection', 'clipboard', '-t', 'image/png', '-i', file], { stdio: 'ignore' })
  await owned.promise
  await pause(leastMs)
}

const startMs = performance.now()
for (const [index, name] of readdirSync(folder).toSorted().entries()) {
  await copy(join(folder, name))
  if (index % repeatEvery === 0) await copy(join(folder, name))
  await pause(startMs + (index + 1) * everyMs - performance.now())
}
stop()
