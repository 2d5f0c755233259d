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
 * A caption, or an answer about a picture, that is spoken while it arrives. What comes after an interruption is not heard,
 * but repeat() knows it; calls after end or cancel do nothing.
 */
export interface SpeechStream {
  say(piece: SpokenPiece): void
  end(): void
  /** Silences what this stream is saying and drops the rest. */
  cancel(): void
}

export interface SpeechQueueOptions {
  /** In order of preference; the last one is the last resort. */
  voices: Voice[]
  settings: () => Settings
  clock: Clock
  /** A sentence could not be spoken aloud by any voice; told once until a voice sounds again. */
  onFailure?: (failure: Failure) => void
  /** A sentence of a caption begins to be spoken; null: none is being spoken any more. */
  onSentence?: (sentence: CaptionSentence | null) => void
}

export interface SpeechQueue {
  /** Tries the voices until one proves to sound; resolves with its name. Called by the first utterance if not before. */
  open(): Promise<string>
  /** The voice in use, or "none" before one was tried. */
  readonly voiceName: string
  /** A message. `language` is BCP 47; without it the caption language of the settings. */
  say(text: string, priority: Priority, language?: string): void
  /**
   * A caption to come; with priority `now` (the default) it interrupts at once. Its first sentence tells its language, in
   * doubt the caption language of the settings. `itemId`: the item whose caption it is, for the window to highlight.
   */
  stream(options?: { priority?: Priority; itemId?: string | null }): SpeechStream
  /** Pause, repeat, move by sentence and spell, in what came by stream(). */
  readonly reading: Reading
  /** Silence now; drops everything and ends a pause. */
  stop(): void
  /** Resolves when nothing is being spoken, waits or is still to come; a pause is not the end. */
  idle(): Promise<void>
  close(): Promise<void>
}

export function createSpeechQueue(options: SpeechQueueOptions): SpeechQueue {
  const { voices, settings, clock, onFailure, onSentence } = options
  let wasFailureTold = false
  /** Languages of the voice in use; empty while they are not known. */
  let spokenLanguages: string[] = []
  const missingTold = new Set<string>()
  const onVoiceChange = (voice: Voice | null): void => {
    spokenLanguages = []
    void voice?.list().then((listed) => (spokenLanguages = listed.map(({ language }) => language)))
    if (voice !== null && voice.name !== 'silent') wasFailureTold = false
    else if (voices.some((one) => one.name !== 'silent') && !wasFailureTold) {
      wasFailureTold = true
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

  /** Told once a language, after the caption. */
  function tellMissingVoice(language: string): void {
    const message = missingVoiceMessage(language)
    if (missingTold.has(message)) return
    missingTold.add(message)
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
          if (fit?.isMissing) tellMissingVoice(fit.language)
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
  // What has no letter, digit or symbol ("—", "...") would be silence, or an engine's complaint.
  return pieces
    .map(({ text, sentenceId }) => ({ text: speakable(text, language), sentenceId }))
    .filter(({ text }) => /[\p{L}\p{N}\p{S}]/u.test(text))
}
