import type { Earcon } from '#shared/earcons.ts'
import type { Utterance, VoiceEvent, VoiceInfo } from '#shared/speech.ts'

/*
 * Voices, screen readers and sounds, as core needs it. One adapter implements each port for real; tests use fakes that pass the same contract suite.
 * A port rejects with a DescryError, or an AbortError when its signal fired, and with nothing else.
 */

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
