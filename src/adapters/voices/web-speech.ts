import type { Voice } from '#core/ports/speech.ts'
import type { Utterance, VoiceEvent, VoiceInfo } from '#shared/speech.ts'
import type { EventPayload, RequestInput } from '#shared/bridge.ts'
import { provesPlayback } from './playback-proof.ts'
import { languageTag, safeTag } from './voice-list.ts'

/** The page in which speechSynthesis runs, and how it is reached. */
export interface SpeechWindow {
  send(order: EventPayload<'speech'>): void
  onEvent(listener: (event: RequestInput<'speech-event'>) => void): void
  /** False where there can be no window. One that is closed just now does not answer. */
  isOpen(): boolean
}

/** A page waits for its engine to list its voices; Chromium has speech-dispatcher's after seconds. */
const listLimitMs = 6000
const beginLimitMs = 2000
const checkLimitMs = 3000

/**
 * The browser's own speech in Descry's window: the engines of the system by another way. src/renderer/web-speech.ts is
 * its other half.
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
      const limit = setTimeout(() => resolve([]), listLimitMs)
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
      // Or it would block what comes after it.
      window.send({ action: 'stop', id })
      end({ type: 'failed', reason })
    }
    // A page that went away does not tell.
    const limit = setTimeout(() => fail('The window does not speak.'), beginLimitMs)
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
      return provesPlayback(speak, () => end({ type: 'failed', reason: 'It did not end.' }), checkLimitMs)
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
