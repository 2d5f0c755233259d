// @module-tag xvfb
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { font } from '#test/fonts.ts'
import type { SentEvent } from '#test/running-app.ts'
import type { Item } from '#shared/bridge.ts'
import type { CommandId } from '#shared/commands.ts'
import type { GridKey } from '#shared/grid.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { createFakeScreen, type FakeScreen } from '#test/fake-screen.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { screenPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { startApp, type RunningApp } from '#test/running-app.ts'

let desktop: Desktop
let server: ModelServer
let running: RunningApp
let screen: FakeScreen
let before: Uint8Array

/** The screen as it was, with a filled box. */
async function withBox(x: number, y: number, width: number, height: number): Promise<Uint8Array> {
  const image = await loadImage(before)
  const canvas = createCanvas(image.width, image.height)
  const context = canvas.getContext('2d')
  context.drawImage(image, 0, 0)
  context.fillStyle = '#c02020'
  context.fillRect(x, y, width, height)
  context.clearRect(x + 20, y + 20, width - 60, 10)
  return canvas.encode('png')
}

async function run(command: CommandId, input: unknown = {}): Promise<Item | null> {
  const reply = await running.app.run(command, input, 'socket')
  expect(reply).toMatchObject({ ok: true })
  const { value } = reply as { value: { itemId?: string } | null }
  if (!value?.itemId) return null
  return running.newest(({ id, state }) => id === value.itemId && state === 'done', 'its description')
}

/** What "What changed?" says without a picture. */
async function changed(of?: 'screen' | 'window'): Promise<string> {
  const reply = await running.app.run('changed', { of }, 'socket')
  const { text } = (reply as { value: { text: string } }).value
  await until(() => said().join(' ').endsWith(text), { what: 'the answer, spoken' })
  return text
}

const said = (): string[] => running.voice.texts

async function sizeOf(item: Item): Promise<{ width: number; height: number }> {
  const bytes = await running.app.handlers.picture({ itemId: item.id, isLarge: false })
  const { width, height } = await loadImage(bytes ?? new Uint8Array())
  return { width, height }
}

beforeAll(async () => {
  desktop = await startDesktop()
  server = await startModelServer()
  before = await screenPicture(800, 600)
})
beforeEach(async () => {
  screen = createFakeScreen(before)
  server.script(Array.from({ length: 3 }, () => answer('A caption.')))
  server.requests.length = 0
  running = await startApp(
    desktop,
    { baseUrl: server.baseUrl, sendingAllowedTo: server.baseUrl },
    // A window opens for the grid in every host but the terminal.
    { dependencies: { screen }, host: 'preview' }
  )
})
afterEach(() => running.close())
afterAll(async () => {
  await server.close()
  await desktop.end()
})

test.each(['screen', 'window', 'object'] as const)('%s is captured and described', async (command) => {
  expect(await run(command)).toMatchObject({ origin: command, caption: 'A caption.' })
})

test('of several screens the active one is described, and the others wait in the list', async () => {
  const [first] = await screen.captureScreens()
  if (!first) throw new Error('no screen')
  screen.captureScreens = async () => [
    { ...first, label: 'Screen 2 of 2', subject: 'display:2' },
    { ...first, label: 'Screen 1 of 2' }
  ]
  expect(await run('screen')).toMatchObject({ label: 'Screen 2 of 2' })
  // What it shows comes first; then which it was.
  await until(() => said().includes('Screen 2 of 2.'), { what: 'which screen it was' })
  expect(said().slice(-2)).toEqual(['A caption.', 'Screen 2 of 2.'])
  expect((await running.items()).map(({ label, state }) => [label, state])).toEqual([
    ['Screen 1 of 2', 'waiting'],
    ['Screen 2 of 2', 'done']
  ])
  expect(server.requests).toHaveLength(1)
})

describe('region', () => {
  test('given in figures, it is captured at once', async () => {
    const item = await run('region', { area: '10,20,300,200' })
    expect(item?.origin).toBe('region')
    expect(item && (await sizeOf(item))).toEqual({ width: 300, height: 200 })
  })

  test('is no region when it has no size', async () => {
    expect(await running.app.run('region', { area: '10,20,0,200' }, 'socket')).toMatchObject({ ok: false })
  })

  test('is chosen by keys, each step is spoken, and Enter describes it at full resolution', async () => {
    await run('region')
    const [{ payload }] = running.host.events.filter(({ name }) => name === 'grid') as [SentEvent<'grid'>]
    expect(payload).toMatchObject({ label: 'Screen', width: 800, height: 600 })
    const press = (key: GridKey) => running.app.handlers['grid-key']({ gridId: payload.gridId, key })
    expect(await running.app.handlers['grid-picture']({ gridId: payload.gridId, view: 0 })).toBeInstanceOf(Uint8Array)
    await press('6')
    expect(await press('+')).toMatchObject({ outcome: 'chosen', area: { width: 320, height: 240 } })
    await until(() => said().includes('middle right, 320 by 240'), { what: 'the step, spoken' })
    expect(await press('capture')).toMatchObject({ outcome: 'captured' })
    const item = await running.newest(({ state }) => state === 'done', 'its description')
    expect(item).toMatchObject({ origin: 'region', label: 'Part of Screen, 320 by 240' })
    expect(await sizeOf(item)).toEqual({ width: 320, height: 240 })
    // It is over: a late key does nothing.
    expect(await press('1')).toBeNull()
  })

  const choosing = async () => {
    await run('region')
    const [{ payload }] = running.host.events.filter(({ name }) => name === 'grid') as [SentEvent<'grid'>]
    return { ...payload, press: (key: GridKey) => running.app.handlers['grid-key']({ gridId: payload.gridId, key }) }
  }

  test('goes on from the screen to the active window by one key', async () => {
    const { gridId, press } = await choosing()
    expect(await press('other')).toMatchObject({ view: 1, label: 'Window', width: 800, height: 600 })
    expect(await running.app.handlers['grid-picture']({ gridId, view: 1 })).toBeInstanceOf(Uint8Array)
    await until(() => said().includes('Window: Whole picture, 800 by 600'), { what: 'its name, spoken' })
    await press('1')
    await press('capture')
    const item = await running.newest(({ state }) => state === 'done', 'its description')
    expect(item.label).toBe('Part of Window, 267 by 200')
  })

  test('Escape goes back through every step on the screen and the window, and at last closes', async () => {
    const { press } = await choosing()
    for (const key of ['9', 'other', '1', 'other', '6'] as const)
      expect(await press(key)).toMatchObject({ outcome: 'chosen' })
    const back: string[] = []
    for (let step = await press('back'); step; step = await press('back')) back.push(`${step.outcome} ${step.words}`)
    expect(back).toEqual([
      'chosen Whole picture, 800 by 600',
      'chosen Window: top left, 267 by 200',
      'chosen Whole picture, 800 by 600',
      'chosen Screen: bottom right, 267 by 200',
      'chosen Whole picture, 800 by 600',
      'closed Closed'
    ])
    await until(() => said().at(-1) === 'Closed', { what: 'the end, spoken' })
    expect(server.requests).toEqual([])
  })

  test('keys that are pressed while the next picture comes are meant for that one', async () => {
    const { press } = await choosing()
    const [, , step] = await Promise.all([press('other'), press('1'), press('5')])
    expect(step).toMatchObject({ label: 'Window', words: 'top left, 89 by 67' })
  })

  test('with nothing else captured, W says so and is no step', async () => {
    screen.captureWindow = () => Promise.reject(new Error('no window'))
    const { press } = await choosing()
    expect(await press('other')).toMatchObject({ label: 'Screen', words: 'No other screen or window.' })
    expect(await press('back')).toMatchObject({ outcome: 'closed' })
  })

  test.each([
    ['1', true],
    ['9', false]
  ] as const)('names the active window for the model where part %s shows some of it: %s', async (key, isNamed) => {
    const [shown] = await screen.captureScreens()
    const mail = { windowTitle: 'Mail', applicationName: 'Post', windowPlace: { x: 0, y: 0, width: 300, height: 300 } }
    screen.captureScreens = async () => [{ ...shown, ...mail }]
    await run('region')
    const [{ payload }] = running.host.events.filter(({ name }) => name === 'grid') as [SentEvent<'grid'>]
    for (const pressed of [key, 'capture'] as const)
      await running.app.handlers['grid-key']({ gridId: payload.gridId, key: pressed })
    await running.newest(({ state }) => state === 'done', 'its description')
    expect(JSON.stringify(server.requests[0]?.body.messages).includes('Mail')).toBe(isNamed)
  })

  test('Escape on the whole closes it, and nothing is sent', async () => {
    await run('region')
    const [{ payload }] = running.host.events.filter(({ name }) => name === 'grid') as [SentEvent<'grid'>]
    expect(await running.app.handlers['grid-key']({ gridId: payload.gridId, key: 'back' })).toMatchObject({
      outcome: 'closed'
    })
    expect(server.requests).toEqual([])
    expect(await running.items()).toEqual([])
  })
})

describe('what changed', () => {
  const remembered = 'Window captured. Ask again to hear what changed.'

  test('needs a capture before, and sends nothing without', async () => {
    expect(await changed()).toBe(remembered)
    expect(server.requests).toEqual([])
  })

  test('is nothing when nothing did, and nothing is sent', async () => {
    await changed()
    expect(await changed()).toBe('Nothing changed')
    expect(server.requests).toEqual([])
  })

  test('is the part that is new, described alone', async () => {
    await run('window')
    screen.show(await withBox(500, 300, 120, 80))
    const item = await run('changed')
    expect(item).toMatchObject({ origin: 'changed', label: 'What changed in Window' })
    const size = item && (await sizeOf(item))
    expect(size?.width).toBeGreaterThanOrEqual(120)
    expect(size?.width).toBeLessThan(300)
  })

  test('is of what was captured last, or what is asked for', async () => {
    await run('screen')
    expect(await changed()).toBe('Nothing changed')
    expect(await changed('window')).toBe(remembered)
    expect(await changed()).toBe('Nothing changed')
    expect(said().at(-1)).toBe('Nothing changed')
    await run('screen')
    await running.app.run('text', {}, 'socket')
    screen.show(await withBox(500, 300, 120, 80))
    expect(await run('changed')).toMatchObject({ label: 'What changed in Window' })
  })

  test('is of each screen, whichever has the active window', async () => {
    const [first] = await screen.captureScreens()
    if (!first) throw new Error('no screen')
    const [left, right] = [
      { ...first, label: 'Screen 1 of 2' },
      { ...first, label: 'Screen 2 of 2', subject: 'display:2' }
    ]
    screen.captureScreens = async () => [left, right]
    expect(await changed('screen')).toBe('Screen 1 of 2 captured. Ask again to hear what changed.')
    screen.captureScreens = async () => [right, left]
    expect(await changed('screen')).toBe('Nothing changed')
  })

  test('is all of it when the window shows something else', async () => {
    await changed()
    screen.show(await withBox(0, 0, 800, 600))
    expect(await run('changed')).toMatchObject({ label: 'Everything is new in Window' })
  })

  test('is where something went that left one color behind, and nothing is sent', async () => {
    const plain = createCanvas(800, 600)
    const context = plain.getContext('2d')
    context.fillStyle = 'white'
    context.fillRect(0, 0, 800, 600)
    context.fillStyle = 'black'
    context.font = font(10)
    context.fillText('A line that stays', 40, 40)
    screen.show(await plain.encode('png'))
    const without = await plain.encode('png')
    context.fillRect(600, 400, 100, 60)
    screen.show(await plain.encode('png'))
    await changed()
    screen.show(without)
    expect(await changed()).toBe('Now all white: bottom right, 132 by 92.')
    expect(server.requests).toEqual([])
  })

  test('is not known behind a screen curtain', async () => {
    const black = createCanvas(800, 600)
    black.getContext('2d').fillRect(0, 0, 800, 600)
    screen.show(await black.encode('png'))
    await changed()
    expect(await run('changed')).toMatchObject({ caption: 'The picture is black. Is the screen curtain on?' })
    expect(said()).not.toContain('Nothing changed')
    expect(server.requests).toEqual([])
  })
})

test('text is read here, and nothing is sent', async () => {
  const item = await run('text')
  expect(item).toMatchObject({ origin: 'window', offline: true, warnings: [] })
  expect(item?.caption).toMatch(/\w{3,}/u)
  expect(server.requests).toEqual([])
})
