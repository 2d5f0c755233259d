// @module-tag xvfb
// @module-tag python3-gi
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { sendCommand } from '#app/control-socket.ts'
import { ownClipboard } from '#test/clipboard-owner.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { createFakeScreen } from '#test/fake-screen.ts'
import { answer, createGate, startModelServer, type ModelServer } from '#test/model-server.ts'
import { blankPicture, drawingPicture, photoPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { startApp, type RunningApp } from '#test/running-app.ts'
import type { Settings } from '#shared/settings.ts'

let desktop: Desktop
let server: ModelServer
let running: RunningApp

const caption = 'A red kite over a field. It has a long tail.'

/** The user has agreed to send pictures to the loopback server. */
const sendingOn = (more: Partial<Settings> = {}): Partial<Settings> => ({
  baseUrl: server.baseUrl,
  sendingAllowedTo: server.baseUrl,
  ...more
})
const copyPicture = async (bytes: Uint8Array): Promise<unknown> => ownClipboard(desktop, { 'image/png': bytes })

const said = (): string[] => running.voice.texts

beforeAll(async () => {
  desktop = await startDesktop()
  server = await startModelServer()
})
afterEach(async () => {
  await running.close()
  server.script([])
  server.requests.length = 0
})
afterAll(async () => {
  await server.close()
  await desktop.end()
})

test('until sending is allowed, a new picture is announced and nothing leaves the computer', async () => {
  running = await startApp(desktop, { baseUrl: server.baseUrl, whenPictureArrives: 'describe' })
  await copyPicture(await drawingPicture())
  const item = await running.newest(({ facts }) => facts !== null, 'the local facts')
  expect(item).toMatchObject({ origin: 'clipboard', state: 'waiting' })
  await until(() => said().includes('Picture ready'), { what: 'the announcement' })

  const reply = await running.app.run('clipboard', {}, 'hotkey')
  expect(reply).toEqual({ ok: true, value: { itemId: item.id } })
  const described = await running.newest(({ state }) => state === 'done', 'the local description')
  expect(described).toMatchObject({ offline: true, warnings: [{ code: 'offline' }] })
  expect(server.requests).toEqual([])
})

test('a waiting picture is described on command, shown as it streams, and spoken', async () => {
  running = await startApp(desktop, sendingOn())
  server.script([answer(`${caption}\nTags: kite, field`)])
  await copyPicture(await drawingPicture())
  await running.newest(({ state }) => state === 'waiting', 'the waiting picture')
  await running.app.run('clipboard', {}, 'hotkey')
  const item = await running.newest(({ state }) => state === 'done', 'the caption')
  expect(item).toMatchObject({ caption, tags: ['kite', 'field'], offline: false })
  await until(() => said().includes('It has a long tail.'), { what: 'speech' })
  expect(server.requests).toHaveLength(1)
  const shown = running.host.events.flatMap(({ name, payload }) => (name === 'item' ? [payload] : [])) as {
    item: { caption: string }
  }[]
  expect(shown.some(({ item: { caption: soFar } }) => soFar !== '' && soFar !== caption)).toBe(true)
  expect(shown.every(({ item: { caption: soFar } }) => !soFar.includes('Tags'))).toBe(true)
})

test('with describing at once, each picture is described by itself, and the same one not twice', async () => {
  running = await startApp(desktop, sendingOn({ whenPictureArrives: 'describe' }))
  const picture = await drawingPicture()
  await copyPicture(picture)
  await running.newest(({ state }) => state === 'done', 'the first caption')
  await copyPicture(picture)
  await copyPicture(await photoPicture(800, 600, 'png'))
  await until(async () => (await running.items()).length === 2, { what: 'the second picture' })
  await running.newest(({ state }) => state === 'done', 'the second caption')
  expect(server.requests).toHaveLength(2)
})

test('a picture with text beside it is left alone', async () => {
  running = await startApp(desktop, sendingOn())
  await ownClipboard(desktop, { 'image/png': await drawingPicture(), UTF8_STRING: 'A1\tB1' })
  await copyPicture(await photoPicture(800, 600, 'png'))
  await running.newest(({ state }) => state === 'waiting', 'the second picture')
  expect(await running.items()).toHaveLength(1)
})

test('stop silences, aborts the request and says so; the picture stays', async () => {
  running = await startApp(desktop, sendingOn())
  server.script([{ type: 'answer', chunks: ['A very long sentence that goes. '], ending: 'stall' }])
  await copyPicture(await drawingPicture())
  await running.newest(({ state }) => state === 'waiting', 'the waiting picture')
  await running.app.run('clipboard', {}, 'hotkey')
  await running.newest((item) => item.caption !== '', 'the first words')
  await running.app.run('stop', {}, 'hotkey')
  await running.newest(({ state }) => state === 'stopped', 'the stop')
  await until(() => server.requests[0]?.state === 'aborted', { what: 'the aborted request' })
  await until(() => said().at(-1) === 'Stopped', { what: 'the word' })

  server.script([answer(caption)])
  const [item] = await running.items()
  await running.app.handlers.describe({ itemId: item!.id })
  await running.newest(({ state }) => state === 'done', 'the second try')
})

test('a newer picture interrupts; the older caption finishes silently into the list', async () => {
  running = await startApp(desktop, sendingOn())
  const gate = createGate()
  server.script([answer('The first picture. Its end.', { gate }), answer('The second picture.')])
  await copyPicture(await drawingPicture())
  await running.newest(({ state }) => state === 'waiting', 'the first')
  await running.app.run('clipboard', {}, 'hotkey')
  await until(() => server.requests.length === 1, { what: 'the first request' })

  await copyPicture(await photoPicture(800, 600, 'png'))
  await running.newest(({ state }) => state === 'waiting', 'the second')
  await running.app.run('clipboard', {}, 'hotkey')
  await running.newest(({ state }) => state === 'done', 'the second caption')
  gate.open()
  await until(async () => (await running.items()).every(({ state }) => state === 'done'), { what: 'both captions' })
  const [first, second] = await running.items()
  expect([first?.caption, second?.caption]).toEqual(['The first picture. Its end.', 'The second picture.'])
  await until(() => said().at(-1) === 'The second picture.', { what: 'the newer caption' })
  expect(said().join(' ')).not.toMatch(/first picture|Its end/u)
})

test('a question goes up with its picture and becomes an item of its own', async () => {
  running = await startApp(desktop, sendingOn())
  await copyPicture(await drawingPicture())
  const picture = await running.newest(({ state }) => state === 'waiting', 'the picture')
  server.script([answer('It is blue.')])
  await running.app.run('ask', { question: 'Which color?' }, 'window')
  const item = await running.newest(({ state }) => state === 'done', 'the answer')
  expect(item).toMatchObject({ question: 'Which color?', caption: 'It is blue.', pictureId: picture.id })
  expect(JSON.stringify(server.requests[0]?.body)).toContain('Which color?')
  expect(server.requests[0]?.images).toHaveLength(1)
})

test('a failure is heard and shown, and the picture can be tried again', async () => {
  running = await startApp(desktop, sendingOn())
  server.script([{ type: 'error', status: 401, error: { message: 'no', code: 'invalid_api_key' } }])
  await copyPicture(await drawingPicture())
  await running.newest(({ state }) => state === 'waiting', 'the picture')
  await running.app.run('clipboard', {}, 'hotkey')
  expect((await running.newest(({ state }) => state === 'failed', 'the failure')).failure?.code).toBe('bad-key')
  await until(() => said().some((text) => text === 'A key is needed.'), { what: 'the failure' })
})

test('a notice is heard in a word and shown in full', async () => {
  running = await startApp(desktop, sendingOn({ whenPictureArrives: 'describe' }))
  server.script([answer(`Notice: private: a bank balance can be read\n${caption}\nTags: kite`)])
  await copyPicture(await drawingPicture())
  const item = await running.newest(({ state }) => state === 'done', 'the caption')
  expect(item).toMatchObject({ caption, notice: 'private: a bank balance can be read' })
  await until(() => said().at(-1) === 'It has a long tail.', { what: 'the caption' })
  expect(said().at(-2)).toBe('Notice: private.')
})

test('a blank picture is said to be blank, and nothing is sent', async () => {
  running = await startApp(desktop, sendingOn())
  await copyPicture(await blankPicture([0, 0, 0]))
  await running.newest(({ state }) => state === 'waiting', 'the picture')
  await running.app.run('clipboard', {}, 'hotkey')
  const item = await running.newest(({ state }) => state === 'done', 'the description')
  expect(item.caption).toContain('blank')
  expect(server.requests).toEqual([])
})

test('new files in a watched folder arrive too', async () => {
  const folder = join(desktop.home, 'Pictures', 'Screenshots')
  await mkdir(folder, { recursive: true })
  running = await startApp(desktop, sendingOn({ screenshotFolders: [folder] }))
  expect(running.app.status().watching).toEqual({ clipboard: true, folders: [folder], isPaused: false })
  await writeFile(join(folder, 'Screenshot 1.png'), await drawingPicture())
  const item = await running.newest(({ state }) => state === 'waiting', 'the file')
  expect(item).toMatchObject({ origin: 'file', label: 'Screenshot 1.png' })
})

test('the control socket runs commands, and a second app is refused', async () => {
  running = await startApp(desktop, sendingOn())
  const { socketPath: path, tokenFile } = running.dependencies.paths
  const status = await sendCommand({ path, tokenFile }, 'status', {})
  expect(status).toMatchObject({ ok: true, value: { text: expect.stringContaining('Watching the clipboard') } })
  expect(await sendCommand({ path, tokenFile }, 'history', {})).toMatchObject({ ok: true })
  expect(running.host.shown).toBe(1)
  await expect(startApp(desktop, sendingOn())).rejects.toThrow('already running')
})

test('choosing another provider switches sending off until the user agrees again', async () => {
  running = await startApp(desktop, sendingOn())
  expect(running.app.status().sendingOn).toBe(true)
  const changed = await running.app.handlers['change-settings']({ baseUrl: 'http://127.0.0.1:9/v1' })
  expect(changed).toMatchObject({ sendingOn: false, provider: '127.0.0.1:9' })
})

test('commands are refused on surfaces their entry does not name, and with malformed input', async () => {
  running = await startApp(desktop, sendingOn())
  expect(await running.app.run('ask', { question: 'x' }, 'hotkey')).toMatchObject({ ok: false })
  expect(await running.app.run('screen', { detail: 'endless' }, 'cli')).toMatchObject({ ok: false })
})

test('the list of commands opens after the screen was captured, and describing the screen then uses that', async () => {
  const screen = createFakeScreen(await drawingPicture())
  running = await startApp(desktop, sendingOn(), { dependencies: { screen } })
  await running.app.run('commands', {}, 'hotkey')
  expect(running.host.shown).toBe(1)
  expect(running.host.events.at(-1)).toEqual({ name: 'goto', payload: { place: 'commands' } })
  expect(await running.items()).toEqual([])
  // Screen, window and control: any of them may be asked for.
  expect(screen.captures).toBe(3)
  await running.app.run('screen', {}, 'window')
  expect(screen.captures).toBe(3)
  // Used once: the next time it is the screen as it is then (asked for by detail, or it would be more of the same).
  await running.app.run('screen', { detail: 'standard' }, 'window')
  expect(screen.captures).toBe(4)
})

test('what was captured before the list of commands opened is forgotten when it is left without a capture', async () => {
  const screen = createFakeScreen(await drawingPicture())
  running = await startApp(desktop, sendingOn(), { dependencies: { screen } })
  await running.app.run('commands', {}, 'hotkey')
  await running.app.handlers['commands-left'](null)
  await running.app.run('screen', {}, 'window')
  expect(screen.captures).toBe(4)
})

test('a screenshot whose description failed is tried again by the same command', async () => {
  const folder = join(desktop.home, 'Retried')
  await mkdir(folder, { recursive: true })
  running = await startApp(desktop, sendingOn({ screenshotFolders: [folder] }))
  server.script([{ type: 'error', status: 401, error: { message: 'no', code: 'invalid_api_key' } }])
  await writeFile(join(folder, 'shot.png'), await drawingPicture())
  const { id } = await running.newest(({ state }) => state === 'waiting', 'the file')
  await running.app.run('clipboard', {}, 'hotkey')
  await running.newest(({ state }) => state === 'failed', 'the failure')
  expect(await running.app.run('clipboard', {}, 'hotkey')).toEqual({ ok: true, value: { itemId: id } })
  await running.newest(({ state }) => state === 'done', 'the second try')
})

test('a key that no header can carry is refused when it is set', async () => {
  running = await startApp(desktop, sendingOn())
  await expect(running.app.handlers['set-key']({ key: 'schl\u00fcssel\u2013' })).rejects.toMatchObject({
    code: 'bad-key'
  })
})

test('a pause on command is said, shown, and ended by the same command', async () => {
  running = await startApp(desktop, sendingOn())
  await running.app.run('pause-watching', {}, 'socket')
  await until(() => said().includes('Watching paused for an hour.'), { what: 'the words' })
  expect(running.app.status().watching.isPaused).toBe(true)
  await running.app.run('pause-watching', {}, 'socket')
  await until(() => said().includes('Watching resumed'), { what: 'the words' })
  expect(running.app.status().watching.isPaused).toBe(false)
})

test('a picture that is no longer available is null for the window', async () => {
  running = await startApp(desktop, sendingOn())
  expect(await running.app.handlers.picture({ itemId: 'gone', isLarge: false })).toBeNull()
})

test('turning saved captions off deletes those that exist', async () => {
  const kept: string[] = []
  const captions = {
    find: () => null,
    keep: (key: string) => void kept.push(key),
    clear: () => void kept.splice(0)
  }
  running = await startApp(desktop, sendingOn({ keepCaptions: true }), { dependencies: { captions } })
  server.script([answer(caption)])
  await running.app.handlers['open-file']({ name: 'a.png', bytes: await drawingPicture() })
  await running.newest(({ state }) => state === 'done', 'the caption')
  expect(kept).toHaveLength(1)
  await running.app.handlers['change-settings']({ speaker: 'silent' })
  expect(kept).toHaveLength(1)
  await running.app.handlers['change-settings']({ keepCaptions: false })
  expect(kept).toEqual([])
})

test('of several files that are opened, each refusal says which file it is', async () => {
  running = await startApp(desktop, sendingOn())
  const word = Buffer.from('PK\u0003\u0004 word/document.xml')
  const long = join(desktop.env.HOME ?? '', `${'A long name, '.repeat(9)}end.mp3`)
  await writeFile(long, 'ID3\u0004 and so on')
  await expect(running.app.handlers['open-file']({ name: 'notes\u202e.docx', bytes: word })).rejects.toMatchObject({
    code: 'unsupported',
    message: 'notes.docx: Word files are not supported.'
  })
  await running.app.run('open', { path: long }, 'cli')
  await running.app.run('open', { path: join(desktop.env.HOME ?? '', 'gone.png') }, 'cli')
  await until(() => said().length === 2, { what: 'both refusals, spoken' })
  expect(said()).toEqual([
    expect.stringMatching(/^A long name, A long name, A…ame, end\.mp3: Audio /u),
    expect.stringMatching(/^gone\.png: The picture was not found\./u)
  ])
})
