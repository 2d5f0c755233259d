import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createJawsOutput, jawsScript } from '#adapters/readers/jaws.ts'
import { encodedPowerShell } from '#adapters/programs/windows-programs.ts'
import { clearJournal, readJournal } from '#test/journal.ts'
import { describeReaderContract, hostileTexts } from './reader-contract.ts'

// JAWS cannot run here: the helper is played by a script that speaks the same lines.
const script = fileURLToPath(new URL('../../support/jaws-helper.mjs', import.meta.url))
let folder: string
let runs: string
let journal: string
const helpers: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-jaws-'))
  runs = join(folder, 'runs')
  journal = join(folder, 'journal')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const running = (): ChildProcess[] =>
  helpers.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)

const create = () =>
  createJawsOutput(() => {
    const helper = spawn(process.execPath, [script, runs, journal], { stdio: ['pipe', 'pipe', 'ignore'] })
    helpers.push(helper)
    return helper
  })

async function arrive(): Promise<void> {
  clearJournal(journal)
  await writeFile(runs, '')
}

async function leave(): Promise<void> {
  await rm(runs)
  for (const helper of running()) helper.kill('SIGKILL')
}

const texts = (): string[] => readJournal(journal).flatMap(({ text }) => text ?? [])
const brailled = (): string[] => readJournal(journal).flatMap(({ braille }) => braille ?? [])

describeReaderContract('JAWS', {
  create,
  arrive,
  leave,
  heard: texts,
  brailled,
  silenced: () => readJournal(journal).filter(({ stop }) => stop).length,
  outcome: 'handed-over',
  helpers: () => running().flatMap(({ pid }) => pid ?? [])
})

test('braille text cannot end a string in a JAWS script; one helper takes everything', async () => {
  await arrive()
  const before = helpers.length
  const output = create()
  for (const text of hostileTexts) await output.speak(text, 'en')
  expect(brailled()).toHaveLength(hostileTexts.length)
  expect(brailled().join('')).not.toMatch(/["\\\n\r]/u)
  expect(helpers.length - before).toBe(1)
  await output.close()
  expect(helpers.at(-1)?.exitCode).toBe(0)
  await leave()
})

test('JAWS counts as stopped when it quits while its helper keeps running', async () => {
  await arrive()
  const output = create()
  await output.speak('Hello.', 'en')
  await rm(runs)
  await expect(output.speak('Hello?', 'en')).rejects.toMatchObject({ code: 'no-voice' })
  expect(await output.check()).toBe(false)
  await output.close()
})

test('JAWS is not available without PowerShell', async () => {
  const output = createJawsOutput(() => spawn('descry-no-such-program', { stdio: ['pipe', 'pipe', 'ignore'] }))
  expect(await output.check()).toBe(false)
  await output.close()
})

test('the script is passed to PowerShell as one constant argument that fits a command line', () => {
  const args = encodedPowerShell(jawsScript)
  expect(args.join(' ').length).toBeLessThan(32_000)
  expect(Buffer.from(args.at(-1) ?? '', 'base64').toString('utf16le')).toContain(jawsScript)
})
