// @module-tag xvfb
// @module-tag dbus
// @module-tag gsettings
// @module-tag at-spi2-core
// @module-tag python3-gi
// @module-tag imagemagick
// @module-tag xdotool
// @module-tag xterm
// @module-tag fonts-dejavu
// @module-tag libxcb
import { once } from 'node:events'
import { open, writeFile, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { createCanvas } from '@napi-rs/canvas'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { descryProgram } from '#test/descry.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { until, type Running } from '#test/process.ts'
import { startApp, type RunningApp, type SentEvent } from '#test/running-app.ts'
import { pageLines } from '#test/texts.ts'
import { difference, screenshotOf, seen, seenByModel, type SeenPicture } from '#test/seen-pictures.ts'
import type { Area } from '#shared/caption.ts'
import { commandIds, isReachable, type CommandId } from '#shared/commands.ts'
import type { GridKey } from '#shared/grid.ts'

/**
 * Everything on a desktop that can be described, through the whole program: windows of other programs on a real X display
 * with a window manager, `descry …` in another process, the app with its real parts, and a model server that keeps the
 * pictures it was sent. They are compared with what another screenshot program sees.
 */

const caption = 'A terminal with an invoice.'
const lines = `Invoice 42\r\n${pageLines.slice(0, 12).join('\r\n')}\r\nTotal due: 504.00\r\n`

let desktop: Desktop
let server: ModelServer
let app: RunningApp
/** What is written to it appears in the terminal. */
let paper: FileHandle
let terminal: Area
/** Windows opened over it by the current test. */
const opened: Running[] = []

beforeAll(async () => {
  desktop = await startDesktop({ size: '1920x1080', bus: true, accessibility: true })
  server = await startModelServer()
  const wallpaper = join(desktop.home, 'wallpaper.png')
  await writeFile(wallpaper, tiles(1920, 1080))
  await desktop.run('display', ['-window', 'root', wallpaper])

  const pipe = join(desktop.home, 'paper')
  await desktop.run('mkfifo', [pipe])
  paper = await open(pipe, 'r+')
  const look = '-geometry 90x30+300+200 -bg #224466 -fg white -cr #224466 -fa DejaVuSansMono -fs 11'
  desktop.start('xterm', ['-T', 'Invoice 42', ...look.split(' '), '-e', 'cat', pipe])
  await activeTitle('Invoice 42')
  terminal = await activeWindow()
  await write(lines)
})
afterAll(async () => {
  await paper?.close()
  await server?.close()
  await desktop?.end()
})
beforeEach(async () => {
  server.requests.length = 0
  server.script(() => answer(caption))
  app = await startApp(
    desktop,
    { baseUrl: server.baseUrl, sendingAllowedTo: server.baseUrl, language: 'en', isSetUp: true },
    { host: 'preview' }
  )
})
afterEach(async () => {
  await app.close()
  for (const window of opened.splice(0)) await window.end()
  await activeTitle('Invoice 42')
})

/** Tiles in many colors, so that a capture that is a few pixels off does not pass. PNG. */
function tiles(width: number, height: number): Uint8Array {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  for (let y = 0; y < height; y += 40)
    for (let x = 0; x < width; x += 40) {
      context.fillStyle = `hsl(${(x * 7 + y * 13) % 360}, 40%, ${30 + ((x * 3 + y * 11) % 50)}%)`
      context.fillRect(x, y, 40, 40)
    }
  return canvas.toBuffer('image/png')
}

async function activeTitle(title: string): Promise<void> {
  await until(
    async () => String((await desktop.run('xdotool', ['getactivewindow', 'getwindowname'])).stdout).trim() === title,
    { what: `the window ${title}` }
  )
}

/** Writes into the terminal, and waits until it is visible. */
async function write(text: string): Promise<void> {
  const before = await screenshotOf(desktop, terminal)
  await paper.write(text)
  await until(async () => !before.equals(await screenshotOf(desktop, terminal)), { what: 'the text on the screen' })
}

/** The active window without its frame, as the X server reports it. */
async function activeWindow(): Promise<Area> {
  const { stdout } = await desktop.run('sh', ['-c', 'xwininfo -id $(xdotool getactivewindow)'])
  const figure = (name: string): number => Number(new RegExp(`${name}: +(-?\\d+)`, 'u').exec(String(stdout))?.[1])
  return {
    x: figure('Absolute upper-left X'),
    y: figure('Absolute upper-left Y'),
    width: figure('Width'),
    height: figure('Height')
  }
}

/** Runs a command, as a desktop shortcut does, and waits for the picture that the model gets. */
async function descry(...args: string[]): Promise<{ picture: SeenPicture; prompt: string }> {
  const before = server.requests.length
  expect(await handOver(...args)).toEqual({ code: 0, output: '' })
  await until(() => server.requests.length > before, { what: 'the request' })
  return sent(server.requests.length - 1)
}

async function handOver(...args: string[]): Promise<{ code: number | null; output: string }> {
  const { code, stdout, stderr } = await desktop.run(process.execPath, [descryProgram, ...args])
  return { code, output: `${stdout.toString()}${stderr.toString()}` }
}

async function sent(index: number): Promise<{ picture: SeenPicture; prompt: string }> {
  const request = server.requests[index]
  return { picture: await seenByModel(request), prompt: JSON.stringify(request?.body.messages) }
}

async function expectSeen(picture: SeenPicture, area?: Area): Promise<void> {
  expect(difference(picture, await seen(await screenshotOf(desktop, area), area ? undefined : picture))).toBeLessThan(3)
}

const said = (text: string): Promise<unknown> =>
  until(() => app.voice.texts.includes(text), { what: `"${text}" in ${app.voice.texts.join(' | ')}` })

describe('what is captured', () => {
  test("descry screen sends the whole screen and the active window's title, and speaks only the caption", async () => {
    const { picture, prompt } = await descry('screen')
    // As large as this model can use.
    expect([picture.width, picture.height]).toEqual([1365, 768])
    await expectSeen(picture)
    expect(prompt).toContain('Title of the active window: \\"Invoice 42\\"')
    expect(prompt).toMatch(/Application of the active window, not to be named: \\"XTerm\\"/iu)
    const item = await app.newest(({ state }) => state === 'done', 'its description')
    expect(item.facts).toMatchObject({ width: 1920, height: 1080, isBlank: false })
    await said(caption)
    // Size and kind are known and shown, but nobody asked to hear them.
    expect(app.voice.texts).toEqual([caption])
  })

  test('descry window sends the active window and nothing else', async () => {
    const { picture, prompt } = await descry('window')
    await expectSeen(picture, terminal)
    expect(picture.color(picture.width - 5, picture.height - 5)).toBe('#246')
    expect(prompt).toContain('Invoice 42')
  })

  test('descry region 10,20,300,200 sends that area at full resolution', async () => {
    const { picture } = await descry('region', '10,20,300,200')
    await expectSeen(picture, { x: 10, y: 20, width: 300, height: 200 })
  })

  test('speaks each step in the grid, and describes the area at full resolution on Enter', async () => {
    expect(await handOver('region')).toEqual({ code: 0, output: '' })
    const [event] = app.host.events.filter(({ name }) => name === 'grid') as [SentEvent<'grid'>]
    expect(event.payload).toMatchObject({ label: 'Screen', width: 1920, height: 1080 })
    const press = (key: GridKey) => app.app.handlers['grid-key']({ gridId: event.payload.gridId, key })
    await press('6')
    await said('middle right, 640 by 360')
    await press('1')
    await press('right')
    await press('+')
    const last = await press('down')
    if (last?.outcome !== 'chosen') throw new Error('The grid has gone.')
    await said(last.words)
    expect(server.requests).toEqual([])
    await press('capture')
    await until(() => server.requests.length === 1, { what: 'the request' })
    const { picture } = await sent(0)
    expect(last.area.x).toBeGreaterThanOrEqual(1280)
    await expectSeen(picture, last.area)
  })

  test('the grid can switch to the active window', async () => {
    await handOver('region')
    const [event] = app.host.events.filter(({ name }) => name === 'grid') as [SentEvent<'grid'>]
    const press = (key: GridKey) => app.app.handlers['grid-key']({ gridId: event.payload.gridId, key })
    expect(await press('other')).toMatchObject({ label: 'Window', width: terminal.width, height: terminal.height })
    await press('1')
    await press('capture')
    await until(() => server.requests.length === 1, { what: 'the request' })
    const { picture } = await sent(0)
    await expectSeen(picture, { x: terminal.x, y: terminal.y, width: picture.width, height: picture.height })
    expect(picture.width).toBe(Math.round(terminal.width / 3))
  })

  test('descry object sends the focused control, wherever Tab moves it', async () => {
    const program = fileURLToPath(new URL('../support/form-window.py', import.meta.url))
    const form = desktop.start('/usr/bin/python3', [program])
    opened.push(form)
    if (!form.child.stdout) throw new Error('no pipe')
    const lines = createInterface({ input: form.child.stdout })
    const places: Area[] = []
    lines.on('line', (line) => places.push(JSON.parse(line) as Area))
    await once(lines, 'line')
    await activeTitle('Order form')
    for (const count of [2, 3, 4]) {
      await desktop.run('xdotool', ['key', 'Tab'])
      await until(() => places.length === count, { what: `the focus on control ${count}` })
    }
    // On a busy machine the answer may be late; then it would be the area around the pointer.
    await until(async () => (await app.dependencies.screen.captureObject()).place.height < 100, {
      what: 'the focus, told'
    })
    const button = places[3]
    if (!button) throw new Error('no button')
    const around = { x: button.x - 8, y: button.y - 8, width: button.width + 16, height: button.height + 16 }
    const { picture, prompt } = await descry('object')
    await expectSeen(picture, around)
    expect(prompt).toContain('Order form')
  })

  test('describes what was there before the command list opened, not what covers it', async () => {
    const before = await seen(await screenshotOf(desktop, terminal))
    expect(await app.app.run('commands', {}, 'socket')).toMatchObject({ ok: true })
    expect(app.host.shown).toBe(1)
    // Covers everything, as a large new window does.
    opened.push(desktop.start('xterm', ['-T', 'Cover', '-fullscreen', '-bg', '#ddeeff']))
    await activeTitle('Cover')
    await app.app.handlers.run({ command: 'window', input: {} })
    await until(() => server.requests.length === 1, { what: 'the request' })
    const { picture, prompt } = await sent(0)
    expect(difference(picture, before)).toBeLessThan(3)
    expect(prompt).toContain('Invoice 42')
    expect(prompt).not.toContain('Cover')
  })
})

describe('what changed', () => {
  test('describes nothing, a new line, or the whole, whichever changed', async () => {
    const remembered = 'Window captured. Ask again to hear what changed.'
    expect(await handOver('changed')).toEqual({ code: 0, output: `${remembered}\n` })
    await said('Window captured.')
    expect(await handOver('changed')).toEqual({ code: 0, output: 'Nothing changed\n' })
    await said('Nothing changed')
    expect(server.requests).toEqual([])

    await write('Paid on Monday\r\n')
    const { picture } = await descry('changed')
    expect(picture.width).toBeLessThan(terminal.width / 2)
    expect(picture.height).toBeLessThan(terminal.height / 3)
    // The line is at the left, with nothing below it.
    expect(picture.color(picture.width - 2, picture.height - 2)).toBe('#246')
    expect(await app.newest(() => true, 'the item')).toMatchObject({ label: 'What changed in Window' })

    await write('\u001b[48;2;221;238;255m\u001b[2J')
    const { picture: whole } = await descry('changed')
    await expectSeen(whole, terminal)
    expect(whole.color(9, 9)).toBe('#def')
    expect(await app.newest(() => true, 'the item')).toMatchObject({ label: 'Everything is new in Window' })
    await write(`\u001b[0m\u001b[2J\u001b[H${lines}`)
  })
})

describe('without a model', () => {
  test('descry text reads the words on this computer and sends nothing', async () => {
    expect(await handOver('text')).toEqual({ code: 0, output: '' })
    const item = await app.newest(({ state }) => state === 'done', 'the words')
    expect(item.caption).toMatch(/Invoice 42[^]*504\.00/u)
    expect(server.requests).toEqual([])
  })

  test('says that a capture is black, and does not send it', async () => {
    const black = '-bg black -fg black -cr black'
    opened.push(desktop.start('xterm', ['-T', 'Curtain', ...black.split(' ')]))
    await activeTitle('Curtain')
    expect(await handOver('window')).toEqual({ code: 0, output: '' })
    await said('The picture is black.')
    await said('Is the screen curtain on?')
    expect(server.requests).toEqual([])
  })
})

test('every command for the command line or the socket can be run there', async () => {
  const help = (await handOver('--help')).output
  const typed = commandIds.filter((id) => isReachable(id, 'cli'))
  for (const id of typed) expect(help).toMatch(new RegExp(`^ +(?:descry )?${id}\\b`, 'mu'))
  const eyes: CommandId[] = ['screen', 'window', 'region', 'object', 'clipboard', 'text', 'changed']
  for (const id of eyes)
    for (const surface of ['menu', 'tray', 'cli', 'socket'] as const) expect(isReachable(id, surface)).toBe(true)
})
