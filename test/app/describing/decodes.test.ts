// @module-tag xvfb
// @module-tag python3-gi
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createIdleClock } from '#adapters/clock.ts'
import { createDependencies, type Dependencies } from '#app/dependencies.ts'
import { createTerminal } from '#cli/terminal.ts'
import { createServiceForRun, settingsForRun } from '#cli/describe-request.ts'
import { describeFlags } from '#cli/options.ts'
import { createSharedDecoder } from '#core/describing/shared-decoder.ts'
import { defaultSettings } from '#shared/settings.ts'
import { ownClipboard } from '#test/clipboard-owner.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { describeFolder } from '#test/folder-batch.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { drawingPicture, photoPicture } from '#test/pictures.ts'
import { startApp, type RunningApp } from '#test/running-app.ts'
import { command, describePicture, readsNoCodes, readsNothing } from '../captions/trust-world.ts'

let desktop: Desktop
let server: ModelServer
let running: RunningApp | null = null
let decodes: number
/** The decoder as in production, with the real one below it counted. */
let decoder: Dependencies['decoder']

beforeAll(async () => {
  desktop = await startDesktop()
  server = await startModelServer()
  server.script(() => answer('A red kite over a field. It has a long tail.'))
})
beforeEach(() => {
  decodes = 0
  const canvas = createCanvasDecoder()
  const counting = {
    decode(bytes: Uint8Array) {
      decodes += 1
      return canvas.decode(bytes)
    }
  }
  decoder = createSharedDecoder(counting, createIdleClock())
})
afterEach(async () => {
  await running?.close()
  running = null
})
afterAll(async () => {
  await server.close()
  await desktop.end()
})

async function begin(whenPictureArrives: 'describe' | 'off'): Promise<RunningApp> {
  const { baseUrl } = server
  running = await startApp(
    desktop,
    {
      baseUrl,
      sendingAllowedTo: baseUrl,
      whenPictureArrives,
      language: 'en',
      secondOpinion: { baseUrl, model: 'gpt-6-luna' }
    },
    { dependencies: { decoder, reader: readsNothing, codes: readsNoCodes } }
  )
  return running
}

it('decodes a copied picture once, from its arrival to its caption', async () => {
  const app = await begin('describe')
  await ownClipboard(desktop, { 'image/png': await drawingPicture() })
  await app.newest(({ state }) => state === 'done', 'the caption')
  expect(decodes).toBe(1)
})

it('decodes an opened picture once, also for a question about a part of it and a second opinion', async () => {
  const app = await begin('off')
  const { id } = await describePicture(app, await photoPicture(800, 600))
  const closer = await command(app, 'ask', { itemId: id, question: 'Look closer at the top left' })
  expect(closer).toMatchObject({ state: 'done', question: 'Look closer at the top left' })
  expect(await command(app, 'second-opinion', { itemId: id })).toMatchObject({ state: 'done' })
  expect(server.requests.length).toBeGreaterThanOrEqual(3)
  expect(decodes).toBe(1)
})

it('decodes a file of the command line once, also when the question is about a part', async () => {
  const dependencies = {
    ...createDependencies({ ...desktop.env, OPENAI_BASE_URL: server.baseUrl }),
    decoder,
    reader: readsNothing,
    codes: readsNoCodes
  }
  const flags = describeFlags({ 'base-url': server.baseUrl })
  const settings = settingsForRun({ ...defaultSettings, keepCaptions: false }, flags)
  const terminal = createTerminal(new AbortController())
  const service = await createServiceForRun({ dependencies, settings, flags, terminal }, dependencies)
  const bytes = await photoPicture(800, 600)
  const picture = { source: 'a.png', origin: 'elsewhere', bytes, windowTitle: null, applicationName: null } as const
  await service.describe({ picture, intent: {} }, terminal)
  expect(decodes).toBe(1)
  decodes = 0
  const another = { ...picture, bytes: await drawingPicture() }
  const question = 'What is at the top left?'
  expect(await service.describe({ picture: another, intent: { question } }, terminal)).toMatchObject({ offline: false })
  expect(decodes).toBe(1)
})

it('decodes each picture of a batch once', async () => {
  const dir = join(desktop.env.HOME ?? '', 'pictures')
  await mkdir(dir, { recursive: true })
  await writeFile(join(dir, 'a.png'), await drawingPicture())
  await writeFile(join(dir, 'b.png'), await photoPicture(400, 300))
  const dependencies = { ...createDependencies(desktop.env), decoder, codes: readsNoCodes }
  const outcomes = await describeFolder(dependencies, { folder: dir, baseUrl: server.baseUrl })
  expect(outcomes.map(({ type }) => type)).toEqual(['described', 'described'])
  expect(decodes).toBe(2)
})
