import type { Earcon } from '#shared/earcons.ts'

/*
 * Voices, screen readers and sounds, as core needs it. One adapter implements each port for real; tests use fakes that pass the same contract suite.
 * A port rejects with a DescryError, or an AbortError when its signal fired, and with nothing else.
 */

export interface Utterance {
  /** Already speakable: no Markdown, no control characters. */
  text: string
  /** BCP 47. */
  language: string
  rateWpm: number
  volumePercent: number
  /** 50 is the voice's own. */
  pitchPercent: number
  /** Id of one of the engine's voices; null lets the engine choose by language. An unknown id counts as null. */
  voice: string | null
}

/** One voice of an engine. */
export interface VoiceInfo {
  id: string
  /** For people. */
  name: string
  /** BCP 47. */
  language: string
}

export type VoiceEvent =
  | { type: 'began' }
  /** Speech has reached this character of the text, where the engine tells; at a word's or sentence's beginning. */
  | { type: 'mark'; character: number }
  /** The engine finished this utterance. */
  | { type: 'ended' }
  /** stop() or cancel reached the engine. */
  | { type: 'stopped' }
  | { type: 'failed'; reason: string }

/** One speech engine. Speaks one utterance at a time; the queue waits for ended, stopped or failed. */
export interface Voice {
  /** For people and for settings: "speech-dispatcher", "espeak-ng", "say", "silent" … */
  readonly name: string
  /** Proves that sound comes out (at volume 0: begin and end events or audio data). Never throws. */
  check(): Promise<boolean>
  /** The engine's voices; empty where it has no choice or cannot be asked. Never throws. */
  list(): Promise<VoiceInfo[]>
  /** `listener` gets began and marks (where the engine tells), then exactly one of ended, stopped, failed. Never throws. */
  speak(utterance: Utterance, listener: (event: VoiceEvent) => void): void
  /** Silence within 50 ms; the running utterance ends as `stopped`. Nothing to stop is fine. */
  stop(): void
  close(): Promise<void>
}

export interface ScreenReaderDetector {
  /** Name such as "Orca" or "NVDA", or null. Cheap enough to ask before each caption. */
  running(): Promise<string | null>
}

/** What comes by itself is not spoken where others may hear it, nor into a room that its user has left (behavior B12). */
export interface Presence {
  /**
   * True while a microphone or screen sharing is in use, or the screen is locked; false where nobody tells in time. Cheap
   * enough to ask before each message; never rejects.
   */
  isShared(): Promise<boolean>
}

/** Speaks through a running screen reader, so that there is one voice and one braille display (behavior B2, B3, B13). */
export interface ReaderOutput {
  /** The reader as ScreenReaderDetector names it: "Orca", "NVDA" … */
  readonly readerName: string
  /** Proves, without a sound, that the reader takes text from us now. Never throws. */
  check(): Promise<boolean>
  /**
   * Hands over one utterance, for speech and braille. `cancelled`: the user silenced the reader before it was done;
   * `handed-over`: this reader does not tell. Rejects with no-voice when the reader is gone.
   */
  speak(text: string, language: string): Promise<'spoken' | 'cancelled' | 'handed-over'>
  /** Silences what we handed over, where the reader can. */
  stop(): void
  close(): Promise<void>
}

/** Plays Descry's short sounds. */
export interface EarconPlayer {
  /** Never throws; a sound that cannot be played is missed in silence, its text twin is not. */
  play(earcon: Earcon, volumePercent: number): void
  close(): Promise<void>
}
