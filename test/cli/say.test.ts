// @module-tag pulseaudio
// @module-tag espeak-ng
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createCliHome, type CliHome } from '#test/descry.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { espeakRendering, likeness, startRecording, type Recording } from '#test/sound.ts'

let desktop: Desktop
let home: CliHome
let recording: Recording

beforeAll(async () => {
  desktop = await startDesktop({ display: false, sound: true })
  home = await createCliHome(desktop.env)
  recording = await startRecording(desktop)
})
afterAll(async () => {
  await recording?.end()
  await home?.remove()
  await desktop?.end()
})

test('say speaks its text and returns when it was heard', async () => {
  const text = 'The quick brown fox jumps over the lazy dog.'
  const args = ['say', '--engine', 'espeak-ng', '--lang', 'en', '--rate', '170', text]
  const expected = await espeakRendering(desktop, text, { rateWpm: 170 })
  let best = 0
  // On a machine under load the sound stutters; it is listened to again then.
  for (let tries = 0; tries < 4 && best < 0.85; tries += 1) {
    const sinceMs = performance.now()
    expect(await home.descry(args)).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(recording.lastSoundMs(sinceMs)).toBeLessThan(performance.now() + 150)
    best = Math.max(best, likeness(recording.heard(sinceMs), expected))
  }
  expect(best).toBeGreaterThan(0.85)
})

test('a hostile text from standard input is read as text', async () => {
  const { code } = await home.descry(['say', '--rate', '450', '-'], { input: '-x $(touch /tmp/never) \u001b[31m' })
  expect(code).toBe(0)
})

test('Ctrl-C silences it: exit code 130', async () => {
  const sinceMs = performance.now()
  const running = home.start([
    'say',
    'One two three four five six seven eight nine ten eleven twelve thirteen fourteen.'
  ])
  await recording.sound(sinceMs, 15_000)
  const ended = once(running.child, 'close')
  running.child.kill('SIGINT')
  const stopMs = performance.now()
  expect(await ended).toEqual([130, null])
  await recording.quiet(400)
  expect(recording.lastSoundMs(stopMs) ?? stopMs).toBeLessThan(stopMs + 1000)
})

test.each([
  [['say'], 'say needs some text'],
  [['say', '--rate', '9000', 'x'], '--rate cannot be 9000'],
  [['say', '--lang', '-', 'x'], '--lang'],
  [['voices', 'x'], 'voices takes no more arguments']
])('%j is a usage error', async (args, message) => {
  const { code, stderr } = await home.descry(args)
  expect(code).toBe(2)
  expect(stderr).toContain(message)
})

test('voices lists what sounds here, and tells what does not', async () => {
  const { code, stdout } = await home.descry(['voices', '--json'])
  const engines = JSON.parse(stdout) as { engine: string; sounds: boolean }[]
  expect(code).toBe(0)
  expect(engines.find(({ engine }) => engine === 'espeak-ng')?.sounds).toBe(true)
  const mute = await home.descry(['voices'], { env: { PULSE_SERVER: 'unix:/nowhere' } })
  expect(mute.stdout).toContain('espeak-ng: does not work on this computer')
})
