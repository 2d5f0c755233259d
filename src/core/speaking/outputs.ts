import type { Failure } from '#shared/errors.ts'
import type { Clock } from '../ports/time.ts'
import type { ReaderOutput } from '../ports/speech.ts'
import { createOwnVoice, type OwnVoice } from './own-voice.ts'
import { createReaderSpeech, type ReaderUtterance } from './reader-speech.ts'
import type { SpeechQueue } from './speech-queue.ts'

export type Urgency = 'polite' | 'assertive'
/** Puts text into the window's live region. */
export type ToWindow = (text: string, urgency: Urgency) => void

/** The three places where Descry can be heard. */
export interface Outputs {
  toWindow: ToWindow
  /** @param language BCP 47. */
  toReader(output: ReaderOutput, text: string, language: string): ReaderUtterance
  voice: OwnVoice
  /** Descry is speaking somewhere, as far as it can tell. */
  isAudible(): boolean
  /** Silences all of them. */
  stop(): void
  idle(): Promise<void>
}

/** How long a screen reader may take that does not say when it is done; slower than most people set it. */
const msPerCharacter = 65

export function createOutputs(options: {
  queue: SpeechQueue
  toWindow: ToWindow
  wordsFor: (failure: Failure) => string
  clock: Clock
}): Outputs {
  const { clock } = options
  const voice = createOwnVoice(options.queue, options.wordsFor)
  const readerSpeech = createReaderSpeech((text, isOver) => {
    voice.readerSpoke()
    if (!isOver) expectToHear(text)
  })
  let quietFromMs = -Infinity

  function expectToHear(text: string): void {
    quietFromMs = Math.max(clock.nowMs(), quietFromMs) + text.length * msPerCharacter
  }

  return {
    voice,
    toWindow(text, urgency) {
      options.toWindow(text, urgency)
      expectToHear(text)
    },
    toReader: (output, text, language) => readerSpeech.say(output, text, language),
    isAudible: () => voice.isBusy || readerSpeech.isSpeaking || clock.nowMs() < quietFromMs,
    stop() {
      quietFromMs = -Infinity
      voice.stop()
      readerSpeech.stop()
    },
    async idle() {
      await readerSpeech.idle()
      await voice.idle()
    }
  }
}
