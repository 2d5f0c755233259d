import type { SpeechWindow } from '#adapters/voices/web-speech.ts'
import type { EventPayload, RequestInput } from '#shared/bridge.ts'

/** Joins the voice in the window, which is made with the other dependencies, to the window of a host that comes later. */
export interface ConnectableSpeechWindow extends SpeechWindow {
  /** Not called where no window can be. */
  connect(send: (order: EventPayload<'speech'>) => void): void
  /** An event from the window. */
  take(event: RequestInput<'speech-event'>): void
}

export function createSpeechWindow(): ConnectableSpeechWindow {
  let send: ((order: EventPayload<'speech'>) => void) | null = null
  let listener: ((event: RequestInput<'speech-event'>) => void) | null = null
  return {
    isOpen: () => send !== null,
    send: (order) => send?.(order),
    onEvent(heard) {
      listener = heard
    },
    connect(sendToHost) {
      send = sendToHost
    },
    take: (event) => listener?.(event)
  }
}
