import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { MutationOutcome } from './fuzz/open-mutations.ts'
import type { Outcome } from './fuzz/open-picture.ts'
import { bombs } from '#test/bombs.ts'

/**
 * `npm run fuzz [COUNT [SEED]]`: opens mutations of small files of every format, 10,000 if not told otherwise, in processes that may
 * die, and prints what became of them. What ends a process, hangs, or fails in other than Descry's words is named and ends in
 * exit code 1.
 *
 * `npm run fuzz -- bombs [TEXT]`: opens each file of test/support/bombs.ts, or those whose names contain the text, in a process
 * of its own, and prints what became of it, with the peak memory of that process and of its helper.
 */
const opener = join(import.meta.dirname, 'fuzz/open-picture.ts')
const mutationsOpener = join(import.meta.dirname, 'fuzz/open-mutations.ts')

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

const batchSize = 250
/** No batch takes this long, unless a file keeps it busy forever. */
const batchTimeoutMs = 120_000
const expectedCodes = new Set(['picture', 'bad-image', 'too-large', 'unsupported', 'no-permission'])

/** Outcomes from a run on; stops after one that ended or stopped the process. */
async function openBatch(seed: number, from: number, to: number): Promise<MutationOutcome[]> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--max-old-space-size=1024', mutationsOpener, `${seed}`, `${from}`, `${to}`],
    { timeout: batchTimeoutMs, killSignal: 'SIGKILL', maxBuffer: 64 * 2 ** 20 }
  ).catch((error: { stdout?: string }) => ({ stdout: error.stdout ?? '' }))
  const lines = stdout.split('\n').filter((line) => line.endsWith('}'))
  const byRun = new Map(lines.map((line) => JSON.parse(line) as MutationOutcome).map((one) => [one.run, one]))
  return [...byRun.values()]
}

async function mutate(count: number, seed: number): Promise<boolean> {
  const beganMs = performance.now()
  const totals = new Map<string, number>()
  let odd = 0
  let peakMb = 0
  for (let next = 0; next < count;) {
    const outcomes = await openBatch(seed, next, Math.min(next + batchSize, count))
    if (outcomes.length === 0) throw new Error(`Nothing was opened from run ${next} on.`)
    for (const outcome of outcomes) {
      const { run, format, code } = outcome
      const isExpected = expectedCodes.has(code)
      const key = isExpected ? code : 'not expected'
      totals.set(key, (totals.get(key) ?? 0) + 1)
      peakMb = Math.max(peakMb, outcome.peakMb)
      if (isExpected) continue
      odd += 1
      console.log(`Run ${run} of seed ${seed}, ${format}: ${code}`)
    }
    next = Math.max(...outcomes.map(({ run }) => run)) + 1
  }
  const seconds = ((performance.now() - beganMs) / 1000).toFixed(0)
  const parts = [...totals].map(([code, times]) => `${code} ${times}`).join(', ')
  console.log(`${count} files of seed ${seed} in ${seconds} s, at most ${peakMb} MB: ${parts}`)
  return odd === 0
}

const [mode, text] = process.argv.slice(2)
if (mode === 'bombs') await throwBombs(text)
else if (!(await mutate(Number(mode ?? 10_000), Number(text ?? 1)))) process.exitCode = 1
process.exit()
