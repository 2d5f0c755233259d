// @module-tag xvfb
// @module-tag python3-gi
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSystemClock } from '#adapters/clock.ts'
import type { Settings } from '#shared/settings.ts'
import { ownClipboard } from '#test/clipboard-owner.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { createFakeScreen, type FakeScreen } from '#test/fake-screen.ts'
import { answer, createGate, httpErrors, startModelServer, type ModelServer } from '#test/model-server.ts'
import { blankPicture, drawingPicture, screenPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { startApp, type RunningApp } from '#test/running-app.ts'
import { command, describePicture, itemWhen, readsNoCodes, readsNothing, said, turnsOf } from './trust-world.ts'

let desktop: Desktop
let server: ModelServer
let screen: FakeScreen
let running: RunningApp
let drawing: Uint8Array
/** How far the clock was moved on. */
let skewMs: number

beforeAll(async () => {
  desktop = await startDesktop()
  server = await startModelServer()
  drawing = await drawingPicture()
})
beforeEach(async () => {
  server.requests.length = 0
  server.script([])
  skewMs = 0
  screen = createFakeScreen(drawing)
})
afterEach(() => running.close())
afterAll(async () => {
  await server.close()
  await desktop.end()
})

async function begin(settings: Partial<Settings> = {}): Promise<void> {
  const clock = createSystemClock()
  const to = server.baseUrl
  running = await startApp(
    desktop,
    { baseUrl: to, sendingAllowedTo: to, whenPictureArrives: 'off', ...settings },
    {
      dependencies: {
        reader: readsNothing,
        codes: readsNoCodes,
        screen,
        clock: { ...clock, nowMs: () => clock.nowMs() + skewMs }
      }
    }
  )
}

/** As when the user has waited since what was said last. */
async function wait(ms: number): Promise<void> {
  // The end of a caption is noted when its last sentence is over.
  await until(() => !running.voice.isSpeaking, { what: 'silence' })
  await new Promise((resolve) => setTimeout(resolve, 50))
  skewMs += ms
}

const detailSent = (index: number): string => JSON.stringify(server.requests[index]?.body?.messages)

describe('questions about a picture', () => {
  test('each holds the picture once and what was said before, in order, and is streamed and spoken', async () => {
    await begin()
    const gate = createGate()
    server.script([answer('A form.'), answer('It is blue.'), answer('It is on the right. It says Send.', { gate })])
    const picture = await describePicture(running, drawing)
    await command(running, 'ask', { question: 'Which color?' })
    const asked = running.app.run('ask', { question: 'And the button?' }, 'socket')
    const { value } = (await asked) as { value: { itemId: string } }
    gate.release(5)
    await itemWhen(running, value.itemId, ({ caption }) => caption !== '')
    gate.open()
    const item = await itemWhen(running, value.itemId)
    expect(item).toMatchObject({ question: 'And the button?', caption: 'It is on the right. It says Send.' })
    expect(item.pictureId).toBe(picture.id)
    await said(running, 'It says Send.')
    expect(running.voice.texts).toEqual(['A form.', 'It is blue.', 'It is on the right.', 'It says Send.'])
    expect(server.requests.map(({ images }) => images.length)).toEqual([1, 1, 1])
    const turns = turnsOf(server.requests[2])
    expect(turns.map(([role]) => role)).toEqual(['user', 'assistant', 'user', 'assistant', 'user'])
    expect(turns[1]).toEqual(['assistant', 'A form.'])
    expect(turns[2]?.[1]).toContain('Which color?')
    expect(turns[3]).toEqual(['assistant', 'It is blue.'])
    expect(turns[4]?.[1]).toContain('And the button?')
  })

  test('"look closer" sends that part alone, pixel for pixel', async () => {
    await begin()
    // Lines two pixels apart are grey in a picture that was shrunk.
    const canvas = createCanvas(2400, 1350)
    const context = canvas.getContext('2d')
    context.fillStyle = '#ffffff'
    context.fillRect(0, 0, 2400, 1350)
    context.fillStyle = '#000000'
    for (let x = 0; x < 400; x += 4) context.fillRect(x, 0, 2, 400)
    await describePicture(running, await canvas.encode('png'))
    await command(running, 'ask', { question: 'Look closer at the top left.' })
    const [whole, part] = await Promise.all(server.requests.map(({ images }) => loadImage(images[0]?.bytes ?? '')))
    expect([whole?.width, part?.width, part?.height]).toEqual([1365, 1000, 563])
    const shown = createCanvas(20, 1)
    shown.getContext('2d').drawImage(part!, -100, -100)
    const reds = shown
      .getContext('2d')
      .getImageData(0, 0, 20, 1)
      .data.filter((_, at) => at % 4 === 0)
    expect([Math.min(...reds) < 60, Math.max(...reds) > 195]).toEqual([true, true])
    expect(turnsOf(server.requests[1])).toHaveLength(1)
    expect(turnsOf(server.requests[1])[0]?.[1]).toMatch(/top left.*Before, about the whole picture/su)
  })

  test('what failed, was stopped, or was read here is not told as what the model said', async () => {
    await begin({ sendingAllowedTo: null })
    await describePicture(running, drawing)
    await running.app.handlers['change-settings']({ sendingAllowedTo: server.baseUrl })
    server.script([httpErrors.badKey, { type: 'answer', chunks: ['Half a sentence of it.'], ending: 'stall' }])
    expect((await command(running, 'ask', { question: 'One?' }))?.state).toBe('failed')
    const stopping = running.app.run('ask', { question: 'Two?' }, 'socket')
    const { value } = (await stopping) as { value: { itemId: string } }
    await itemWhen(running, value.itemId, ({ caption }) => caption !== '')
    await running.app.run('stop', {}, 'socket')
    expect((await itemWhen(running, value.itemId)).state).toBe('stopped')
    await command(running, 'ask', { question: 'Three?' })
    const turns = turnsOf(server.requests.at(-1))
    expect(turns).toHaveLength(1)
    expect(turns[0]?.[1]).toContain('Three?')
  })

  test('a question after a second opinion is about the picture; the comparison is not told as said', async () => {
    const secondOpinion = { baseUrl: server.baseUrl, model: 'other-model' }
    await begin({ secondOpinion, secondOpinionLimitUsd: 100 })
    server.script([answer('A form.'), answer('A letter.'), answer('Blue.')])
    const picture = await describePicture(running, drawing)
    // Its price is not known, so the first press asks.
    await command(running, 'second-opinion')
    await command(running, 'second-opinion')
    const item = await command(running, 'ask', { question: 'Which color?' })
    expect(item).toMatchObject({ pictureId: picture.id, caption: 'Blue.' })
    expect(turnsOf(server.requests.at(-1)).map(([, text]) => text)[1]).toBe('A form.')
    expect(detailSent(2)).not.toContain('A letter.')
  })
})

describe('the same key again', () => {
  test.each(['screen', 'window', 'object'] as const)('%s: more of the same, soon after it was heard', async (key) => {
    await begin()
    const first = await command(running, key)
    await wait(9000)
    expect(await command(running, key)).toMatchObject({ id: first?.id, detail: 'detailed' })
    await said(running, 'Detailed')
    await wait(9000)
    expect(await command(running, key)).toMatchObject({ id: first?.id, detail: 'text' })
    await said(running, 'Text only')
    expect(screen.captures).toBe(3)
    expect(await running.items()).toHaveLength(1)
    await wait(10_000)
    expect(await command(running, key)).toMatchObject({ detail: 'standard' })
    expect(screen.captures).toBe(4)
  })

  test('another key, an amount of detail, a blank picture or a failure: it is captured anew', async () => {
    await begin()
    await command(running, 'screen')
    await command(running, 'window')
    await command(running, 'screen')
    await command(running, 'screen', { detail: 'brief' })
    expect(screen.captures).toBe(4)
    screen.show(await blankPicture([0, 0, 0]))
    await command(running, 'window')
    screen.show(drawing)
    server.script([httpErrors.badKey])
    expect(await command(running, 'window')).toMatchObject({ state: 'failed' })
    expect(await command(running, 'window')).toMatchObject({ state: 'done', detail: 'standard' })
    expect(screen.captures).toBe(7)
  })

  test('the clipboard: more of the same while it holds the same', async () => {
    await begin()
    await ownClipboard(desktop, { 'image/png': drawing })
    const first = await command(running, 'clipboard')
    expect(await command(running, 'clipboard')).toMatchObject({ id: first?.id, detail: 'detailed' })
    await ownClipboard(desktop, { 'image/png': await screenPicture(400, 300) })
    expect(await command(running, 'clipboard')).toMatchObject({ detail: 'standard' })
    expect(await running.items()).toHaveLength(2)
  })

  test('a picture that came by itself: more of it, though nothing waits anymore', async () => {
    await begin({ whenPictureArrives: 'ready' })
    await ownClipboard(desktop, { 'image/png': drawing })
    const { id } = await running.newest(({ state }) => state === 'waiting', 'the picture')
    expect(await command(running, 'clipboard')).toMatchObject({ id, detail: 'standard' })
    expect(await command(running, 'clipboard')).toMatchObject({ id, detail: 'detailed' })
  })
})

describe('more and step', () => {
  const inSteps = 'A form.\nText: Name, Send.\nControls: A text field. A button.\nTags: form'

  test('one key goes through the steps of a detailed caption, in our own voice', async () => {
    await begin()
    server.script([answer('A form.'), answer(inSteps)])
    await describePicture(running, drawing)
    expect(await command(running, 'more')).toMatchObject({ detail: 'detailed' })
    await said(running, 'A button.')
    const before = running.voice.texts.length
    for (const last of ['A form.', 'Name, Send.', 'A button.', 'A form.']) {
      await running.app.run('step', {}, 'socket')
      await until(() => running.voice.texts.slice(before).at(-1) === last && !running.voice.isSpeaking, { what: last })
    }
    expect(running.voice.texts.slice(before)).toEqual([
      'Summary.',
      'A form.',
      'Text.',
      'Name, Send.',
      'Controls.',
      'A text field.',
      'A button.',
      'Summary.',
      'A form.'
    ])
    await running.app.run('step', { step: 'details' }, 'socket')
    await said(running, 'Details: nothing there.')
  })

  test("by a preset, built in or the user's own; a name that there is none of costs no caption", async () => {
    await begin({ presets: [{ name: 'Shopping', prompt: 'What does it cost? Window: {window}.' }] })
    server.script([answer('A form.'), answer('A chart.'), answer('Nothing.')])
    screen.captureWindow = async () => {
      const [captured] = await screen.captureScreens()
      return { ...captured, windowTitle: 'Shop "{question}"' }
    }
    await command(running, 'window')
    expect(await running.app.run('more', { preset: 'nonsense' }, 'socket')).toMatchObject({ ok: false })
    expect((await running.items())[0]).toMatchObject({ state: 'done', caption: 'A form.' })
    await command(running, 'more', { preset: 'chart' })
    expect(detailSent(1)).toContain('- Chart: its type')
    expect(await command(running, 'more', { preset: 'shopping' })).toMatchObject({ caption: 'Nothing.' })
    const [, prompt] = turnsOf(server.requests[2])[0] ?? []
    expect(prompt).toMatch(/What does it cost\? Window: "Shop .*\{question\}/u)
  })

  test('that fails or is stopped leaves the caption that was there', async () => {
    await begin()
    server.script([answer('A form.'), httpErrors.badKey, { type: 'stall', when: 'before-headers' }])
    const { id } = await describePicture(running, drawing)
    const failed = await command(running, 'more')
    expect(failed).toMatchObject({ id, state: 'done', caption: 'A form.', failure: { code: 'bad-key' } })
    await running.app.run('more', {}, 'socket')
    await until(() => server.requests.length === 3, { what: 'the request' })
    await running.app.run('stop', {}, 'socket')
    expect(await itemWhen(running, id)).toMatchObject({ state: 'done', caption: 'A form.' })
  })
})
