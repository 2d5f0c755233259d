// @module-tag xvfb
// @module-tag pulseaudio
// @module-tag dbus
// @module-tag chromium
// @module-tag xdotool
// @module-tag python3-gi
// @module-tag fonts-dejavu
// @module-tag espeak-ng
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { paths } from '#adapters/paths.ts'
import { createSettingsFile } from '#adapters/settings-file.ts'
import { ownClipboard } from '#test/clipboard-owner.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { screenPicture } from '#test/pictures.ts'
import { start, until, type Running } from '#test/process.ts'
import { espeakRendering, likeness, startRecording, type Recording } from '#test/sound.ts'
import { settingsSchema } from '#shared/settings.ts'

/**
 * The main job, end to end, the way a user does it: `npm start`, then a picture is copied on a real X display, and its
 * caption is shown in the window and heard.
 */

const caption = 'A settings window with a save button, an empty name field and an error below it.'

let desktop: Desktop
let server: ModelServer
let recording: Recording
let npmStart: Running

beforeAll(async () => {
  desktop = await startDesktop({ sound: true, bus: true })
  server = await startModelServer()
  recording = await startRecording(desktop)
  await mkdir(desktop.env.DESCRY_HOME!, { recursive: true })
  await createSettingsFile(paths(desktop.env).settingsFile).save(
    settingsSchema.parse({
      baseUrl: server.baseUrl,
      sendingAllowedTo: server.baseUrl,
      whenPictureArrives: 'describe',
      language: 'en',
      isSetUp: true,
      screenshotFolders: [join(desktop.home, 'Pictures')]
    })
  )
  npmStart = desktop.own(
    start('npm', ['start'], {
      env: { ...desktop.env, OPENAI_API_KEY: '' },
      cwd: fileURLToPath(new URL('../..', import.meta.url)),
      stdio: ['ignore', 'inherit', 'inherit'],
      // Its own process group, as in a terminal: Ctrl+C goes to all of it.
      detached: true
    })
  )
}, 120_000)

afterAll(async () => {
  await recording.end()
  await desktop.end()
  await server.close()
})

test('npm start shows and speaks the caption of a copied picture', { timeout: 120_000 }, async () => {
  await until(async () => (await desktop.run('xdotool', ['search', '--name', '^Descry$'])).stdout.length > 0, {
    timeoutMs: 60_000,
    what: 'the window'
  })
  const sinceMs = performance.now()
  server.script([answer(`${caption}\nTags: window, form`, { delayMs: 20 })])
  await ownClipboard(desktop, { 'image/png': await screenPicture() })
  await recording.sound(sinceMs, 20_000)
  await recording.quiet(1500, 60_000)
  expect(server.requests).toHaveLength(1)

  // The engine's own rendering of the caption sounds the same; another caption of the same length does not.
  const heard = recording.heard(sinceMs)
  const expected = await espeakRendering(desktop, caption)
  const other = await espeakRendering(
    desktop,
    'Three people on a park bench looking out over a lake while a dog lies by them asleep.'
  )
  expect(likeness(heard, expected)).toBeGreaterThan(0.8)
  expect(likeness(heard, expected)).toBeGreaterThan(likeness(heard, other) + 0.15)
})

test('Ctrl+C ends the app and everything it started', { timeout: 30_000 }, async () => {
  process.kill(-npmStart.pid, 'SIGINT')
  await until(() => npmStart.child.exitCode !== null || npmStart.child.signalCode !== null, { what: 'the end' })
  await until(async () => (await desktop.run('xdotool', ['search', '--name', '^Descry$'])).stdout.length === 0, {
    what: 'the window to go'
  })
})
