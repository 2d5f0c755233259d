import { createEspeakVoice } from '#adapters/voices/espeak-ng.ts'
import { createSpeechDispatcherVoice } from '#adapters/voices/speech-dispatcher.ts'
import type { Voice } from '#core/ports/speech.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { answer, startModelServer, type ModelServer } from '#test/model-server.ts'
import { photoPicture, textHeavyPicture } from '#test/pictures.ts'
import { startApp } from '#test/running-app.ts'
import { startRecording, type Recording } from '#test/sound.ts'
import { median, type BenchRow } from './row.ts'

const runs = 5
/** Short, or the benchmark would mostly listen. Nothing in it needs to be checked. */
const caption = 'A wide field.'

/** From the command to the first sound, for a kept caption and for asking the server again. */
export async function bench(): Promise<BenchRow[]> {
  const desktop = await startDesktop({ sound: true, bus: true })
  // Speech engines inherit it.
  Object.assign(process.env, desktop.env)
  const recording = await startRecording(desktop)
  const server = await startModelServer()
  server.script(() => answer(caption))
  const pictures = {
    '1080p photo': await photoPicture(1920, 1080, 'png'),
    '4K page': await textHeavyPicture(),
    '4K photo': await photoPicture(3840, 2160, 'png')
  }
  const voices = [createSpeechDispatcherVoice, createEspeakVoice]
  try {
    const rows: BenchRow[] = []
    for (const createVoice of voices)
      for (const [name, bytes] of Object.entries(pictures)) {
        const asked = server.requests.length
        const oursMs = await measure(desktop, recording, server, createVoice(), bytes, true)
        if (server.requests.length > asked + 1) throw new Error('The server was asked again.')
        rows.push({
          name: `kept caption to first sound, ${name}, ${Math.round(bytes.length / 1024)} kB, ${createVoice().name}`,
          oursMs,
          naiveMs: await measure(desktop, recording, server, createVoice(), bytes, false),
          note: `goal 60; median of ${runs}; naive: the same app asks the server on loopback again, which answers at once`
        })
      }
    return rows
  } finally {
    await server.close()
    await desktop.end()
  }
}

async function measure(
  desktop: Desktop,
  recording: Recording,
  server: ModelServer,
  voice: Voice,
  bytes: Uint8Array,
  keepCaptions: boolean
): Promise<number> {
  const running = await startApp(
    desktop,
    { baseUrl: server.baseUrl, sendingAllowedTo: server.baseUrl, language: 'en', keepCaptions },
    {
      dependencies: {
        voices: [voice],
        // OCR of the previous run would disturb the next.
        reader: { read: () => Promise.resolve({ text: '', words: [] }), close: () => Promise.resolve() }
      }
    }
  )
  try {
    const { itemId } = await running.app.handlers['open-file']({ name: 'a.png', bytes })
    const times: number[] = []
    // The first run stores the caption and proves the voice.
    for (let run = 0; run <= runs; run += 1) {
      const startMs = performance.now()
      if (run > 0) await running.app.handlers.describe({ itemId })
      const soundMs = (await recording.sound(startMs, 20_000)) - startMs
      if (run > 0) times.push(soundMs)
      await running.newest(({ state }) => state === 'done', 'the caption')
      await recording.quiet(600)
    }
    return median(times)
  } finally {
    await running.close()
  }
}
