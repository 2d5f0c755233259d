import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createSystemClock } from '#adapters/clock.ts'
import { createEspeakVoice } from '#adapters/voices/espeak-ng.ts'
import { createSayVoice } from '#adapters/voices/say.ts'
import { createSpeechDispatcherVoice } from '#adapters/voices/speech-dispatcher.ts'
import { createSpeechQueue, type SpeechQueue } from '#core/speaking/speech-queue.ts'
import { defaultSettings } from '#shared/settings.ts'
import { streamInto } from '#test/arriving-caption.ts'
import { startSoundDesktop } from '#test/sound-desktop.ts'
import type { Recording } from '#test/sound.ts'
import { median, type BenchRow } from './row.ts'

const runs = 9
const firstSentence = 'A dialog asks whether to save the changes to the letter.'

/** Time to a caption's first sound, and from stop to silence, recorded from a null sink in a warm process. */
export async function bench(): Promise<BenchRow[]> {
  const { desktop, recording } = await startSoundDesktop()
  try {
    const rows: BenchRow[] = []
    const naive = await measureNaively(recording)
    for (const voice of [createSpeechDispatcherVoice(), createEspeakVoice(), createSayVoice()]) {
      const queue = createSpeechQueue({
        voices: [voice],
        settings: () => ({ ...defaultSettings, language: 'en' }),
        clock: createSystemClock()
      })
      await queue.open()
      const { soundMs, silenceMs } = await measure(queue, recording, voice.name === 'say' ? 4 : runs)
      await queue.close()
      const note = 'median; naive: Festival as say starts it, then killed (say.stop() signals a guessed process)'
      rows.push(
        {
          name: `first sentence to sound, ${voice.name}`,
          oursMs: soundMs,
          naiveMs: naive.soundMs,
          note: `goal 60; ${note}`
        },
        {
          name: `stop to silence, ${voice.name}`,
          oursMs: silenceMs,
          naiveMs: naive.silenceMs,
          note: `goal 50; ${note}`
        }
      )
    }
    return rows
  } finally {
    await desktop.end()
  }
}

/** From the token that completes the first sentence; then stops in mid-sentence. */
async function measure(queue: SpeechQueue, recording: Recording, times: number) {
  const sounds: number[] = []
  const silences: number[] = []
  for (let run = 0; run < times; run += 1) {
    const stream = streamInto(queue)
    stream.append(firstSentence.slice(0, -1))
    const lastTokenMs = performance.now()
    stream.append('. It')
    sounds.push((await recording.sound(lastTokenMs)) - lastTokenMs)
    silences.push(await stopInMidSentence(recording, () => queue.stop()))
    await queue.idle()
  }
  return { soundMs: median(sounds), silenceMs: median(silences) }
}

/** Festival as `say` starts it. `say.stop()` must not be called: it signals a guessed process. */
async function measureNaively(recording: Recording) {
  const sounds: number[] = []
  const silences: number[] = []
  for (let run = 0; run < 3; run += 1) {
    const festival = spawn('festival', ['--pipe'], { stdio: ['pipe', 'ignore', 'ignore'] })
    const gone = new Promise((resolve) => festival.once('exit', resolve))
    const startMs = performance.now()
    festival.stdin.end(`(SayText "${firstSentence}")`)
    sounds.push((await recording.sound(startMs)) - startMs)
    silences.push(await stopInMidSentence(recording, () => festival.kill()))
    await gone
    // A killed Festival leaves its sound file behind.
    rmSync(`/tmp/audiofile_${String(festival.pid).padStart(5, '0')}`, { force: true })
  }
  return { soundMs: median(sounds), silenceMs: median(silences) }
}

/** Time from stop to the last sound; 0 when stop fell into a pause. */
async function stopInMidSentence(recording: Recording, stop: () => void): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 700))
  const stopMs = performance.now()
  stop()
  const lastMs = await recording.quiet(500)
  return Math.max(0, lastMs - stopMs)
}
