import { failure, type Failure } from '#shared/errors.ts'
import type { Clock } from '../ports/time.ts'
import type { Voice } from '../ports/speech.ts'
import { captionLanguageOf, type Settings } from '#shared/settings.ts'
import { completeText, splitSentences } from '../text/sentences.ts'
import { missingVoiceMessage, voiceLanguage } from './language.ts'
import { createPlayback, type CaptionSentence, type Job, type Priority } from './playback.ts'
import { createReading, type Reading } from './reading.ts'
import { createSentenceSpeaker } from './sentence-speaker.ts'
import { speakable } from './speakable.ts'
import { createSpokenPieces, type SpokenPiece } from './spoken-pieces.ts'
import { createVoiceChoice } from './voice-choice.ts'

export type { CaptionSentence, Priority, Reading }

/**
 * A caption, or an answer about a picture, that is spoken while it arrives. What arrives after an interruption is not heard,
 * but repeat() has it. Calls after end() or cancel() do nothing.
 */
export interface SpeechStream {
  say(piece: SpokenPiece): void
  end(): void
  /** Silences this caption and drops the rest of it. */
  cancel(): void
}

export interface SpeechQueueOptions {
  /** In order of preference; the last one is used only when all others fail. */
  voices: Voice[]
  settings: () => Settings
  clock: Clock
  /** No voice could speak a sentence; called once until a voice works again. */
  onFailure?: (failure: Failure) => void
  /** A sentence of a caption is now being spoken; null when none is. */
  onSentence?: (sentence: CaptionSentence | null) => void
}

export interface SpeechQueue {
  /** Tries the voices until one works; resolves with its name. The first utterance calls it if nobody has. */
  open(): Promise<string>
  /** The voice in use, or "none" before one was chosen. */
  readonly voiceName: string
  /** Speaks a message. `language` is BCP 47; without it, the caption language of the settings. */
  say(text: string, priority: Priority, language?: string): void
  /**
   * A caption to come. With priority `now` (the default) it interrupts at once. Its language is detected in its first
   * sentence; if that is not clear, it is the caption language of the settings. `itemId`: the item whose caption it is.
   */
  stream(options?: { priority?: Priority; itemId?: string | null }): SpeechStream
  /** Pause, repeat, move by sentence, and spell, within captions from stream(). */
  readonly reading: Reading
  /** Falls silent, drops everything, and ends a pause. */
  stop(): void
  /** Resolves when nothing is being spoken, waiting, or still to come; a pause is not the end. */
  idle(): Promise<void>
  close(): Promise<void>
}

export function createSpeechQueue(options: SpeechQueueOptions): SpeechQueue {
  const { voices, settings, clock, onFailure, onSentence } = options
  let wasFailureReported = false
  /** Languages of the voice in use; empty while they are unknown. */
  let spokenLanguages: string[] = []
  const reportedMissing = new Set<string>()
  const onVoiceChange = (voice: Voice | null): void => {
    spokenLanguages = []
    void voice?.list().then((listed) => (spokenLanguages = listed.map(({ language }) => language)))
    if (voice !== null && voice.name !== 'silent') wasFailureReported = false
    else if (voices.some((one) => one.name !== 'silent') && !wasFailureReported) {
      wasFailureReported = true
      onFailure?.(failure('no-voice'))
    }
  }
  const choice = createVoiceChoice(voices, clock, () => settings().engine, onVoiceChange)
  const playback = createPlayback(createSentenceSpeaker(choice, settings, clock), (sentence) => onSentence?.(sentence))
  const languageOf = (job: { language: string | undefined }): string => job.language ?? captionLanguageOf(settings())

  function add(job: Omit<Job, 'next' | 'isMoved'>): Job {
    const whole = { ...job, next: 0, isMoved: false }
    playback.add(whole)
    return whole
  }

  /** Said once per language, after the caption. */
  function sayMissingVoice(language: string): void {
    const message = missingVoiceMessage(language)
    if (reportedMissing.has(message)) return
    reportedMissing.add(message)
    const pieces = [{ text: message, sentenceId: null }]
    add({ priority: 'normal', language: 'en', pieces, isOpen: false, isCaption: false, itemId: null })
  }

  return {
    async open() {
      await choice.open()
      return choice.name
    },
    get voiceName() {
      return choice.name
    },
    say(text, priority, language) {
      const spoken = languageOf({ language })
      const pieces = speakablePieces(piecesOf(text, spoken), spoken)
      if (pieces.length > 0) add({ priority, language, pieces, isOpen: false, isCaption: false, itemId: null })
    },
    stream({ priority = 'now', itemId = null } = {}) {
      const job = add({ priority, language: undefined, pieces: [], isOpen: true, isCaption: true, itemId })
      return {
        say(piece) {
          if (!job.isOpen) return
          const isOwn = piece.sentenceId === null
          const fit = isOwn || job.language ? null : voiceLanguage(piece.text, languageOf(job), spokenLanguages)
          if (fit) job.language = fit.language
          job.pieces.push(...speakablePieces([piece], languageOf(job)))
          playback.advance()
          if (fit?.isMissing) sayMissingVoice(fit.language)
        },
        end() {
          if (!job.isOpen) return
          job.isOpen = false
          playback.advance()
        },
        cancel() {
          job.isOpen = false
          playback.drop((other) => other === job)
        }
      }
    },
    reading: createReading(playback, languageOf),
    stop() {
      playback.isHeld = false
      playback.drop(() => true)
    },
    idle: () => playback.idle(),
    async close() {
      playback.close()
      await Promise.all(voices.map((voice) => voice.close()))
    }
  }
}

/** A complete text of Descry's own. */
function piecesOf(text: string, language: string): SpokenPiece[] {
  const pieces = createSpokenPieces({ hasEarlyClause: () => false })
  return pieces
    .read(completeText(text, splitSentences(text, language)))
    .map((piece) => ({ text: piece.text, sentenceId: null }))
}

function speakablePieces(pieces: SpokenPiece[], language: string): SpokenPiece[] {
  // Without a letter, digit, or symbol ("—", "...") an engine is silent or complains.
  return pieces
    .map(({ text, sentenceId }) => ({ text: speakable(text, language), sentenceId }))
    .filter(({ text }) => /[\p{L}\p{N}\p{S}]/u.test(text))
}
