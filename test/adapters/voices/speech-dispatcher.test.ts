// @module-tag dbus
// @module-tag pulseaudio
// @module-tag speech-dispatcher
// @module-tag espeak-ng
import { existsSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSpeechDispatcherVoice } from '#adapters/voices/speech-dispatcher.ts'
import type { VoiceEvent } from '#shared/speech.ts'
import type { Desktop } from '#test/desktop.ts'
import { hostileCaptions } from '#test/hostile-captions.ts'
import { until } from '#test/process.ts'
import { killSpeechDispatcher, startSoundDesktop } from '#test/sound-desktop.ts'
import { durationMs, espeakRendering, likeness, pitchHz, type Recording } from '#test/sound.ts'
import { describeVoiceContract, listen, utterance } from './voice-contract.ts'

// The real engine, heard on the null sink of a private desktop.
let desktop: Desktop
let recording: Recording

beforeAll(async () => {
  ;({ desktop, recording } = await startSoundDesktop())
})
afterAll(() => desktop.end())

const marksOf = (events: VoiceEvent[]): number[] =>
  events.flatMap((event) => (event.type === 'mark' ? [event.character] : []))

describeVoiceContract('speech-dispatcher', {
  create: createSpeechDispatcherVoice,
  hasVoices: true,
  recording: () => recording,
  killEngine: () => killSpeechDispatcher(desktop)
})

test('speaks the words it was given', async () => {
  const voice = createSpeechDispatcherVoice()
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
  const german = { voice: 'German', rateWpm: 170 }
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
  const voice = createSpeechDispatcherVoice()
  await voice.check()
  for (const caption of hostileCaptions(canary)) {
    const sinceMs = performance.now()
    // Raw on purpose: a voice must be safe by itself.
    const { events, over } = listen(voice, utterance(caption))
    // Commands and markup in the text are the most dangerous here: these two are read to their last word.
    const isRead = /QUIT|<audio/u.test(caption)
    if (isRead) {
      expect(await over, caption).toEqual({ type: 'ended' })
      const words = [...caption.matchAll(/[^\s\p{Cc}]+/gu)].map(({ index }) => index)
      expect(marksOf(events), caption).toEqual(words)
    } else {
      await until(() => marksOf(events).length > 1, { what: `the second word of ${caption}` })
      voice.stop()
      expect(await over, caption).toEqual({ type: 'stopped' })
    }
    expect(recording.firstSoundMs(sinceMs), caption).not.toBe(null)
    expect(existsSync(canary), caption).toBe(false)
  }
  await voice.close()
})

test('comes back at once when it is killed again and again', async () => {
  const voice = createSpeechDispatcherVoice()
  for (let deaths = 0; deaths < 3; deaths += 1) {
    expect(await listen(voice, utterance('Here.')).over).toEqual({ type: 'ended' })
    await killSpeechDispatcher(desktop)
  }
  await voice.close()
})

test('fails its check without a sound server', async () => {
  const { PULSE_SERVER } = process.env
  process.env.PULSE_SERVER = 'unix:/nonexistent'
  // Another daemon, which has never seen the sound server.
  await killSpeechDispatcher(desktop)
  const voice = createSpeechDispatcherVoice()
  expect(await voice.check()).toBe(false)
  await voice.close()
  await killSpeechDispatcher(desktop)
  process.env.PULSE_SERVER = PULSE_SERVER
})
