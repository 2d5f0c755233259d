// @module-tag xvfb
// @module-tag dbus
// @module-tag python3-gi
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { createSilentVoice } from '#adapters/voices/voices-for-system.ts'
import { ownClipboard } from '#test/clipboard-owner.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { createFakeEarcons } from '#test/fake-earcons.ts'
import { createFakeScreen } from '#test/fake-screen.ts'
import { createFakeVoice } from '#test/fake-voice.ts'
import { readJournal } from '#test/journal.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { drawingPicture } from '#test/pictures.ts'
import { start, until } from '#test/process.ts'
import { startApp, type RunningApp } from '#test/running-app.ts'

// The real app, with the real adapter of Orca; Orca's end of the session bus is played by a script.
const script = fileURLToPath(new URL('../support/fake-orca.py', import.meta.url))
let desktop: Desktop
let server: ModelServer
let running: RunningApp
let journal: string

beforeAll(async () => {
  desktop = await startDesktop({ bus: true })
  server = await startModelServer()
  journal = join(desktop.home, 'orca.jsonl')
  const orca = desktop.own(start('/usr/bin/python3', [script, 'orca51', journal], { env: desktop.env }))
  if (!orca.child.stdout) throw new Error('The fake Orca has no stdout.')
  await once(createInterface({ input: orca.child.stdout }), 'line')
})
afterEach(() => running.close())
afterAll(async () => {
  await server.close()
  await desktop.end()
})

test('beside Orca, what comes and what was asked for is heard through Orca alone, with its sounds', async () => {
  const earcons = createFakeEarcons()
  running = await startApp(
    desktop,
    { baseUrl: server.baseUrl, sendingAllowedTo: server.baseUrl, language: 'en' },
    { dependencies: { screenReader: { running: () => Promise.resolve('Orca') }, earcons } }
  )
  server.script([answer('A red kite over a field. It has a long tail. Nobody holds it.')])
  await ownClipboard(desktop, { 'image/png': await drawingPicture() })
  const texts = (): (string | undefined)[] => readJournal(journal).flatMap(({ text }) => text ?? [])
  await until(() => texts().length === 1, { what: 'the announcement' })
  await running.app.run('clipboard', {}, 'hotkey')
  await until(() => texts().length === 3, { what: 'the caption' })
  expect(texts()).toEqual(['Picture ready', 'A red kite over a field.', 'It has a long tail. Nobody holds it.'])
  expect(earcons.take()).toEqual(['ready'])
  expect(running.voice.texts).toEqual([])
  expect(running.host.events.filter(({ name }) => name === 'announce')).toEqual([])
})

test('a voice that cannot be heard is told by the window and stands in the status', async () => {
  running = await startApp(
    desktop,
    { baseUrl: server.baseUrl },
    { dependencies: { voices: [createFakeVoice('mute', { sounds: false }), createSilentVoice()] } }
  )
  const alerts = (): unknown[] => running.host.events.filter(({ name }) => name === 'announce')
  await until(() => alerts().length > 0, { what: 'the alert' })
  expect(alerts()).toEqual([
    {
      name: 'announce',
      payload: {
        text: 'No working voice was found. Install espeak-ng, or check your sound output.',
        urgency: 'assertive'
      }
    }
  ])
  const shown = running.host.events.flatMap(({ name, payload }) => (name === 'status' ? [payload] : []))
  expect(shown.at(-1)).toMatchObject({ status: { voice: 'silent' } })
})

test('a screen that is taken on command is told by its sound', async () => {
  const earcons = createFakeEarcons()
  const screen = createFakeScreen(await drawingPicture())
  running = await startApp(desktop, { baseUrl: server.baseUrl }, { dependencies: { earcons, screen } })
  await running.app.run('screen', {}, 'hotkey')
  expect(earcons.take()).toEqual(['captured'])
})

test('in a shared room a picture comes into the list in silence, and its command is answered', async () => {
  const earcons = createFakeEarcons()
  const presence = { isShared: () => Promise.resolve(true) }
  const settings = { baseUrl: server.baseUrl, sendingAllowedTo: server.baseUrl, language: 'en' }
  running = await startApp(desktop, settings, { dependencies: { earcons, presence } })
  server.script([answer('A green kite over a lake.')])
  await ownClipboard(desktop, { 'image/png': await drawingPicture() })
  await running.newest(({ origin }) => origin === 'clipboard', 'the picture')
  await running.app.run('clipboard', {}, 'hotkey')
  await until(() => running.voice.texts.length > 0, { what: 'the caption' })
  expect(running.voice.texts).toEqual(['A green kite over a lake.'])
  expect(earcons.take()).toEqual([])
})
