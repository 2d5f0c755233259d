// @module-tag dbus
// @module-tag python3-gi
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createOrcaOutput } from '#adapters/readers/orca.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { clearJournal, readJournal } from '#test/journal.ts'
import { start, until, type Running } from '#test/process.ts'
import { describeReaderContract } from './reader-contract.ts'

// A real, private session bus. Debian 12's Orca has no service on it: that is played by a script with Orca's interface.
const script = fileURLToPath(new URL('../../support/fake-orca.py', import.meta.url))
let desktop: Desktop
let journal: string
let orca: Running | null = null

beforeAll(async () => {
  desktop = await startDesktop({ display: false, bus: true })
  journal = join(desktop.home, 'orca.jsonl')
})
afterAll(() => desktop.end())

async function arrive(version = 'orca51'): Promise<void> {
  clearJournal(journal)
  orca = desktop.own(start('/usr/bin/python3', [script, version, journal], { env: desktop.env }))
  if (!orca.child.stdout) throw new Error('The fake Orca has no stdout.')
  await once(createInterface({ input: orca.child.stdout }), 'line')
}

async function leave(): Promise<void> {
  orca?.child.kill('SIGKILL')
  await orca?.end()
}

const heard = (): string[] => readJournal(journal).flatMap(({ text }) => text ?? [])
const silenced = (): number => readJournal(journal).filter(({ stop }) => stop).length

describeReaderContract('Orca', {
  create: () => createOrcaOutput(desktop.env),
  arrive: () => arrive(),
  leave,
  heard,
  // PresentMessage does both.
  brailled: heard,
  silenced,
  outcome: 'handed-over',
  helpers: () => []
})

test.each(['orca49', 'orca50'])('the older names of %s are known', async (version) => {
  await arrive(version)
  const output = createOrcaOutput(desktop.env)
  expect(await output.check()).toBe(true)
  await output.speak('Hello.', 'en')
  output.stop()
  await until(() => silenced() === 1)
  expect(heard()).toEqual(['Hello.'])
  await output.close()
  await leave()
})

test('the longest possible caption arrives complete', async () => {
  await arrive()
  const output = createOrcaOutput(desktop.env)
  const text = 'Zwölf Boxkämpfer jagen Viktor. '.repeat(2000).trim()
  await output.speak(text, 'de')
  expect(heard()).toEqual([text])
  await output.close()
  await leave()
})

test('Orca is not available when the bus is missing, refuses or ends', async () => {
  for (const DBUS_SESSION_BUS_ADDRESS of ['unix:path=/nonexistent', 'tcp:host=localhost,port=1', 'nonsense']) {
    const output = createOrcaOutput({ DBUS_SESSION_BUS_ADDRESS })
    expect(await output.check()).toBe(false)
    await expect(output.speak('Hello.', 'en')).rejects.toMatchObject({ code: 'no-voice' })
    await output.close()
  }
})
