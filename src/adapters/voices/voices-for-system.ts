import type { Voice } from '#core/ports/speech.ts'
import type { VoiceEvent } from '#shared/speech.ts'
import { createEspeakVoice } from './espeak-ng.ts'
import { createPiperVoice } from './piper.ts'
import { createSayVoice } from './say.ts'
import { createSpeechDispatcherVoice } from './speech-dispatcher.ts'
import { createWebSpeechVoice, type SpeechWindow } from './web-speech.ts'
import { createWindowsSpeechVoice } from './windows-speech.ts'

/**
 * The voices worth trying on a system, best first; the last one only shows text. Nothing is started yet.
 *
 * @param window Needed for the voice in Descry's window.
 */
export function createVoices(system: NodeJS.Platform, window?: SpeechWindow): Voice[] {
  const lastResorts = [...(window ? [createWebSpeechVoice(window)] : []), createSilentVoice()]
  switch (system) {
    case 'darwin':
      return [createSayVoice(system), ...lastResorts]
    case 'win32':
      return [createWindowsSpeechVoice(), createSayVoice(system), ...lastResorts]
    default:
      return [
        createSpeechDispatcherVoice(),
        createEspeakVoice(),
        createPiperVoice(),
        createSayVoice(system),
        ...lastResorts
      ]
  }
}

/** The last resort: text is only shown. Each utterance ends at once. */
export function createSilentVoice(): Voice {
  let cancel: (() => void) | null = null
  return {
    name: 'silent',
    list: () => Promise.resolve([]),
    check: () => Promise.resolve(true),
    speak(_utterance, listener: (event: VoiceEvent) => void) {
      const timer = setImmediate(() => {
        listener({ type: 'began' })
        // The listener may have called stop().
        if (cancel === null) return
        cancel = null
        listener({ type: 'ended' })
      })
      cancel = () => {
        clearImmediate(timer)
        cancel = null
        listener({ type: 'stopped' })
      }
    },
    stop: () => cancel?.(),
    close() {
      cancel?.()
      return Promise.resolve()
    }
  }
}
