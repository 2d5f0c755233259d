import type { Terminal } from './terminal.ts'
import type { Dependencies } from '#app/dependencies.ts'
import { createSpeechQueue, type SpeechQueue } from '#core/speaking/speech-queue.ts'
import type { Settings } from '#shared/settings.ts'

/** Descry's own voice for one run of the command line; Ctrl-C silences it. Close it before the process ends. */
export function openSpeech(
  dependencies: Dependencies,
  settings: Settings,
  terminal: Terminal,
  onMute?: () => void
): SpeechQueue {
  const queue = createSpeechQueue({
    voices: dependencies.voices,
    settings: () => settings,
    clock: dependencies.clock,
    onFailure({ message, next }) {
      terminal.tell(`${message} ${next}`)
      onMute?.()
    }
  })
  terminal.signal.addEventListener('abort', () => queue.stop(), { once: true })
  // Found while the rest gets ready.
  void queue.open()
  return queue
}
