import type { VoiceEvent } from '#shared/speech.ts'

/** The current utterance of a voice that starts a process for each one. */
export interface CurrentUtterance {
  readonly isOver: boolean
  readonly isStopped: boolean
  /** Reports how it ended. Only the first report counts, and after a stop the result is always `stopped`. */
  finish(event: VoiceEvent): void
  /** Sets what stop() does, for an utterance that cannot end at once. Its process must then call finish(). */
  stopWith(kill: () => void): void
}

export interface UtteranceSlot {
  begin(listener: (event: VoiceEvent) => void): CurrentUtterance
  stop(): void
}

export function createUtteranceSlot(): UtteranceSlot {
  let stopCurrent: (() => void) | null = null
  return {
    begin(listener) {
      let isOver = false
      let isStopped = false
      let kill: (() => void) | null = null
      const utterance: CurrentUtterance = {
        get isOver() {
          return isOver
        },
        get isStopped() {
          return isStopped
        },
        finish(event) {
          if (isOver) return
          isOver = true
          stopCurrent = null
          listener(isStopped ? { type: 'stopped' } : event)
        },
        stopWith: (newKill) => (kill = newKill)
      }
      stopCurrent = () => {
        isStopped = true
        if (kill) kill()
        else utterance.finish({ type: 'stopped' })
      }
      return utterance
    },
    stop: () => stopCurrent?.()
  }
}
