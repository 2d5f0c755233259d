// @module-tag dbus
// @module-tag pulseaudio
// @module-tag speech-dispatcher
// @module-tag espeak-ng
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSystemClock } from '#adapters/clock.ts'
import { createVoices } from '#adapters/voices/voices-for-system.ts'
import { createSpeechQueue } from '#core/speaking/speech-queue.ts'
import type { Failure } from '#shared/errors.ts'
import { defaultSettings } from '#shared/settings.ts'
import type { Desktop } from '#test/desktop.ts'
import { killSpeechDispatcher, startSoundDesktop } from '#test/sound-desktop.ts'
import { durationMs, espeakRendering, type Recording } from '#test/sound.ts'

// The queue over the real voices of Linux.
let desktop: Desktop
let recording: Recording

beforeAll(async () => {
  ;({ desktop, recording } = await startSoundDesktop())
})
afterAll(() => desktop.end())

test('the next voice speaks the whole sentence when an engine dies', async () => {
  const voices = createVoices('linux')
  const queue = createSpeechQueue({
    voices,
    settings: () => ({ ...defaultSettings, language: 'en', rateWpm: 170 }),
    clock: createSystemClock()
  })
  expect(await queue.open()).toBe('speech-dispatcher')
  const sinceMs = performance.now()
  const text = 'The letter has been saved in your documents.'
  queue.say(text, 'normal')
  await recording.sound(sinceMs)
  await killSpeechDispatcher(desktop)
  const killedMs = performance.now()
  await queue.idle()
  expect(queue.voiceName).toBe('espeak-ng')
  const again = recording.heard(killedMs + 60)
  expect(durationMs(again)).toBeGreaterThan(durationMs(await espeakRendering(desktop, text, { rateWpm: 170 })) * 0.9)
  await queue.close()
})

test('without a sound server every engine fails its check, and the user is told', async () => {
  const { PULSE_SERVER, XDG_RUNTIME_DIR } = process.env
  process.env.PULSE_SERVER = 'unix:/nonexistent'
  process.env.XDG_RUNTIME_DIR = join(desktop.home, 'mute')
  try {
    const voices = createVoices('linux')
    const failures: Failure[] = []
    const queue = createSpeechQueue({
      voices,
      settings: () => defaultSettings,
      clock: createSystemClock(),
      onFailure: (failure) => failures.push(failure)
    })
    expect(await queue.open()).toBe('silent')
    expect(failures.map(({ code }) => code)).toEqual(['no-voice'])
    await queue.close()
  } finally {
    Object.assign(process.env, { PULSE_SERVER, XDG_RUNTIME_DIR })
  }
})
