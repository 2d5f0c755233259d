// @module-tag xvfb
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Settings } from '#shared/settings.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { answer, createGate, httpErrors, startModelServer, type ModelServer } from '#test/model-server.ts'
import { createMemoryKeyStore } from '#test/memory-key-store.ts'
import { drawingPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { startApp, type RunningApp } from '#test/running-app.ts'
import { command, describePicture, itemWhen, openPicture, readerOf, readsNoCodes, said } from './trust-world.ts'

let desktop: Desktop
let first: ModelServer
let second: ModelServer
let running: RunningApp
let drawing: Uint8Array
/** Down long enough that nobody waits for it. */
const overloaded = httpErrors.rateLimited('60')

beforeAll(async () => {
  desktop = await startDesktop()
  first = await startModelServer()
  second = await startModelServer()
  drawing = await drawingPicture()
})
beforeEach(() => {
  for (const server of [first, second]) {
    server.requests.length = 0
    server.script([])
  }
})
afterEach(() => running.close())
afterAll(async () => {
  await Promise.all([first.close(), second.close()])
  await desktop.end()
})

async function begin(settings: Partial<Settings> = {}): Promise<void> {
  const keys = createMemoryKeyStore()
  await keys.set(first.baseUrl, 'key-of-first')
  await keys.set(second.baseUrl, 'key-of-second')
  const to = first.baseUrl
  const usual: Partial<Settings> = { baseUrl: to, sendingAllowedTo: to, whenPictureArrives: 'off', language: 'en' }
  const reader = readerOf(Promise.resolve({ text: 'Read here', words: [] }))
  running = await startApp(desktop, { ...usual, ...settings }, { dependencies: { keys, reader, codes: readsNoCodes } })
}

const other = (): { baseUrl: string; model: string } => ({ baseUrl: second.baseUrl, model: 'other-model' })
const host = (server: ModelServer): string => new URL(server.baseUrl).host
const keysSent = (server: ModelServer): unknown[] => server.requests.map(({ headers }) => headers.authorization)

describe('the fallback', () => {
  test('is asked when the first is down; that is said before it answers, and each gets its own key', async () => {
    await begin({ fallback: other(), keepCaptions: true })
    const gate = createGate()
    first.script([overloaded])
    second.script([answer('A house. It is red.', { gate })])
    const id = await openPicture(running, drawing)
    await said(running, `Using ${host(second)} instead.`)
    gate.open()
    const item = await itemWhen(running, id)
    expect(item).toMatchObject({ state: 'done', caption: 'A house. It is red.', offline: false })
    expect(item.warnings).toMatchObject([{ code: 'rate-limited' }])
    await said(running, 'It is red.')
    const telling = [`${host(first)} is limiting requests.`, `Using ${host(second)} instead.`]
    expect(running.voice.texts).toEqual([...telling, 'A house.', 'It is red.'])
    expect([keysSent(first), keysSent(second)]).toEqual([['Bearer key-of-first'], ['Bearer key-of-second']])
    expect(second.requests[0]?.body.model).toBe('other-model')
    // It is not what the first would say, so the first is asked again.
    expect(await describePicture(running, drawing)).toMatchObject({ warnings: [] })
    expect(first.requests).toHaveLength(2)
  })

  test('both down: the words are read here', async () => {
    await begin({ fallback: other() })
    first.script(() => httpErrors.serverError)
    second.script(() => httpErrors.serverError)
    const item = await describePicture(running, drawing)
    expect(item).toMatchObject({ state: 'done', offline: true })
    expect(item.caption).toContain('Read here')
    expect([first.requests.length, second.requests.length]).toEqual([2, 2])
  })

  test('is left alone when sending is off, or switched off meanwhile, and when the user stops', async () => {
    await begin({ fallback: other(), sendingAllowedTo: null })
    expect(await describePicture(running, drawing)).toMatchObject({ offline: true })
    await running.app.handlers['change-settings']({ sendingAllowedTo: first.baseUrl })
    first.script([{ type: 'stall', when: 'before-headers' }])
    second.script([{ type: 'answer', chunks: ['A house. It'], ending: 'stall' }])
    const id = await openPicture(running, drawing)
    await until(() => first.requests.length === 1, { what: 'the request' })
    await running.app.run('stop', {}, 'socket')
    expect(await itemWhen(running, id)).toMatchObject({ state: 'stopped' })
    first.script([overloaded])
    const again = await openPicture(running, drawing)
    await until(() => second.requests.length === 1, { what: 'the request to the fallback' })
    await running.app.run('stop', {}, 'socket')
    expect(await itemWhen(running, again)).toMatchObject({ state: 'stopped' })
    await until(() => second.requests[0]?.state === 'aborted', { what: 'the aborted request' })
    await said(running, 'Stopped')
  })
})

test('a model that is gone is told of once a run, and shown each time', async () => {
  await begin()
  first.script(({ body }) => (body.model === 'gpt-4o-mini' ? httpErrors.modelGone : answer('A house. It is red.')))
  const warnings = [{ code: 'model-gone' }]
  expect(await describePicture(running, drawing)).toMatchObject({ warnings })
  await said(running, 'Choose gpt-6-luna in Settings.')
  const before = running.voice.texts.length
  expect(await describePicture(running, drawing)).toMatchObject({ warnings })
  await until(() => running.voice.texts.length === before + 2 && !running.voice.isSpeaking, { what: 'the caption' })
  expect(running.voice.texts.slice(before)).toEqual(['A house.', 'It is red.'])
})

describe('a second opinion', () => {
  test('without a second model: says so', async () => {
    await begin()
    await describePicture(running, drawing)
    expect(await running.app.run('second-opinion', {}, 'socket')).toMatchObject({ ok: false })
    await said(running, 'No model is chosen for second opinions.')
  })

  test('its price is said before, where it is above the limit; the second press asks, with its own key', async () => {
    await begin({ secondOpinion: { ...other(), model: 'gpt-4o' }, secondOpinionLimitUsd: 0.0001 })
    first.script([answer('A house. It is red.')])
    second.script([answer('A house. It is blue.')])
    const picture = await describePicture(running, drawing)
    expect(await command(running, 'second-opinion')).toBeNull()
    await until(() => running.voice.texts.some((text) => /^gpt-4o costs about .* cents?\.$/u.test(text)), {
      what: 'it'
    })
    expect(second.requests).toEqual([])
    const item = await command(running, 'second-opinion')
    expect(item).toMatchObject({ origin: 'opinion', pictureId: picture.id, state: 'done' })
    expect(item?.caption).toMatch(/^Both say:\nA house\.\nWorded differently:/u)
    expect([first.requests.length, keysSent(second)]).toEqual([1, ['Bearer key-of-second']])
    expect(second.requests[0]?.images).toHaveLength(1)
  })

  test('where the first caption is missing both are asked at once, and both prices count', async () => {
    await begin({ secondOpinion: { ...other(), model: 'gpt-4o' }, secondOpinionLimitUsd: 1 })
    const before = running.app.status().spent.monthUsd
    const gate = createGate()
    first.script([httpErrors.badKey, answer('A house.', { gate })])
    second.script([answer('A house.', { gate })])
    await describePicture(running, drawing)
    const asking = command(running, 'second-opinion')
    await until(() => first.requests.length === 2 && second.requests.length === 1, { what: 'both requests' })
    gate.open()
    const item = await asking
    expect(item?.caption).toBe('Both say:\nA house.')
    expect(item?.costUsd).toBeCloseTo(running.app.status().spent.monthUsd - before, 9)
  })

  test('that fails is heard, and leaves the first caption', async () => {
    await begin({ secondOpinion: { ...other(), model: 'gpt-4o' }, secondOpinionLimitUsd: 1 })
    first.script([answer('A house.')])
    second.script([httpErrors.badKey])
    const picture = await describePicture(running, drawing)
    expect(await command(running, 'second-opinion')).toMatchObject({ state: 'failed', failure: { code: 'bad-key' } })
    await said(running, 'gpt-4o: The provider rejected the key.')
    expect(await itemWhen(running, picture.id)).toMatchObject({ state: 'done', caption: 'A house.' })
  })

  test('where one of two that are asked fails, the other is told, with who failed and why', async () => {
    await begin({ secondOpinion: { ...other(), model: 'gpt-4o' }, secondOpinionLimitUsd: 1 })
    const before = running.app.status().spent.monthUsd
    const gate = createGate()
    first.script([httpErrors.badKey, answer('A house.', { gate })])
    second.script([httpErrors.badKey])
    await describePicture(running, drawing)
    const asking = command(running, 'second-opinion')
    await until(() => second.requests[0]?.state === 'answered', { what: 'the failure of the other' })
    gate.open()
    const item = await asking
    expect(item).toMatchObject({
      state: 'done',
      caption: 'A house.',
      model: 'gpt-4o-mini',
      warnings: [{ code: 'bad-key', message: 'gpt-4o: The provider rejected the key.' }]
    })
    expect(item?.costUsd).toBeCloseTo(running.app.status().spent.monthUsd - before, 9)
    await said(running, 'gpt-4o: The provider rejected the key.')
    expect(running.voice.texts).toContain('A house.')
  })

  test('is a failure where both fail, and a stop ends both', async () => {
    await begin({ secondOpinion: { ...other(), model: 'gpt-4o' }, secondOpinionLimitUsd: 1 })
    const stall = { type: 'stall' as const, when: 'before-headers' as const }
    first.script([httpErrors.badKey, httpErrors.noCredit, stall])
    second.script([httpErrors.badKey, stall])
    await describePicture(running, drawing)
    expect(await command(running, 'second-opinion')).toMatchObject({ state: 'failed', failure: { code: 'no-credit' } })
    const asking = command(running, 'second-opinion')
    await until(() => first.requests.length === 3 && second.requests.length === 2, { what: 'both requests' })
    await running.app.run('stop', {}, 'socket')
    expect(await asking).toMatchObject({ state: 'stopped' })
    await until(() => [first.requests[2], second.requests[1]].every((one) => one?.state === 'aborted'), {
      what: 'the end of both requests'
    })
  })

  test('of graphic content waits for a key', async () => {
    await begin({ secondOpinion: { ...other(), model: 'gpt-4o' }, secondOpinionLimitUsd: 1 })
    first.script([answer('A house.')])
    second.script([answer('Notice: graphic: blood\nA house.')])
    await describePicture(running, drawing)
    await said(running, 'A house.')
    expect(await command(running, 'second-opinion')).toMatchObject({ notice: 'graphic: blood', state: 'done' })
    await said(running, 'Use the command "repeat" to read it.')
    expect(running.voice.texts).toEqual(['A house.', 'Graphic content.', 'Use the command "repeat" to read it.'])
  })

  test('beyond the spending limit is asked for once, and then neither request is sent', async () => {
    await begin({ secondOpinion: { ...other(), model: 'gpt-4o' }, secondOpinionLimitUsd: 1 })
    first.script([httpErrors.badKey])
    await describePicture(running, drawing)
    await running.app.handlers['change-settings']({ monthlyLimitUsd: 0 })
    expect(await command(running, 'second-opinion')).toMatchObject({ failure: { code: 'over-limit' } })
    expect([first.requests.length, second.requests.length]).toEqual([1, 0])
    expect(await command(running, 'second-opinion')).toMatchObject({ state: 'done' })
    expect([first.requests.length, second.requests.length]).toEqual([2, 1])
  })
})
