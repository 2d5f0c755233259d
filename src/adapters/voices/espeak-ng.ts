import type { ChildProcess } from 'node:child_process'
import type { Voice } from '#core/ports/speech.ts'
import type { Utterance, VoiceInfo } from '#shared/speech.ts'
import { endProgram } from '../programs/reaper.ts'
import { programText } from '../programs/run-program.ts'
import { startProgram } from '../programs/start-program.ts'
import { createUtteranceSlot } from './current-utterance.ts'
import { provesProcessPlayback, silence } from './playback-proof.ts'
import { createVoiceList, languageTag, safeTag } from './voice-list.ts'

/** A sound server may take seconds to play its buffer to the end, and longer on a busy computer; without one it fails at once. */
const checkTimeoutMs = 8000
const listTimeoutMs = 3000
const fallbackLanguage = 'en'

/** espeak-ng, one process per utterance. The text goes in through stdin, never onto the command line. */
export function createEspeakVoice(): Voice {
  const slot = createUtteranceSlot()
  const unknownLanguages = new Set<string>()
  const voices = createVoiceList(askForVoices)

  return {
    name: 'espeak-ng',

    list: () => voices.all(),

    check() {
      const child = start(silence, fallbackLanguage)
      return provesProcessPlayback(child, () => endProgram(child), checkTimeoutMs)
    },

    speak(utterance, listener) {
      const current = slot.begin(listener)
      let hasBegun = false
      const run = (voice: string): void => {
        const child = start(utterance, voice)
        let complaint = ''
        child.stderr?.on('data', (chunk: Buffer) => (complaint = `${complaint}${chunk.toString()}`.slice(0, 500)))
        child.once('spawn', () => {
          if (!hasBegun) listener({ type: 'began' })
          hasBegun = true
        })
        child.once('error', (error) => current.finish({ type: 'failed', reason: error.message }))
        child.once('close', (code, signal) => {
          const isVoiceMissing = complaint.includes('voice does not exist') && voice !== fallbackLanguage
          if (code === 0) current.finish({ type: 'ended' })
          else if (isVoiceMissing && !current.isStopped) {
            // The wrong pronunciation is better than silence.
            unknownLanguages.add(voice)
            run(fallbackLanguage)
          } else
            current.finish({ type: 'failed', reason: `espeak-ng ended with ${code ?? signal}. ${complaint}`.trim() })
        })
        current.stopWith(() => endProgram(child))
      }
      const choose = async (): Promise<void> => {
        const chosen = await voices.find(utterance.voice)
        const voice = chosen?.id ?? safeTag(utterance.language).toLowerCase()
        if (!current.isOver) run(unknownLanguages.has(voice) ? fallbackLanguage : voice)
      }
      void choose()
    },

    stop: () => slot.stop(),

    close() {
      slot.stop()
      return Promise.resolve()
    }
  }
}

/** @param voice From the engine's own list, or a language tag. */
function start({ text, rateWpm, volumePercent, pitchPercent }: Utterance, voice: string): ChildProcess {
  const sound = ['-s', whole(rateWpm, 80, 450), '-a', whole(volumePercent, 0, 100), '-p', whole(pitchPercent, 0, 99)]
  const child = startProgram('espeak-ng', ['--stdin', '-b', '1', '-v', voice, ...sound], {
    stdio: ['pipe', 'ignore', 'pipe']
  })
  // If the engine dies before it has read everything, its exit reports it.
  child.stdin?.on('error', () => undefined)
  child.stdin?.end(text)
  return child
}

/** Columns: priority, language, age and gender, name with underscores for spaces, file. Only the file identifies a voice. */
async function askForVoices(): Promise<VoiceInfo[]> {
  const list = await programText('espeak-ng', ['--voices'], { timeoutMs: listTimeoutMs })
  return list.split('\n').flatMap((line) => {
    const [, language, name, file] = /^\s*\d+\s+(\S+)\s+\S+\s+(\S+)\s+([\w/-]+)/u.exec(line) ?? []
    if (language === undefined || name === undefined || file === undefined) return []
    return [{ id: file, name: name.replaceAll('_', ' '), language: languageTag(language) }]
  })
}

function whole(value: number, least: number, most: number): string {
  return String(Math.round(Math.min(Math.max(Number.isFinite(value) ? value : least, least), most)))
}
