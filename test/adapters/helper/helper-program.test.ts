import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'vitest'
import { isAlive, until } from '#test/process.ts'

/** Noise as fine as this takes hours to draw. */
const endlessSvg =
  '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50">' +
  '<filter id="noise"><feTurbulence baseFrequency="0.1" numOctaves="100000000"/></filter>' +
  '<rect width="50" height="50" filter="url(#noise)"/></svg>'

/** Time on a processor so far, in hundredths of a second. */
function processorTicks(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[13])
}

test('a helper that is busy forever ends with its parent, even if that was killed', { tags: ['linux'] }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'descry-helper-'))
  const program = `
    import { forkHelper } from '${new URL('../../../src/adapters/helper/helper-process.ts', import.meta.url).href}'
    const helper = forkHelper({ onOutcome() {}, onGone() {} })
    helper.post({ name: 'drawSvg', input: { bytes: Buffer.from(process.argv[2]), width: 50, height: 50 } })
    console.log(helper.pid)
    setInterval(() => undefined, 1000)`
  const file = join(folder, 'parent.mjs')
  await writeFile(file, program)
  const parent = spawn(process.execPath, [file, endlessSvg], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [pid] = (await once(parent.stdout, 'data')) as [Buffer]
  const helper = Number(pid.toString())
  try {
    // It draws: starting alone takes less.
    await until(() => processorTicks(helper) > 150, { what: 'the drawing to keep it busy' })
    parent.kill('SIGKILL')
    await until(() => !isAlive(helper), { what: 'the end of the helper' })
  } finally {
    parent.kill('SIGKILL')
    if (isAlive(helper)) process.kill(helper, 'SIGKILL')
    await rm(folder, { recursive: true })
  }
})
