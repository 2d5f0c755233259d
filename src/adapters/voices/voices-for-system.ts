import type { Voice } from '#core/ports.ts'
import { createEspeakVoice } from './espeak-ng.ts'
import { createSilentVoice } from './silent.ts'

/** The voices worth trying on a system, best first; the last shows text only. Nothing is started yet. */
export function createVoices(system: NodeJS.Platform): Voice[] {
  switch (system) {
    case 'darwin':
    case 'win32':
      return [createSilentVoice()]
    default:
      return [createEspeakVoice(), createSilentVoice()]
  }
}
