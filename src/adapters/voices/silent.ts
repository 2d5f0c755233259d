import type { Voice } from '#core/ports/speech.ts'
import type { VoiceEvent } from '#shared/speech.ts'

/** The last resort: text is shown only. Each utterance ends at once. */
export function createSilentVoice(): Voice {
  let cancel: (() => void) | null = null
  return {
    name: 'silent',
    list: () => Promise.resolve([]),
    check: () => Promise.resolve(true),
    speak(_utterance, listener: (event: VoiceEvent) => void) {
      const timer = setImmediate(() => {
        listener({ type: 'began' })
        // The listener may stop us.
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
