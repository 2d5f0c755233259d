// @module-tag dbus
// @module-tag pulseaudio
// @module-tag espeak-ng
import { existsSync } from 'node:fs'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createPiperVoice } from '#adapters/voices/piper.ts'
import type { Desktop } from '#test/desktop.ts'
import { hostileCaptions } from '#test/hostile-captions.ts'
import { until } from '#test/process.ts'
import { desktopProcesses, killOwn, ownProcesses, startSoundDesktop } from '#test/sound-desktop.ts'
import { durationMs, espeakRendering, likeness, type Recording } from '#test/sound.ts'
import { describeVoiceContract, listen, utterance } from './voice-contract.ts'

// Piper itself cannot be had here: a program that takes the same arguments plays it. The player and its sound are real.
const script = fileURLToPath(new URL('../../support/piper.mjs', import.meta.url))
let desktop: Desktop
let recording: Recording
let log: string

beforeAll(async () => {
  ;({ desktop, recording } = await startSoundDesktop())
  log = join(desktop.home, 'piper-log')
  const bin = join(desktop.home, 'bin')
  await mkdir(bin)
  await writeFile(join(bin, 'piper'), `#!/bin/sh\nexec '${process.execPath}' '${script}' "$@"\n`, { mode: 0o755 })
  process.env.PATH = `${bin}:${process.env.PATH}`
  process.env.PIPER_LOG = log
  const models = join(desktop.home, '.local/share/piper/voices')
  await mkdir(models, { recursive: true })
  for (const [id, code] of [
    ['en_US-amy-medium', 'en_US'],
    ['de_DE-thorsten-high', 'de_DE']
  ]) {
    await writeFile(join(models, `${id}.onnx`), '')
    await writeFile(
      join(models, `${id}.onnx.json`),
      JSON.stringify({ audio: { sample_rate: 22_050 }, language: { code } })
    )
  }
  // Half a download.
  await writeFile(join(models, 'fr_FR-siwis-low.onnx'), '')
})
afterAll(() => desktop.end())

describeVoiceContract('Piper', {
  create: createPiperVoice,
  recording: () => recording,
  hasVoices: true,
  killEngine: () => killOwn('paplay')
})

// A real sound card: on a busy machine a recording has gaps, which make it longer.
test('reads with the requested model, else one for the language, at the requested volume', { retry: 2 }, async () => {
  const voice = createPiperVoice()
  expect(await voice.list()).toEqual([
    { id: 'de_DE-thorsten-high', name: 'thorsten high', language: 'de-DE' },
    { id: 'en_US-amy-medium', name: 'amy medium', language: 'en-US' }
  ])
  const german = await espeakRendering(desktop, 'Siebzehn.', { language: 'de' })
  for (const choice of [{ language: 'de' }, { voice: 'de_DE-thorsten-high' }]) {
    let heard: Int16Array = new Int16Array(0)
    // On a machine under load the sound stutters; it is listened to again then.
    for (let tries = 0; tries < 4 && likeness(heard, german) < 0.85; tries += 1) {
      const sinceMs = performance.now()
      await listen(voice, utterance('Siebzehn.', { rateWpm: 175, ...choice })).over
      heard = recording.heard(sinceMs)
    }
    expect(likeness(heard, german)).toBeGreaterThan(0.85)
  }
  const fastMs = performance.now()
  await listen(voice, utterance('Siebzehn.', { rateWpm: 350, language: 'de' })).over
  expect(durationMs(recording.heard(fastMs))).toBeLessThan(durationMs(german) * 0.7)
  const silentMs = performance.now()
  await listen(voice, utterance('Nobody.', { volumePercent: 0 })).over
  expect(recording.firstSoundMs(silentMs)).toBe(null)
  await voice.close()
})

test('a Piper with a loaded model is kept for the next utterance, and ends with the voice', async () => {
  const voice = createPiperVoice()
  const starts = async () => (await readFile(log, 'utf8')).split('\n').filter((line) => line.startsWith('start')).length
  await rm(log, { force: true })
  await listen(voice, utterance('One.')).over
  await until(async () => (await starts()) === 2, { what: 'the next Piper', timeoutMs: 25_000 })
  await rm(log)
  await listen(voice, utterance('Two.')).over
  expect(await readFile(log, 'utf8')).toMatch(/^text Two\.\n/u)
  await voice.close()
  await until(() => desktopProcesses(desktop, 'piper').length === 0 && ownProcesses('paplay').length === 0)
})

test('reads hostile captions as one line of text', async () => {
  const canary = `/tmp/c${process.pid}`
  await rm(log, { force: true })
  await Promise.all(
    hostileCaptions(canary).map(async (caption) => {
      const voice = createPiperVoice()
      const { events, over } = listen(voice, utterance(caption))
      await until(() => events.length > 0)
      voice.stop()
      expect(await over, caption).toEqual({ type: 'stopped' })
      await voice.close()
    })
  )
  const lines = (await readFile(log, 'utf8')).trim().split('\n')
  expect(lines.filter((line) => line.startsWith('text '))).toHaveLength(10)
  expect(lines.filter((line) => !/^(?:text |start en_US-amy-medium\.onnx 0\.39$)/u.test(line))).toEqual([])
  expect(existsSync(canary)).toBe(false)
})

test('fails its check without a program or a model', async () => {
  const voice = createPiperVoice({ ...process.env, XDG_DATA_HOME: '/nonexistent', PATH: process.env.PATH })
  expect(await voice.check()).toBe(false)
  expect(await voice.list()).toEqual([])
  expect(await createPiperVoice({ ...process.env, PATH: '/nonexistent' }).check()).toBe(false)
})
