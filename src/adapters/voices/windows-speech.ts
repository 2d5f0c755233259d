import { spawn, type ChildProcess } from 'node:child_process'
import type { Utterance, Voice, VoiceEvent } from '#core/ports.ts'
import { createLineHelper } from '../line-helper.ts'
import { encodedPowerShell } from './powershell.ts'
import { windowsSpeechScript } from './windows-speech-helper.ts'

const leastPlaybackMs = 150
/** Starting PowerShell and compiling the helper takes a while, once. */
const checkLimitMs = 10_000

/**
 * Windows' own speech through one helper process that stays.
 *
 * @param startHelper stdin and stdout are pipes; tests hand in a helper that speaks the same lines.
 */
export function createWindowsSpeechVoice(startHelper: () => ChildProcess = startPowerShell): Voice {
  const helper = createLineHelper(startHelper, onLine, () =>
    end({ type: 'failed', reason: 'The speech helper ended.' })
  )
  let running: { id: string; tell: (event: VoiceEvent) => void } | null = null
  let utterances = 0

  function end(event: VoiceEvent): void {
    const ended = running
    running = null
    ended?.tell(event)
  }

  function onLine(line: string): void {
    const [event, id, reason = ''] = line.split(' ')
    if (running === null || running.id !== id) return
    if (event === 'BEGAN') running.tell({ type: 'began' })
    else if (event === 'ENDED') end({ type: 'ended' })
    else if (event === 'STOPPED') end({ type: 'stopped' })
    else if (event === 'FAILED') end({ type: 'failed', reason: Buffer.from(reason, 'base64').toString('utf8') })
  }

  function speak(utterance: Utterance, listener: (event: VoiceEvent) => void): void {
    utterances += 1
    running = { id: String(utterances), tell: listener }
    helper.send(speakLine(running.id, utterance))
  }

  function stop(): void {
    if (running !== null) helper.send('STOP')
  }

  return {
    name: 'windows-speech',

    list: () => Promise.resolve([]),

    check() {
      return new Promise((resolve) => {
        let beganMs: number | null = null
        const limit = setTimeout(() => helper.kill(), checkLimitMs)
        speak({ text: 'a', language: 'en', rateWpm: 175, volumePercent: 0, pitchPercent: 50, voice: null }, (event) => {
          if (event.type === 'began') {
            beganMs = performance.now()
            return
          }
          clearTimeout(limit)
          resolve(event.type === 'ended' && beganMs !== null && performance.now() - beganMs >= leastPlaybackMs)
        })
      })
    },

    speak,
    stop,

    async close() {
      stop()
      await helper.close()
    }
  }
}

function startPowerShell(): ChildProcess {
  return spawn('powershell.exe', encodedPowerShell(windowsSpeechScript), {
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true
  })
}

function speakLine(id: string, { text, language, rateWpm, volumePercent }: Utterance): string {
  const tag = /^[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/u.test(language) ? language.toLowerCase() : 'en'
  // System.Speech: -10 is a third of the normal speed, about 180 words a minute, and 10 is three times it.
  const rate = Math.round(10 * (Math.log(Math.min(Math.max(rateWpm, 60), 540) / 180) / Math.log(3)))
  const volume = Math.round(Math.min(Math.max(volumePercent, 0), 100))
  return `SPEAK ${id} ${rate} ${volume} ${tag} ${Buffer.from(text, 'utf8').toString('base64')}`
}
