import { spawn, type ChildProcess } from 'node:child_process'
import type { Utterance, Voice, VoiceEvent } from '#core/ports.ts'

/** Less than the shortest playback of "a" (about 0.3 s); without a sound server espeak-ng is through in a tenth of it. */
const leastPlaybackMs = 150
const checkLimitMs = 3000
const fallbackLanguage = 'en'

/** espeak-ng, a process an utterance. The text goes in by stdin and nothing of it gets onto the command line. */
export function createEspeakVoice(): Voice {
  let stopCurrent: (() => void) | null = null
  const unknownLanguages = new Set<string>()

  return {
    name: 'espeak-ng',

    /** espeak-ng ends with 0 even when it could not play; whether it did shows in how long it took and in its complaints. */
    list: () => Promise.resolve([]),
    check() {
      return new Promise((resolve) => {
        const beganMs = performance.now()
        let hasComplained = false
        const child = start({
          text: 'a',
          language: 'en',
          rateWpm: 175,
          volumePercent: 0,
          pitchPercent: 50,
          voice: null
        })
        const limit = setTimeout(() => child.kill('SIGKILL'), checkLimitMs)
        child.stderr?.on('data', () => (hasComplained = true))
        child.once('error', () => resolve(false))
        child.once('close', (code) => {
          clearTimeout(limit)
          resolve(code === 0 && !hasComplained && performance.now() - beganMs >= leastPlaybackMs)
        })
      })
    },

    speak(utterance, listener) {
      let isStopped = false
      let isOver = false
      let hasBegun = false
      const finish = (event: VoiceEvent): void => {
        if (isOver) return
        isOver = true
        stopCurrent = null
        listener(event)
      }
      const run = (language: string): void => {
        const child = start({ ...utterance, language })
        let complaint = ''
        child.stderr?.on('data', (chunk: Buffer) => (complaint = `${complaint}${chunk.toString()}`.slice(0, 500)))
        child.once('spawn', () => {
          if (!hasBegun) listener({ type: 'began' })
          hasBegun = true
        })
        child.once('error', (error) => finish({ type: 'failed', reason: error.message }))
        child.once('close', (code, signal) => {
          if (isStopped) finish({ type: 'stopped' })
          else if (code === 0) finish({ type: 'ended' })
          else if (complaint.includes('voice does not exist') && language !== fallbackLanguage) {
            // Better read with the wrong sounds than not at all.
            unknownLanguages.add(language)
            run(fallbackLanguage)
          } else finish({ type: 'failed', reason: `espeak-ng ended with ${code ?? signal}. ${complaint}`.trim() })
        })
        stopCurrent = () => {
          isStopped = true
          child.kill('SIGKILL')
        }
      }
      run(unknownLanguages.has(utterance.language) ? fallbackLanguage : utterance.language)
    },

    stop: () => stopCurrent?.(),

    close() {
      stopCurrent?.()
      return Promise.resolve()
    }
  }
}

function start({ text, language, rateWpm, volumePercent }: Utterance): ChildProcess {
  const child = spawn(
    'espeak-ng',
    ['--stdin', '-b', '1', '-v', voiceFor(language), '-s', whole(rateWpm, 80, 450), '-a', whole(volumePercent, 0, 100)],
    { stdio: ['pipe', 'ignore', 'pipe'] }
  )
  // An engine that died before it read everything is reported by its exit.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(text)
  return child
}

/** A tag of odd shape could be an option or a path. */
function voiceFor(language: string): string {
  const tag = language.toLowerCase()
  return /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/u.test(tag) ? tag : fallbackLanguage
}

function whole(value: number, least: number, most: number): string {
  return String(Math.round(Math.min(Math.max(Number.isFinite(value) ? value : least, least), most)))
}
