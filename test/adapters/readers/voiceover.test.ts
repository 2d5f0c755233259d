import { spawn, type ChildProcess } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createVoiceOverOutput, voiceOverScript } from '#adapters/readers/voiceover.ts'
import { clearJournal, readJournal } from '#test/journal.ts'
import { describeReaderContract } from './reader-contract.ts'

// VoiceOver cannot run here: Descry's own script runs, in a program that plays osascript and VoiceOver.
const osascript = fileURLToPath(new URL('../../support/osascript.mjs', import.meta.url))
let folder: string
let runs: string
let journal: string
const scripts: ChildProcess[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-voiceover-'))
  runs = join(folder, 'runs')
  journal = join(folder, 'journal')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const running = (): ChildProcess[] =>
  scripts.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)

const create = () =>
  createVoiceOverOutput((task) => {
    const args = [osascript, runs, journal, voiceOverScript, task]
    const script = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] })
    scripts.push(script)
    return script
  })

async function arrive(): Promise<void> {
  clearJournal(journal)
  await writeFile(runs, '')
}

async function leave(): Promise<void> {
  await rm(runs)
  for (const script of running()) script.kill('SIGKILL')
}

const heard = (): string[] => readJournal(journal).flatMap(({ text }) => text ?? [])

describeReaderContract('VoiceOver', {
  create,
  arrive,
  leave,
  heard,
  // VoiceOver shows in braille what it is given to say.
  brailled: heard,
  silenced: () => readJournal(journal).filter(({ stop }) => stop).length,
  outcome: 'handed-over',
  helpers: () => running().flatMap(({ pid }) => pid ?? [])
})

test.each([
  ['-10000', 'Allow AppleScript in VoiceOver Utility, General.'],
  ['-1743', 'Allow it in Privacy & Security, Automation.']
])('a missing permission (%s) says where to grant it', async (errorNumber, next) => {
  await arrive()
  await writeFile(runs, errorNumber)
  const output = create()
  expect(await output.check()).toBe(false)
  await expect(output.speak('Hello.', 'en')).rejects.toMatchObject({
    code: 'no-permission',
    next
  })
  expect(heard()).toEqual([])
  await output.close()
  await leave()
})

test('no text appears on a command line', async () => {
  await arrive()
  const output = create()
  const from = scripts.length
  await output.speak('A secret letter.', 'en')
  expect(scripts[from]?.spawnargs.join(' ')).not.toContain('secret')
  expect(heard()).toEqual(['A secret letter.'])
  await output.close()
  await leave()
})

test('a system without osascript has no VoiceOver', async () => {
  const output = createVoiceOverOutput(() => spawn('descry-no-such-program', { stdio: ['pipe', 'pipe', 'ignore'] }))
  expect(await output.check()).toBe(false)
  await output.close()
})
