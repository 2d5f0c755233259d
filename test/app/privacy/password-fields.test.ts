// @module-tag xvfb
// @module-tag dbus
// @module-tag gsettings
// @module-tag at-spi2-core
// @module-tag python3-gi
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createScreenCapture } from '#adapters/capture/screen-capture.ts'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createPasswordFields } from '#adapters/privacy/password-fields.ts'
import { withPasswordFields } from '#core/capture/with-password-fields.ts'
import { pixelsOf } from '#core/areas.ts'
import type { Area } from '#shared/caption.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { until } from '#test/process.ts'
import { startApp, type RunningApp } from '#test/running-app.ts'
import { command, readsNoCodes, readsNothing, said } from '../captions/trust-world.ts'

// A real window with a password field, found by its accessibility, captured by the real adapter.

let desktop: Desktop
let server: ModelServer
let running: RunningApp
/** The field, on the desktop. */
let field: Area

beforeAll(async () => {
  desktop = await startDesktop({ bus: true, accessibility: true })
  server = await startModelServer()
  server.script(() => answer('A sign-in window.'))
  const path = fileURLToPath(new URL('../../support/login-window.py', import.meta.url))
  const window = desktop.start('/usr/bin/python3', [path])
  if (!window.child.stdout) throw new Error('It has no output.')
  const [line] = (await once(createInterface({ input: window.child.stdout }), 'line')) as [string]
  field = JSON.parse(line) as Area
  const real = createPasswordFields('linux', desktop.env)
  // On a busy computer, the first look may take longer than it may.
  const fields = { find: (area: Area | null) => until(() => real.find(area), { what: 'the password fields' }) }
  const screen = withPasswordFields(createScreenCapture({ env: desktop.env }), fields)
  const { baseUrl } = server
  running = await startApp(
    desktop,
    { baseUrl, sendingAllowedTo: baseUrl, language: 'en', whenPictureArrives: 'off', checkForLocalModels: true },
    { dependencies: { screen, reader: readsNothing, codes: readsNoCodes } }
  )
})
afterAll(async () => {
  await running?.close()
  await server?.close()
  await desktop?.end()
})

it('a window with a password field is not sent; the same key again sends it with the field covered', async () => {
  const first = await command(running, 'window')
  expect(first).toMatchObject({ state: 'failed', failure: { code: 'private', message: 'Not sent: password field.' } })
  await said(running, 'The same key again sends it hidden.')
  expect(server.requests).toEqual([])

  const second = await command(running, 'window')
  expect(second).toMatchObject({ state: 'done', privacy: { hidden: [{ kind: 'password-field', count: 1 }] } })
  await said(running, 'Password field hidden.')
  const { place } = await running.dependencies.screen.captureWindow()
  const [sent] = server.requests[0]?.images ?? []
  const picture = await createCanvasDecoder().decode(sent?.bytes ?? new Uint8Array())
  const { x, y, width, height } = pixelsOf(field, place, picture)
  const box = await createCanvasDecoder().decode(
    await picture.crop({ x: x + 4, y: y + 4, width: width - 8, height: height - 8 })
  )
  const { data } = box.pixels({ maxWidthPx: 2000, maxHeightPx: 2000 })
  expect(data.every((value, at) => at % 4 === 3 || value < 16)).toBe(true)
})
