import type { Voice } from '#core/ports/speech.ts'
import { createEspeakVoice } from './espeak-ng.ts'
import { createPiperVoice } from './piper.ts'
import { createSayVoice } from './say.ts'
import { createSilentVoice } from './silent.ts'
import { createSpeechDispatcherVoice } from './speech-dispatcher.ts'
import { createWebSpeechVoice, type SpeechWindow } from './web-speech.ts'
import { createWindowsSpeechVoice } from './windows-speech.ts'

/**
 * The voices worth trying on a system, best first; the last shows text only. Nothing is started yet.
 *
 * @param window For the voice in Descry's window; without it there is none.
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
