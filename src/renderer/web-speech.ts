import type { Bridge, EventPayload, RequestInput } from '#shared/bridge.ts'

type SpeakOrder = Extract<EventPayload<'speech'>, { action: 'speak' }>
type SpeechEvent = RequestInput<'speech-event'>

/** Chromium asks the engine for its voices only when a page asks for them, and may take seconds to get them. */
const voicesLimitMs = 5000

/**
 * Speaks what the main process requests, using the browser's speechSynthesis. See src/adapters/voices/web-speech.ts.
 */
export function startWebSpeech(bridge: Bridge): void {
  const engine = window.speechSynthesis
  // Chromium drops the listeners of an utterance that is no longer referenced.
  let running: { id: string; utterance: SpeechSynthesisUtterance } | null = null

  const report = (event: SpeechEvent): void => void bridge.request('speech-event', event)

  /** Reports the end of the running utterance, once; later events are ignored. */
  function end(id: string, type: 'ended' | 'stopped'): void {
    if (running?.id !== id) return
    running = null
    report({ id, type })
  }

  function fail(id: string, reason: string): void {
    if (running?.id !== id) return
    running = null
    report({ id, type: 'failed', reason })
  }

  function speak({ id, utterance: wanted }: SpeakOrder): void {
    const utterance = new SpeechSynthesisUtterance(wanted.text)
    const voice = engine.getVoices().find(({ voiceURI }) => voiceURI === wanted.voice)
    if (voice) utterance.voice = voice
    utterance.lang = voice?.lang ?? wanted.language
    utterance.rate = clamped(wanted.rateWpm / 175, 0.1, 10)
    utterance.pitch = clamped(wanted.pitchPercent / 50, 0, 2)
    utterance.volume = clamped(wanted.volumePercent / 100, 0, 1)
    utterance.addEventListener('start', () => {
      if (running?.id === id) report({ id, type: 'began' })
    })
    utterance.addEventListener('boundary', ({ charIndex }) => {
      if (running?.id === id) report({ id, type: 'mark', character: charIndex })
    })
    utterance.addEventListener('end', () => end(id, 'ended'))
    utterance.addEventListener('error', ({ error }) => {
      if (error === 'canceled' || error === 'interrupted') end(id, 'stopped')
      else fail(id, error)
    })
    running = { id, utterance }
    engine.speak(utterance)
  }

  async function list(id: string): Promise<void> {
    if (engine.getVoices().length === 0) {
      await new Promise((resolve) => {
        engine.addEventListener('voiceschanged', resolve, { once: true })
        setTimeout(resolve, voicesLimitMs)
      })
    }
    // speech-dispatcher lists each voice a hundred times more, as "German+Adam": too many to choose from.
    const plainVoices = engine.getVoices().filter(({ name }) => !name.includes('+'))
    const voices = plainVoices.map(({ voiceURI, name, lang }) => ({ id: voiceURI, name, language: lang }))
    report({ id, type: 'voices', voices })
  }

  bridge.on('speech', (order) => {
    if (order.action === 'list') void list(order.id)
    else if (order.action === 'speak') speak(order)
    else {
      engine.cancel()
      // An utterance that has not begun yet would end without an event.
      end(order.id, 'stopped')
    }
  })
  window.addEventListener('pagehide', () => {
    engine.cancel()
    if (running) fail(running.id, 'The window was closed.')
  })
}

function clamped(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most)
}
