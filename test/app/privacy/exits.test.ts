// @module-tag xvfb
// @module-tag python3-gi
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createOpenAiBatches } from '#adapters/providers/openai-batches.ts'
import { createDependencies } from '#app/dependencies.ts'
import { createTerminal } from '#cli/terminal.ts'
import { createServiceForRun, settingsForRun } from '#cli/describe-request.ts'
import { describeFlags } from '#cli/options.ts'
import type { TextReader } from '#core/ports/pictures.ts'
import { defaultSettings, type Settings } from '#shared/settings.ts'
import { batchAnswer, startBatchServer } from '#test/batch-server.ts'
import { ownClipboard } from '#test/clipboard-owner.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { describeFolder } from '#test/folder-batch.ts'
import { answer, startModelServer, type ModelServer, type ReceivedRequest } from '#test/model-server.ts'
import { startApp, type RunningApp } from '#test/running-app.ts'
import { command, describePicture, readsNoCodes, said, textIn, textPicture } from '../captions/trust-world.ts'

// Every way in which a picture can leave this computer. real-readers.test.ts looks at pictures with the real readers.

const card = '4111 1111 1111 1111'
const lines = ['Payment for the garden tools', `Card number ${card}`, 'Amount due 48.20 EUR']

let desktop: Desktop
let server: ModelServer
let running: RunningApp | null = null
let picture: Uint8Array

beforeAll(async () => {
  desktop = await startDesktop()
  server = await startModelServer()
  picture = await textPicture(lines)
})
beforeEach(() => {
  server.requests.length = 0
  server.script(() => answer('A payment form. The amount is 48.20 EUR.'))
})
afterEach(async () => {
  await running?.close()
  running = null
})
afterAll(async () => {
  await server.close()
  await desktop.end()
})

/** The server is on this computer, so its pictures would not be checked by default. */
const checked = { privacyCheck: true, checkForLocalModels: true } as const

/** Reads the whole picture as it was drawn, and nothing in a part of it. */
const reader: TextReader = {
  read: ({ width }) => Promise.resolve(width === 1200 ? textIn(lines) : { text: '', words: [] }),
  close: () => Promise.resolve()
}
const read = { reader, codes: readsNoCodes }

async function begin(settings: Partial<Settings> = {}): Promise<RunningApp> {
  const { baseUrl } = server
  const chosen = {
    baseUrl,
    sendingAllowedTo: baseUrl,
    whenPictureArrives: 'off',
    language: 'en',
    secondOpinion: { baseUrl, model: 'gpt-6-luna' },
    ...checked,
    ...settings
  } as const
  running = await startApp(desktop, chosen, { dependencies: read })
  return running
}

/** The longest row of black pixels: a box over the number is longer than any stroke of a letter. */
async function longestBlackPx(bytes: Uint8Array): Promise<number> {
  const { width, data } = (await createCanvasDecoder().decode(bytes)).pixels({ maxWidthPx: 2000, maxHeightPx: 2000 })
  let [longest, length] = [0, 0]
  for (let at = 0; at < data.length; at += 4) {
    const isBlack = (data[at] ?? 255) < 12 && (data[at + 1] ?? 255) < 12 && (data[at + 2] ?? 255) < 12
    length = isBlack && at % (width * 4) !== 0 ? length + 1 : 0
    longest = Math.max(longest, length)
  }
  return longest
}

/** Fails unless each request holds the picture with a box, and nothing of the number beside it. */
async function expectHidden(requests: ReceivedRequest[], count: number): Promise<void> {
  expect(requests).toHaveLength(count)
  for (const { images, body } of requests) {
    expect(images).toHaveLength(1)
    for (const { bytes } of images) expect(await longestBlackPx(bytes)).toBeGreaterThan(250)
    const words = JSON.stringify(body, (key, value: unknown) => (key === 'image_url' ? null : value))
    expect(words.replace(/\s/gu, '')).not.toMatch(/4111|1111/u)
  }
}

it('hides a card number in a copied picture, and says so after the first sentence', async () => {
  const app = await begin({ whenPictureArrives: 'describe' })
  await ownClipboard(desktop, { 'image/png': picture })
  const item = await app.newest(({ state }) => state === 'done', 'the caption')
  expect(item.privacy).toEqual({
    action: 'hidden',
    found: [{ kind: 'card-number', count: 1 }],
    hidden: [{ kind: 'card-number', count: 1 }]
  })
  await said(app, 'The amount is 48.20 EUR.')
  expect(app.voice.texts.slice(-3)).toEqual(['A payment form.', 'Card number hidden.', 'The amount is 48.20 EUR.'])
  await expectHidden(server.requests, 1)
  expect(app.dependencies.sent.newest(1)).toMatchObject([{ hidden: [{ kind: 'card-number', count: 1 }] }])
})

it('tells what would be sent before anything is, and what was sent afterwards', async () => {
  const app = await begin({ whenPictureArrives: 'ready' })
  app.dependencies.sent.clear()
  await ownClipboard(desktop, { 'image/png': picture })
  const { id } = await app.newest(({ state }) => state === 'waiting', 'the picture')
  const { host } = new URL(server.baseUrl)
  const preview = await app.app.run('would-send', { itemId: id }, 'socket')
  expect((preview as { value: { text: string } }).value.text).toMatch(
    new RegExp(
      `^To ${host}, with gpt-4o-mini: the picture, 1,200 by 400 pixels, .*Card number hidden\\. Price: about 0.3 cents\\.$`,
      'u'
    )
  )
  expect(server.requests).toEqual([])
  expect(await app.app.run('sent', {}, 'socket')).toEqual({ ok: true, value: { text: 'No picture was sent.' } })
  await command(app, 'clipboard')
  const sent = await app.app.run('sent', {}, 'socket')
  expect((sent as { value: { text: string } }).value.text).toMatch(
    new RegExp(
      `^One picture was sent today\\. In one of them.*to ${host} with gpt-4o-mini.*Card number hidden\\.$`,
      'u'
    )
  )
  // A question about a part sends no more than that.
  const question = await command(app, 'ask', { itemId: id, question: 'Look closer at the top half' })
  const closer = await app.app.run('would-send', { itemId: question?.id }, 'socket')
  const [part] = server.requests.at(-1)?.images ?? []
  const { width, height } = await createCanvasDecoder().decode(part?.bytes ?? picture)
  expect((closer as { value: { text: string } }).value.text).toContain(
    `the picture, ${width.toLocaleString('en')} by ${height} pixels`
  )
  await app.app.run('clear-sent', {}, 'socket')
  expect(app.dependencies.sent.newest(1)).toEqual([])
})

it('hides it in a description, a question, a closer look, and a second opinion', async () => {
  const app = await begin()
  const { id } = await describePicture(app, picture)
  await command(app, 'ask', { itemId: id, question: 'How much is due?' })
  await command(app, 'ask', { itemId: id, question: 'Look closer at the top half' })
  await command(app, 'second-opinion', { itemId: id })
  await expectHidden(server.requests, 4)
})

it('hides it from the fallback', async () => {
  const app = await begin({ fallback: { baseUrl: server.baseUrl, model: 'gpt-6-luna' } })
  const down = { type: 'error', status: 503, error: 'overloaded' } as const
  server.script((request) => (request.body.model === 'gpt-6-luna' ? answer('A payment form.') : down))
  await describePicture(app, picture)
  expect(server.requests.at(-1)?.body.model).toBe('gpt-6-luna')
  await expectHidden(server.requests, server.requests.length)
})

it('sends it when the user says so, and reads it here when asked', async () => {
  const app = await begin()
  const { id } = await describePicture(app, picture)
  const reply = await app.app.run('read-hidden', { itemId: id }, 'socket')
  expect(reply).toEqual({ ok: true, value: { text: `Card number: ${card}.` } })
  expect(server.requests).toHaveLength(1)
  expect(await command(app, 'send-everything', { itemId: id })).toMatchObject({ privacy: { action: 'unchecked' } })
  const [sent] = server.requests.at(-1)?.images ?? []
  expect(await longestBlackPx(sent?.bytes ?? picture)).toBeLessThan(50)
})

it('asks when that is the rule: the same again sends it hidden, and a stop takes the offer back', async () => {
  const app = await begin({ privacyActions: { 'card-number': 'ask' } })
  const first = await describePicture(app, picture)
  expect(first).toMatchObject({ state: 'failed', failure: { code: 'private', message: 'Not sent: card number.' } })
  await said(app, 'The same key again sends it hidden.')
  expect(await describePicture(app, picture)).toMatchObject({ state: 'done', privacy: { action: 'hidden' } })
  await expectHidden(server.requests, 1)
  await describePicture(app, picture)
  await app.app.run('stop', {}, 'socket')
  expect(await describePicture(app, picture)).toMatchObject({ state: 'failed' })
  expect(server.requests).toHaveLength(1)
})

it('keeps the picture here when that is the rule, and reads its text', async () => {
  const app = await begin({ privacyActions: { 'card-number': 'local' } })
  const item = await describePicture(app, picture)
  expect(item).toMatchObject({ state: 'done', offline: true, privacy: { action: 'local' } })
  expect(item.warnings).toMatchObject([{ code: 'private', message: 'Not sent: card number.' }])
  expect(item.caption).toContain(card)
  expect(server.requests).toEqual([])
})

it('hides it on the command line, also from several models, and keeps it out of what is saved', async () => {
  const dependencies = { ...createDependencies({ ...desktop.env, OPENAI_BASE_URL: server.baseUrl }), ...read }
  const flags = describeFlags({ 'base-url': server.baseUrl, privacy: 'hide' })
  const settings = { ...settingsForRun({ ...defaultSettings, language: 'en' }, flags), checkForLocalModels: true }
  const terminal = createTerminal(new AbortController())
  const service = await createServiceForRun({ dependencies, settings, flags, terminal }, dependencies)
  const source = { source: 'a.png', origin: 'elsewhere', windowTitle: null, applicationName: null } as const
  const request = { ...source, bytes: picture }
  const description = await service.describe({ picture: request, intent: {} }, terminal)
  expect(description.text).toContain('[card number hidden]')
  for (const model of ['gpt-6-luna', 'gpt-6.1-sol'])
    await service.describe({ picture: request, intent: { other: { baseUrl: server.baseUrl, model } } }, terminal)
  await expectHidden(server.requests, 3)
  // The saved caption is of the picture with boxes, and says so.
  const again = await service.describe({ picture: request, intent: {} }, terminal)
  expect(again).toMatchObject({ cached: true, privacy: { action: 'hidden' } })
  expect(JSON.stringify(again)).not.toContain('1111')
})

it('hides it in a batch, and in one of the provider', async () => {
  const batchServer = await startBatchServer()
  batchServer.plan((requests) => ({
    status: 'completed',
    answers: requests.map((one) => batchAnswer(one, 'A payment form.'))
  }))
  const dir = join(desktop.env.HOME ?? '', 'pictures')
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'a.png'), picture)
  const dependencies = { ...createDependencies(desktop.env), ...read }

  const limits = { maxBytes: 1_000_000, maxRequests: 100, firstPollMs: 5, maxPollMs: 10 }
  const batches = createOpenAiBatches(
    { baseUrl: batchServer.baseUrl, apiKey: null },
    join(dir, 'requests.jsonl'),
    limits
  )
  const options = { privacy: { ...defaultSettings, ...checked } }
  try {
    for (const [baseUrl, providerBatches] of [
      [server.baseUrl, null],
      [batchServer.baseUrl, batches]
    ] as const) {
      const journal = join(dir, providerBatches ? 'provider.journal' : 'live.journal')
      const outcomes = await describeFolder(dependencies, { folder: dir, journal, baseUrl, options, providerBatches })
      expect(outcomes).toMatchObject([{ type: 'described', description: { privacy: { action: 'hidden' } } }])
      expect(await readFile(journal, 'utf8')).not.toContain('1111')
    }
    await expectHidden(server.requests, 1)
    const uploaded = batchServer.made[0]?.[0]?.body
    const url = String(JSON.stringify(uploaded).match(/data:image\/jpeg;base64,([^"]+)/u)?.[1])
    expect(await longestBlackPx(Buffer.from(url, 'base64'))).toBeGreaterThan(250)
  } finally {
    await batchServer.close()
  }
})
