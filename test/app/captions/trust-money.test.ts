// @module-tag xvfb
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import type { Settings } from '#shared/settings.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { createFakeScreen } from '#test/fake-screen.ts'
import { answer, createGate, startModelServer, type ModelServer } from '#test/model-server.ts'
import { drawingPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { startApp, type RunningApp } from '#test/running-app.ts'
import { command, describePicture, itemWhen, openPicture, readerOf, readsNoCodes, said } from './trust-world.ts'

let desktop: Desktop
let server: ModelServer
let running: RunningApp
let drawing: Uint8Array

beforeAll(async () => {
  desktop = await startDesktop()
  server = await startModelServer()
  drawing = await drawingPicture()
})
beforeEach(() => {
  server.requests.length = 0
  server.script(() => answer('A house. It is red.'))
})
afterEach(async () => {
  running.dependencies.captions.clear()
  await running.close()
})
afterAll(async () => {
  await server.close()
  await desktop.end()
})

async function begin(settings: Partial<Settings> = {}): Promise<void> {
  const to = server.baseUrl
  const usual: Partial<Settings> = { baseUrl: to, sendingAllowedTo: to, whenPictureArrives: 'off', language: 'en' }
  const reader = readerOf(Promise.resolve({ text: 'Read here', words: [] }))
  const dependencies = { reader, codes: readsNoCodes, screen: createFakeScreen(drawing) }
  running = await startApp(desktop, { ...usual, ...settings }, { dependencies })
}

const spentUsd = (): number => running.app.status().spent.monthUsd

test('what an answer cost is in the item and in the status; one of unknown price is counted apart', async () => {
  await begin()
  const { monthUsd, unpricedThisMonth } = running.app.status().spent
  const { costUsd } = await describePicture(running, drawing)
  expect(costUsd).toBeGreaterThan(0)
  expect(spentUsd() - monthUsd).toBeCloseTo(costUsd ?? 0, 9)
  await running.app.handlers['change-settings']({ model: 'a-model-of-unknown-price' })
  expect((await describePicture(running, drawing)).costUsd).toBeNull()
  expect(running.app.status().spent).toMatchObject({ unpricedThisMonth: unpricedThisMonth + 1 })
  expect(await running.app.run('spent', {}, 'socket')).toMatchObject({
    value: { text: expect.stringMatching(/ this month\. The prices? of \d+ answers? (?:is|are) not known\.$/u) }
  })
})

test('beyond a limit that asks: told, and the same command sends it, though a capture is a new picture', async () => {
  await begin({ monthlyLimitUsd: 0 })
  expect(await command(running, 'screen')).toMatchObject({ state: 'failed', failure: { code: 'over-limit' } })
  await said(running, 'You have reached your monthly limit.')
  // Consent to the screen is none to another picture.
  expect(await describePicture(running, drawing)).toMatchObject({ failure: { code: 'over-limit' } })
  expect(await command(running, 'screen')).toMatchObject({ failure: { code: 'over-limit' } })
  expect(server.requests).toEqual([])
  expect(await command(running, 'screen')).toMatchObject({ state: 'done', caption: 'A house. It is red.' })
  // Once: the next one is asked for again.
  expect(await command(running, 'screen', { detail: 'brief' })).toMatchObject({ failure: { code: 'over-limit' } })
})

test('beyond a limit that stays here the words are read here; beyond one that stops nothing happens', async () => {
  await begin({ monthlyLimitUsd: 0, whenLimitReached: 'local' })
  const local = await describePicture(running, drawing)
  expect(local).toMatchObject({ offline: true, warnings: [{ code: 'over-limit' }] })
  expect(local.caption).toContain('Read here')
  await running.app.handlers['change-settings']({ whenLimitReached: 'stop' })
  for (const _ of [1, 2])
    expect(await describePicture(running, drawing)).toMatchObject({ failure: { code: 'over-limit' } })
  expect(server.requests).toEqual([])
})

test('a saved caption answers at once, costs nothing, and asks neither server nor keychain', async () => {
  await begin({ keepCaptions: true })
  const { caption } = await describePicture(running, drawing)
  const before = spentUsd()
  running.dependencies.keys.get = () => new Promise(() => undefined)
  const again = await describePicture(running, drawing, 'again.png')
  expect(again).toMatchObject({ caption, costUsd: 0, state: 'done', label: 'again.png' })
  expect([server.requests.length, spentUsd()]).toEqual([1, before])
})

test('captions are not kept when the user says so, nor those of something private', async () => {
  await begin({ keepCaptions: false })
  await describePicture(running, drawing)
  await describePicture(running, drawing)
  expect(server.requests).toHaveLength(2)
  await running.app.handlers['change-settings']({ keepCaptions: true })
  server.script(() => answer('Notice: Private: a password\nA note.'))
  await describePicture(running, drawing)
  await describePicture(running, drawing)
  expect(server.requests).toHaveLength(4)
})

test('two equal requests at once are one: two items, each with the whole caption, paid once', async () => {
  await begin()
  const gate = createGate()
  server.script([answer('A house. It is red.', { gate })])
  const before = spentUsd()
  const one = await openPicture(running, drawing, 'one.png')
  await until(() => server.requests.length === 1, { what: 'the request' })
  gate.release(2)
  const other = await openPicture(running, drawing, 'other.png')
  gate.open()
  const done = await Promise.all([itemWhen(running, one), itemWhen(running, other)])
  expect(done.map(({ label, caption }) => [label, caption])).toEqual([
    ['one.png', 'A house. It is red.'],
    ['other.png', 'A house. It is red.']
  ])
  expect(server.requests).toHaveLength(1)
  expect(spentUsd() - before).toBeCloseTo(done[0]?.costUsd ?? 0, 9)
})
