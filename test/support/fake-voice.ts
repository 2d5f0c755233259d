import type { Voice } from '#core/ports/speech.ts'
import type { Utterance, VoiceEvent } from '#shared/speech.ts'

/** A voice whose engine is controlled by the test. It passes the same contract suite as the real ones. */
export interface FakeVoice extends Voice {
  /** Every utterance it was given, oldest first; those of check() are not counted. */
  readonly spoken: Utterance[]
  /** Texts of `spoken`. */
  readonly texts: string[]
  readonly isSpeaking: boolean
  /** What check() returns. */
  sounds: boolean
  checks: number
  /** Whether it obeys stop(); false simulates an engine that hangs. */
  obeysStop: boolean
  begin(): void
  finish(): void
  /** The engine dies; the voice can speak again afterwards. */
  fail(): void
}

/** @param isHandDriven If true, an utterance lasts until finish(); otherwise it ends by itself in the next turn. */
export function createFakeVoice(name: string, { isHandDriven = true, sounds = true } = {}): FakeVoice {
  let listener: ((event: VoiceEvent) => void) | null = null
  const spoken: Utterance[] = []
  const end = (event: VoiceEvent): void => {
    const told = listener
    listener = null
    told?.(event)
  }
  const voice: FakeVoice = {
    name,
    spoken,
    sounds,
    checks: 0,
    obeysStop: true,
    get texts() {
      return spoken.map(({ text }) => text)
    },
    get isSpeaking() {
      return listener !== null
    },
    list: () => Promise.resolve([]),
    check() {
      voice.checks += 1
      return Promise.resolve(voice.sounds)
    },
    speak(utterance, heard) {
      spoken.push(utterance)
      listener = heard
      if (isHandDriven) return
      setImmediate(() => {
        if (listener !== heard) return
        heard({ type: 'began' })
        setTimeout(() => {
          if (listener === heard) end({ type: 'ended' })
          // Long enough to be stopped in the middle by a test that a busy machine holds up.
        }, 150)
      })
    },
    stop() {
      const stopped = listener
      if (!voice.obeysStop || stopped === null) return
      setImmediate(() => {
        if (listener === stopped) end({ type: 'stopped' })
      })
    },
    begin: () => listener?.({ type: 'began' }),
    finish: () => end({ type: 'ended' }),
    fail: () => end({ type: 'failed', reason: 'The engine died.' }),
    close() {
      end({ type: 'stopped' })
      return Promise.resolve()
    }
  }
  return voice
}
