// @module-tag xvfb
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLogFile } from '#adapters/log-file.ts'
import { readLogLine, type LogEvent } from '#core/log/log.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { createFakeScreen } from '#test/fake-screen.ts'
import { answer, httpError, startModelServer, type ModelServer } from '#test/model-server.ts'
import { drawingPicture, photoPicture } from '#test/pictures.ts'
import { until } from '#test/process.ts'
import { startApp } from '#test/running-app.ts'

let desktop: Desktop
let server: ModelServer
beforeAll(async () => {
  ;[desktop, server] = await Promise.all([startDesktop(), startModelServer()])
})
afterAll(async () => {
  await server.close()
  await desktop.end()
})

const secret = 'Zebra4711'

test('neither the log nor the diagnostic information holds anything private', async () => {
  const folder = join(desktop.home, `${secret} folder`)
  await mkdir(folder, { recursive: true })
  const path = join(folder, `${secret}.png`)
  await writeFile(path, await drawingPicture())
  const screen = createFakeScreen(await photoPicture(800, 600, 'png'))
  const captureWindow = screen.captureWindow.bind(screen)
  screen.captureWindow = async () => ({ ...(await captureWindow()), windowTitle: secret, applicationName: secret })
  const running = await startApp(
    desktop,
    {
      baseUrl: server.baseUrl,
      sendingAllowedTo: server.baseUrl,
      presets: [{ name: secret, prompt: `Look for ${secret} in {window}.` }],
      screenshotFolders: [folder],
      keepCaptions: true
    },
    { dependencies: { screen } }
  )
  const { app, dependencies, newest } = running
  const logFile = createLogFile(dependencies.paths.logFile)
  logFile.turn(true)
  await app.handlers['set-key']({ key: `sk-${secret}` })
  const isOver = ({ state }: { state: string }): boolean => state === 'done' || state === 'failed'

  server.script([
    answer(`A sign that says ${secret}.\nTags: ${secret}`),
    answer(`${secret} is written there.`),
    answer(`Another ${secret}.`),
    httpError(401, secret, `The provider refuses ${secret}.`)
  ])
  await app.run('open', { path }, 'menu')
  await newest(isOver, 'the caption')
  await app.run('ask', { question: `Where is ${secret}?` }, 'window')
  await newest(({ question, state }) => question !== null && state === 'done', 'the answer')
  await app.run('window', {}, 'hotkey')
  await newest(({ origin, state }) => origin === 'window' && state === 'done', 'the window')
  expect(await app.run('more', { preset: secret }, 'window')).toMatchObject({ ok: true })
  await newest(({ state }) => server.requests.length === 4 && state !== 'describing', 'the refusal')
  await app.handlers['open-file']({ name: `${secret}.jpg`, bytes: await photoPicture() })
  await newest(({ label, state }) => label.includes(secret) && isOver({ state }), 'the dropped file')
  await app.run('open', { path: join(folder, `${secret} that is not there.png`) }, 'window')
  await app.run('copy', {}, 'window')
  const bodies = JSON.stringify(server.requests.map(({ body }) => body as unknown))
  expect(bodies).toContain(`Where is ${secret}?`)

  await app.run('diagnostics', {}, 'menu')
  const { text: diagnostics } = await dependencies.clipboard.read()
  await until(() => running.voice.texts.includes('Diagnostic information copied.'), { what: 'the announcement' })
  await running.close()
  const log = await logFile.read()

  const events = log
    .trimEnd()
    .split('\n')
    .map((line) => readLogLine(line)?.event)
  const requests = events.filter(
    (event): event is Extract<LogEvent, { event: 'request' }> => event?.event === 'request'
  )
  expect(requests.map(({ outcome, code }) => [outcome, code])).toEqual([
    ['described', null],
    ['described', null],
    ['described', null],
    ['failed', expect.any(String) as string],
    ['described', null]
  ])
  expect(requests[0]).toMatchObject({ provider: 'custom', model: 'gpt-4o-mini', isQuestion: false })
  expect(requests[1]).toMatchObject({ isQuestion: true })
  expect(events).toContainEqual(
    expect.objectContaining({ event: 'command', command: 'open', surface: 'window', code: 'not-found' })
  )
  expect(diagnostics).toContain('"event":"request","outcome":"described"')
  for (const text of [log, diagnostics ?? '']) {
    expect(text.length).toBeGreaterThan(1000)
    for (const word of [secret, desktop.home, server.baseUrl, '127.0.0.1', 'A sign', 'refuses'])
      expect(text.toLowerCase()).not.toContain(word.toLowerCase())
  }
}, 120_000)
