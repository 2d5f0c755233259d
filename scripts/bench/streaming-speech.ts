import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { createSystemClock } from '#adapters/clock.ts'
import { createEspeakVoice } from '#adapters/voices/espeak-ng.ts'
import { createSpeechDispatcherVoice } from '#adapters/voices/speech-dispatcher.ts'
import type { Voice } from '#core/ports/speech.ts'
import { createSpeechQueue } from '#core/speaking/speech-queue.ts'
import { defaultSettings } from '#shared/settings.ts'
import { streamInto } from '#test/arriving-caption.ts'
import { startSoundDesktop } from '#test/sound-desktop.ts'
import { espeakRendering, type Recording } from '#test/sound.ts'
import { median, type BenchRow } from './row.ts'

/** The first sentence is long, with a clause; the others have no pause inside. */
const sentences = [
  'A settings window of the mail program lies over the inbox, and its page about accounts and signatures is open.',
  'The list on the left holds four accounts.',
  'The second account is selected.',
  'Its name is shown in a text field.',
  'A check box below it is ticked.',
  'It says that mail is fetched every ten minutes.',
  'The port number is shown in red.',
  'A message says that the number is too large.',
  'The password field is empty.',
  'Two buttons lie at the bottom right.',
  'The first button says Cancel.',
  'The other button says Save and is greyed out.'
]
const streamMs = 4000
const rateWpm = 175
/** Samples per second of the recordings. */
const sampleRate = 22_050
/** A shorter gap is a consonant. */
const leastPauseMs = 120

/** An answer of twelve sentences that streams for four seconds: time to the first sound, and the pauses. */
export async function bench(): Promise<BenchRow[]> {
  const { desktop, recording } = await startSoundDesktop()
  try {
    // The engine's own pauses between these sentences when it reads them in one piece.
    const ownPausesMs = pauses(await espeakRendering(desktop, sentences.join(' '), { rateWpm }))
    const naiveMs = await firstSoundNaively(recording)
    const rows: BenchRow[] = []
    for (const voice of [createSpeechDispatcherVoice(), createEspeakVoice()]) {
      const { firstSoundMs, pausesMs } = await streamThrough(voice, recording)
      rows.push(
        {
          name: `streamed answer, first token to sound, ${voice.name}`,
          oursMs: firstSoundMs,
          naiveMs,
          note: 'goal 600; naive: Festival as say starts it, once the whole text has arrived'
        },
        {
          name: `streamed answer, pause between sentences, ${voice.name}`,
          oursMs: median(pausesMs),
          naiveMs: median(ownPausesMs),
          note:
            `median of ${pausesMs.length}, longest ${Math.round(Math.max(...pausesMs))}; beside it the engine's own ` +
            `${ownPausesMs.length} pauses, longest ${Math.round(Math.max(...ownPausesMs))}, when it reads the whole text in one piece`
        }
      )
    }
    return rows
  } finally {
    await desktop.end()
  }
}

/** Tokens of four characters, spread evenly over `streamMs`. */
async function streamTokens(onToken: (token: string) => void): Promise<void> {
  const tokens = sentences.join(' ').match(/[^]{1,4}/gu) ?? []
  const beganMs = performance.now()
  for (const [index, token] of tokens.entries()) {
    onToken(token)
    const dueMs = beganMs + ((index + 1) * streamMs) / tokens.length
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, dueMs - performance.now())))
  }
}

async function streamThrough(voice: Voice, recording: Recording) {
  const queue = createSpeechQueue({
    voices: [voice],
    settings: () => ({ ...defaultSettings, language: 'en', rateWpm }),
    clock: createSystemClock()
  })
  await queue.open()
  const stream = streamInto(queue)
  const firstTokenMs = performance.now()
  await streamTokens((token) => stream.append(token))
  stream.end()
  await queue.idle()
  await recording.quiet(600)
  await queue.close()
  const firstSoundMs = (recording.firstSoundMs(firstTokenMs) ?? NaN) - firstTokenMs
  return { firstSoundMs, pausesMs: pauses(recording.heard(firstTokenMs)) }
}

async function firstSoundNaively(recording: Recording): Promise<number> {
  const firstTokenMs = performance.now()
  let text = ''
  await streamTokens((token) => (text += token))
  const festival = spawn('festival', ['--pipe'], { stdio: ['pipe', 'ignore', 'ignore'], detached: true })
  const gone = new Promise((resolve) => festival.once('exit', resolve))
  festival.stdin.end(`(SayText "${text}")`)
  const soundMs = await recording.sound(firstTokenMs)
  // The whole process group: its player would go on for most of a minute.
  if (festival.pid !== undefined) process.kill(-festival.pid)
  await gone
  await recording.quiet(600)
  // A killed Festival leaves its sound file behind.
  rmSync(`/tmp/audiofile_${String(festival.pid).padStart(5, '0')}`, { force: true })
  return soundMs - firstTokenMs
}

/** The lengths of the pauses in a recording, in milliseconds. */
function pauses(samples: Int16Array): number[] {
  const found: number[] = []
  let lastSound = 0
  for (const [index, sample] of samples.entries()) {
    if (Math.abs(sample) <= 150) continue
    const pauseMs = ((index - lastSound) * 1000) / sampleRate
    if (pauseMs >= leastPauseMs) found.push(pauseMs)
    lastSound = index
  }
  return found
}
