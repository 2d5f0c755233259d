import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodedPowerShell } from '#adapters/programs/windows-programs.ts'
import { createWindowsSoundOutput, windowsSoundScript } from '#adapters/windows-sound-output.ts'
import { until } from '#test/process.ts'

// PowerShell cannot run here: a script that reads the same lines keeps what it was given to play.
const helperScript = `
  const { appendFileSync } = require('node:fs')
  const { createInterface } = require('node:readline')
  createInterface({ input: process.stdin }).on('line', (line) => {
    appendFileSync(process.argv[1], line + String.fromCharCode(10))
  })`
const { signal } = new AbortController()
let folder: string
let helpers: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-windows-sound-'))
})
afterAll(async () => {
  for (const helper of helpers) helper.kill('SIGKILL')
  await rm(folder, { recursive: true, force: true })
})

function create(log: string) {
  helpers = []
  return createWindowsSoundOutput({}, () => {
    const helper = spawn(process.execPath, ['-e', helperScript, join(folder, log)], {
      stdio: ['pipe', 'ignore', 'ignore']
    })
    helpers.push(helper)
    return helper
  })
}

const played = async (log: string): Promise<string[]> =>
  (await readFile(join(folder, log), 'latin1').catch(() => '')).split('\n').filter((line) => line !== '')

test('one helper gets every complete sound, and ends with its stdin', async () => {
  const output = create('whole')
  const sounds = [Buffer.alloc(30_000, 'sound'), Buffer.from([0, 10, 13, 255])]
  for (const sound of sounds) await output.play(sound, signal)
  await output.close()
  expect((await played('whole')).map((line) => Buffer.from(line, 'base64'))).toEqual(sounds)
  expect(helpers.map((helper) => helper.exitCode)).toEqual([0])
})

test('the next sound restarts a helper that died', async () => {
  const output = create('died')
  await output.play(Buffer.from('one'), signal)
  await until(async () => (await played('died')).length === 1)
  const [first] = helpers
  first?.kill('SIGKILL')
  if (first) await once(first, 'exit')
  await output.play(Buffer.from('two'), signal)
  await output.close()
  expect(helpers).toHaveLength(2)
  expect(await played('died')).toEqual(['one', 'two'].map((text) => Buffer.from(text).toString('base64')))
})

test('closing an unused output starts nothing', async () => {
  await create('unused').close()
  expect(helpers).toEqual([])
})

test('the script is passed to PowerShell as one constant argument that fits a command line', () => {
  const args = encodedPowerShell(windowsSoundScript)
  expect(args.join(' ').length).toBeLessThan(32_000)
  expect(Buffer.from(args.at(-1) ?? '', 'base64').toString('utf16le')).toContain(windowsSoundScript)
})
