import type { Earcon } from '#shared/earcons.ts'
import type { Utterance, VoiceEvent, VoiceInfo } from '#shared/speech.ts'

/*
 * The ports for voices, screen readers and sounds. Each has one real adapter; tests use fakes that pass the same
 * contract suite. Ports reject only with a DescryError, or with an AbortError if their signal is aborted.
 */

/** One speech engine. Speaks one utterance at a time; the queue waits for ended, stopped or failed. */
export interface Voice {
  /** Name shown to people and used in settings: "speech-dispatcher", "espeak-ng", "say", "silent" … */
  readonly name: string
  /** Proves that sound comes out (at volume 0: begin and end events or audio data). Never throws. */
  check(): Promise<boolean>
  /** The engine's voices; empty if it has only one or cannot list them. Never throws. */
  list(): Promise<VoiceInfo[]>
  /** `listener` gets began and marks (if the engine has them), then one of ended, stopped, failed. Never throws. */
  speak(utterance: Utterance, listener: (event: VoiceEvent) => void): void
  /** Silent within 50 ms; the current utterance ends as `stopped`. Does nothing if nothing is being spoken. */
  stop(): void
  close(): Promise<void>
}

export interface ScreenReaderDetector {
  /** "Orca" or "NVDA", for example; null if none is running. Fast enough to call before each caption. */
  running(): Promise<string | null>
}

/** Unprompted messages are not spoken when others may hear them or the user is away (behavior B12). */
export interface Presence {
  /**
   * True while a microphone or screen sharing is in use, or the screen is locked; false if this can't be found out in
   * time. Fast enough to call before each message; never rejects.
   */
  isShared(): Promise<boolean>
}

/** Speaks through a running screen reader, so that there is one voice and one braille display (behavior B2, B3, B13). */
export interface ReaderOutput {
  /** The name that ScreenReaderDetector gives this reader: "Orca", "NVDA" … */
  readonly readerName: string
  /** Checks silently that the reader accepts text from Descry right now. Never throws. */
  check(): Promise<boolean>
  /**
   * Hands over one utterance, for speech and braille. `cancelled`: the user silenced the reader before it was done;
   * `handed-over`: this reader doesn't report when it is done. Rejects with no-voice if the reader is gone.
   */
  speak(text: string, language: string): Promise<'spoken' | 'cancelled' | 'handed-over'>
  /** Silences what was handed over, if the reader supports that. */
  stop(): void
  close(): Promise<void>
}

/** Plays Descry's short sounds. */
export interface EarconPlayer {
  /** Never throws. A sound that can't be played is skipped silently; the text that goes with it is not. */
  play(earcon: Earcon, volumePercent: number): void
  close(): Promise<void>
}
