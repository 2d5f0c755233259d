import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Outcome } from './fuzz/open-picture.ts'
import { bombs } from '#test/bombs.ts'

/**
 * `npm run fuzz -- bombs [TEXT]`: opens each file of test/support/bombs.ts, or those whose names contain the text, in a process
 * of its own, and prints what became of it, with the peak memory of that process and of its helper.
 */
const opener = join(import.meta.dirname, 'fuzz/open-picture.ts')

async function throwBombs(text = ''): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'fuzz-'))
  try {
    for (const { name, make } of bombs.filter((bomb) => bomb.name.includes(text))) {
      const path = join(folder, 'bomb')
      const bytes = await make()
      await writeFile(path, bytes)
      const { stdout } = await promisify(execFile)(process.execPath, [opener, path]).catch((error: unknown) => {
        throw new Error(`${name} ended the process.`, { cause: error })
      })
      const { code, message, seconds, mainMb, helperMb } = JSON.parse(stdout) as Outcome
      const kilobytes = Math.ceil(bytes.length / 1024)
      console.log(
        `${name} | ${kilobytes} KB | ${code} | main ${mainMb} MB | helper ${helperMb} MB | ${seconds.toFixed(1)} s | ${message}`
      )
    }
  } finally {
    await rm(folder, { recursive: true })
  }
}

const [mode, text] = process.argv.slice(2)
if (mode === 'bombs') await throwBombs(text)
process.exit()
