import type { Voice } from '#core/ports/speech.ts'
import type { Utterance, VoiceEvent, VoiceInfo } from '#shared/speech.ts'
import type { EventPayload, RequestInput } from '#shared/bridge.ts'
import { provesPlayback } from './playback-proof.ts'
import { languageTag, safeTag } from './voice-list.ts'

/** The page in which speechSynthesis runs. */
export interface SpeechWindow {
  send(order: EventPayload<'speech'>): void
  onEvent(listener: (event: RequestInput<'speech-event'>) => void): void
  /** False if there can be no window. A window that is being closed does not answer. */
  isOpen(): boolean
}

/** A page waits for its engine's list of voices; with speech-dispatcher, Chromium takes seconds. */
const listTimeoutMs = 6000
const beginTimeoutMs = 2000
const checkTimeoutMs = 3000

/**
 * The browser's speech in Descry's window: another way to reach the system's engines. The page's side of it is in the
 * renderer.
 */
export function createWebSpeechVoice(window: SpeechWindow): Voice {
  let orders = 0
  let running: { id: string; tell: (event: VoiceEvent) => void } | null = null
  const asked = new Map<string, (voices: VoiceInfo[]) => void>()

  window.onEvent(({ id, ...event }) => {
    if (event.type === 'voices') asked.get(id)?.(event.voices)
    else if (running?.id !== id) return
    else if (event.type === 'began' || event.type === 'mark') running.tell(event)
    else end(event)
  })

  function end(event: VoiceEvent): void {
    const ended = running
    running = null
    ended?.tell(event)
  }

  function nextId(): string {
    orders += 1
    return String(orders)
  }

  async function list(): Promise<VoiceInfo[]> {
    if (!window.isOpen()) return []
    const id = nextId()
    const voices = await new Promise<VoiceInfo[]>((resolve) => {
      const limit = setTimeout(() => resolve([]), listTimeoutMs)
      asked.set(id, (answer) => {
        clearTimeout(limit)
        resolve(answer)
      })
      window.send({ action: 'list', id })
    })
    asked.delete(id)
    return voices.map(({ id: uri, name, language }) => ({ id: uri, name, language: languageTag(language) }))
  }

  function speak(utterance: Utterance, listener: (event: VoiceEvent) => void): void {
    const id = nextId()
    const fail = (reason: string): void => {
      if (running?.id !== id) return
      // Otherwise it would block the next utterance.
      window.send({ action: 'stop', id })
      end({ type: 'failed', reason })
    }
    // A page that was closed does not report anything.
    const limit = setTimeout(() => fail('The window does not speak.'), beginTimeoutMs)
    running = {
      id,
      tell(event) {
        clearTimeout(limit)
        listener(event)
      }
    }
    const language = safeTag(utterance.language)
    if (window.isOpen()) window.send({ action: 'speak', id, utterance: { ...utterance, language } })
    else setImmediate(() => fail('There is no window.'))
  }

  function stop(): void {
    if (running !== null) window.send({ action: 'stop', id: running.id })
  }

  return {
    name: 'web-speech',
    list,

    /** Without voices a browser begins and ends at once, or never. */
    async check() {
      if ((await list()).length === 0) return false
      return provesPlayback(speak, () => end({ type: 'failed', reason: 'It did not end.' }), checkTimeoutMs)
    },

    speak,
    stop,

    close() {
      stop()
      end({ type: 'stopped' })
      return Promise.resolve()
    }
  }
}
