import type { ChildProcess } from 'node:child_process'
import type { Voice } from '#core/ports/speech.ts'
import type { Utterance, VoiceEvent, VoiceInfo } from '#shared/speech.ts'
import { createLineHelper } from '../programs/line-helper.ts'
import { startPowerShell } from '../programs/windows-programs.ts'
import { provesPlayback } from './playback-proof.ts'
import { createVoiceList, languageTag, safeTag } from './voice-list.ts'
import { windowsSpeechScript } from './windows-speech-helper.ts'

/** The first time, PowerShell has to start and compile the helper. */
const checkTimeoutMs = 10_000

/**
 * Windows' own speech, through one helper process that keeps running.
 *
 * @param startHelper stdin and stdout are pipes; tests pass a helper that speaks the same lines.
 */
export function createWindowsSpeechVoice(
  startHelper: () => ChildProcess = () => startPowerShell(windowsSpeechScript)
): Voice {
  const helper = createLineHelper(startHelper, onLine, () => {
    end({ type: 'failed', reason: 'The speech helper ended.' })
    endList()
  })
  let running: { id: string; isSent: boolean; tell: (event: VoiceEvent) => void } | null = null
  let utterances = 0
  /** The list of voices being received. */
  let listing: { voices: VoiceInfo[]; done: (voices: VoiceInfo[]) => void } | null = null
  const voices = createVoiceList(
    () =>
      new Promise((resolve) => {
        listing = { voices: [], done: resolve }
        helper.send('LIST')
      })
  )

  function endList(): void {
    listing?.done(listing.voices)
    listing = null
  }

  function end(event: VoiceEvent): void {
    const ended = running
    running = null
    ended?.tell(event)
  }

  function onLine(line: string): void {
    const [event, id = '', rest = ''] = line.split(' ')
    if (event === 'VOICE') {
      const name = decoded(id)
      listing?.voices.push({ id: name, name, language: languageTag(rest) })
    } else if (event === 'LISTED') endList()
    if (running === null || running.id !== id) return
    if (event === 'BEGAN') running.tell({ type: 'began' })
    else if (event === 'MARK') running.tell({ type: 'mark', character: Number(rest) })
    else if (event === 'ENDED') end({ type: 'ended' })
    else if (event === 'STOPPED') end({ type: 'stopped' })
    else if (event === 'FAILED') end({ type: 'failed', reason: decoded(rest) })
  }

  function speak(utterance: Utterance, listener: (event: VoiceEvent) => void): void {
    utterances += 1
    const mine = { id: String(utterances), isSent: false, tell: listener }
    running = mine
    void send(mine, utterance)
  }

  async function send(mine: NonNullable<typeof running>, utterance: Utterance): Promise<void> {
    const voice = await voices.find(utterance.voice)
    if (mine !== running) return
    mine.isSent = true
    helper.send(speakLine(mine.id, utterance, voice))
  }

  function stop(): void {
    if (running === null) return
    if (running.isSent) helper.send('STOP')
    else end({ type: 'stopped' })
  }

  return {
    name: 'windows-speech',

    list: () => voices.all(),

    check() {
      return provesPlayback(speak, () => helper.kill(), checkTimeoutMs)
    },

    speak,
    stop,

    async close() {
      stop()
      await helper.close()
    }
  }
}

function speakLine(id: string, utterance: Utterance, voice: VoiceInfo | null): string {
  const { text, language, rateWpm, volumePercent, pitchPercent } = utterance
  // System.Speech: -10 is a third of the normal speed, about 180 words a minute, and 10 is three times it.
  const rate = Math.round(10 * (Math.log(Math.min(Math.max(rateWpm, 60), 540) / 180) / Math.log(3)))
  const volume = Math.round(Math.min(Math.max(volumePercent, 0), 100))
  const pitch = Math.round(Math.min(Math.max(pitchPercent, 0), 100) - 50)
  const chosen = voice === null ? '-' : encoded(voice.id)
  return `SPEAK ${id} ${rate} ${volume} ${pitch} ${safeTag(language).toLowerCase()} ${chosen} ${encoded(text)}`
}

function encoded(text: string): string {
  return Buffer.from(text, 'utf8').toString('base64')
}

function decoded(base64: string): string {
  return Buffer.from(base64, 'base64').toString('utf8')
}
