// @module-tag dbus
// @module-tag pulseaudio
// @module-tag espeak-ng
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEspeakVoice } from '#adapters/voices/espeak-ng.ts'
import type { Desktop } from '#test/desktop.ts'
import { hostileCaptions } from '#test/hostile-captions.ts'
import { killOwn, startSoundDesktop } from '#test/sound-desktop.ts'
import { durationMs, espeakRendering, likeness, pitchHz, type Recording } from '#test/sound.ts'
import { describeVoiceContract, listen, utterance } from './voice-contract.ts'

// The real engine, heard on the null sink of a private desktop.
let desktop: Desktop
let recording: Recording

beforeAll(async () => {
  ;({ desktop, recording } = await startSoundDesktop())
})
afterAll(() => desktop.end())

describeVoiceContract('espeak-ng', {
  create: createEspeakVoice,
  hasVoices: true,
  recording: () => recording,
  killEngine: () => killOwn('espeak-ng')
})

test('speaks the words it was given', async () => {
  const voice = createEspeakVoice()
  await voice.check()
  const caption = 'Save all changes?'
  const expected = await espeakRendering(desktop, caption, { rateWpm: 170 })
  const other = await espeakRendering(desktop, 'Quite different.')
  let heard: Int16Array = new Int16Array(0)
  // On a machine under load the sound stutters; it is listened to again then.
  for (let tries = 0; tries < 4 && likeness(heard, expected) < 0.85; tries += 1) {
    const sinceMs = performance.now()
    await listen(voice, utterance(caption, { rateWpm: 170 })).over
    heard = recording.heard(sinceMs)
  }
  expect(likeness(heard, expected)).toBeGreaterThan(0.85)
  expect(likeness(heard, other)).toBeLessThan(0.6)
  expect(pitchHz(heard)).toBeLessThan(130)
  // Another voice, pitch and rate; and back again: each holds for its own utterance only.
  const german = { voice: 'gmw/de', rateWpm: 170 }
  const inGerman = await espeakRendering(desktop, 'Siebzehn.', { rateWpm: 170, language: 'de' })
  for (let tries = 0; tries < 4 && likeness(heard, inGerman) < 0.8; tries += 1) {
    const sinceMs = performance.now()
    await listen(voice, utterance('Siebzehn.', german)).over
    heard = recording.heard(sinceMs)
  }
  expect(likeness(heard, inGerman)).toBeGreaterThan(0.8)
  const fastMs = performance.now()
  await listen(voice, utterance(caption, { rateWpm: 400, pitchPercent: 100 })).over
  const fast = recording.heard(fastMs)
  expect(durationMs(fast)).toBeLessThan(durationMs(expected) * 0.6)
  expect(pitchHz(fast)).toBeGreaterThan(140)
  const silentMs = performance.now()
  await listen(voice, utterance('Nobody.', { volumePercent: 0 })).over
  expect(recording.firstSoundMs(silentMs)).toBe(null)
  await voice.close()
})

test('reads hostile captions aloud as text', async () => {
  const canary = `/tmp/c${process.pid}`
  const sinceMs = performance.now()
  // Raw on purpose: a voice must be safe by itself. All at once, to save time.
  const spokenMs = await Promise.all(
    hostileCaptions(canary).map(async (caption) => {
      const voice = createEspeakVoice()
      expect(await listen(voice, utterance(caption)).over, caption).toEqual({ type: 'ended' })
      return performance.now() - sinceMs
    })
  )
  expect(recording.firstSoundMs(sinceMs)).not.toBe(null)
  // Each was played to its end: refused or taken for commands, it would have been over at once.
  expect(Math.min(...spokenMs)).toBeGreaterThan(200)
  expect(existsSync(canary)).toBe(false)
})

test('fails its check without a sound server', async () => {
  const { PULSE_SERVER } = process.env
  process.env.PULSE_SERVER = 'unix:/nonexistent'
  const voice = createEspeakVoice()
  expect(await voice.check()).toBe(false)
  await voice.close()
  process.env.PULSE_SERVER = PULSE_SERVER
})
