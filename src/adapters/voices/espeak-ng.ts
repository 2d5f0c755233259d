import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { promisify } from 'node:util'
import type { Voice } from '#core/ports/speech.ts'
import type { Utterance, VoiceEvent, VoiceInfo } from '#shared/speech.ts'
import { createVoiceList, languageTag, safeTag } from './voice-list.ts'

/** Less than the shortest playback of "a" (about 0.3 s); without a sound server espeak-ng is through in a tenth of it. */
const leastPlaybackMs = 150
const checkLimitMs = 3000
const fallbackLanguage = 'en'

/** espeak-ng, a process an utterance. The text goes in by stdin and nothing of it gets onto the command line. */
export function createEspeakVoice(): Voice {
  let stopCurrent: (() => void) | null = null
  const unknownLanguages = new Set<string>()
  const voices = createVoiceList(askForVoices)

  return {
    name: 'espeak-ng',

    list: () => voices.all(),

    /** espeak-ng ends with 0 even when it could not play; whether it did shows in how long it took and in its complaints. */
    check() {
      return new Promise((resolve) => {
        const beganMs = performance.now()
        let hasComplained = false
        const silence = { text: 'a', language: 'en', rateWpm: 175, volumePercent: 0, pitchPercent: 50, voice: null }
        const child = start(silence, fallbackLanguage)
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
      const run = (voice: string): void => {
        const child = start(utterance, voice)
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
          else if (complaint.includes('voice does not exist') && voice !== fallbackLanguage) {
            // Better read with the wrong sounds than not at all.
            unknownLanguages.add(voice)
            run(fallbackLanguage)
          } else finish({ type: 'failed', reason: `espeak-ng ended with ${code ?? signal}. ${complaint}`.trim() })
        })
        stopCurrent = () => {
          isStopped = true
          child.kill('SIGKILL')
        }
      }
      stopCurrent = () => finish({ type: 'stopped' })
      const choose = async (): Promise<void> => {
        const chosen = await voices.find(utterance.voice)
        const voice = chosen?.id ?? safeTag(utterance.language).toLowerCase()
        if (!isOver) run(unknownLanguages.has(voice) ? fallbackLanguage : voice)
      }
      void choose()
    },

    stop: () => stopCurrent?.(),

    close() {
      stopCurrent?.()
      return Promise.resolve()
    }
  }
}

/** @param voice Of the engine's own list, or a language tag. */
function start({ text, rateWpm, volumePercent, pitchPercent }: Utterance, voice: string): ChildProcess {
  const sound = ['-s', whole(rateWpm, 80, 450), '-a', whole(volumePercent, 0, 100), '-p', whole(pitchPercent, 0, 99)]
  const child = spawn('espeak-ng', ['--stdin', '-b', '1', '-v', voice, ...sound], { stdio: ['pipe', 'ignore', 'pipe'] })
  // An engine that died before it read everything is reported by its exit.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(text)
  return child
}

/** Columns: priority, language, age and gender, name with underscores for spaces, file. The file is what tells voices apart. */
async function askForVoices(): Promise<VoiceInfo[]> {
  const { stdout } = await promisify(execFile)('espeak-ng', ['--voices'], { timeout: checkLimitMs })
  return stdout.split('\n').flatMap((line) => {
    const [, language, name, file] = /^\s*\d+\s+(\S+)\s+\S+\s+(\S+)\s+([\w/-]+)/u.exec(line) ?? []
    if (language === undefined || name === undefined || file === undefined) return []
    return [{ id: file, name: name.replaceAll('_', ' '), language: languageTag(language) }]
  })
}

function whole(value: number, least: number, most: number): string {
  return String(Math.round(Math.min(Math.max(Number.isFinite(value) ? value : least, least), most)))
}
