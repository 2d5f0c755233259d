// @module-tag dbus
// @module-tag pulseaudio
// @module-tag speech-dispatcher
// @module-tag espeak-ng
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSystemClock } from '#adapters/clock.ts'
import { createEspeakVoice } from '#adapters/voices/espeak-ng.ts'
import { createSilentVoice } from '#adapters/voices/voices-for-system.ts'
import { createSpeechDispatcherVoice } from '#adapters/voices/speech-dispatcher.ts'
import type { Voice } from '#core/ports/speech.ts'
import { createSpeechQueue } from '#core/speaking/speech-queue.ts'
import { defaultSettings } from '#shared/settings.ts'
import type { Desktop } from '#test/desktop.ts'
import { desktopProcesses, ownProcesses, startSoundDesktop } from '#test/sound-desktop.ts'

const sentences = Array.from({ length: 25 }, (_, index) => `Part ${index + 1}`)
const kills = 20

let desktop: Desktop

beforeAll(async () => {
  ;({ desktop } = await startSoundDesktop())
})
afterAll(() => desktop.end())

// Real engines: with both cores busy they take longer, and may both be dead at once, which leaves a sentence to silence.
const underLoad = { timeout: 180_000, retry: 2 }

test('killing the engine 20 times at random loses no sentence', underLoad, async () => {
  const random = seeded(4)
  const engines = [createSpeechDispatcherVoice(), createEspeakVoice()]
  let killed = 0
  /** At a random moment from the hand-over on: before the sentence begins, within it, or while the engine rests after it. */
  const killSoon = (engine: Voice): void => {
    if (random() < 0.5) return
    setTimeout(() => {
      if (killed >= kills) return
      const pids =
        engine.name === 'espeak-ng' ? ownProcesses('espeak-ng') : desktopProcesses(desktop, 'speech-dispatcher')
      for (const pid of pids) killIfAlive(pid)
      if (pids.length > 0) killed += 1
    }, random() * 500)
  }
  const heard: { engine: string; text: string }[] = []
  const silent = createSilentVoice()
  const queue = createSpeechQueue({
    voices: [...engines.map((voice) => watched(voice, killSoon, heard)), watched(silent, () => undefined, heard)],
    settings: () => ({ ...defaultSettings, language: 'en', rateWpm: 400 }),
    clock: createSystemClock()
  })
  await queue.open()
  queue.say(sentences.join('\n'), 'normal')
  await queue.idle()
  await queue.close()
  expect(killed).toBe(kills)
  expect(heard.map(({ text }) => text)).toEqual(sentences)
  expect(heard.filter(({ engine }) => engine === 'silent')).toEqual([])
})

/** A real voice that tells when it is given an utterance, and notes what it spoke to its end. */
function watched(voice: Voice, onHandOver: (voice: Voice) => void, heard: { engine: string; text: string }[]): Voice {
  return {
    ...voice,
    speak(utterance, listener) {
      onHandOver(voice)
      voice.speak(utterance, (event) => {
        if (event.type === 'ended') heard.push({ engine: voice.name, text: utterance.text })
        listener(event)
      })
    }
  }
}

function killIfAlive(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {
    // It ended while we looked.
  }
}

/** Random numbers from 0 to 1, the same in each run (mulberry32). */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
