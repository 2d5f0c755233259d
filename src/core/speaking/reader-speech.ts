import { asDescryError, type Failure } from '#shared/errors.ts'
import type { ReaderOutput } from '../ports/speech.ts'

/** `dropped`: silenced by the user or by us. A failure: the reader has not said it, and cannot. */
export type HandOver = 'said' | 'dropped' | Failure

export interface ReaderUtterance {
  outcome: Promise<HandOver>
  /** Silences it, or takes it back before its turn. */
  cancel(): void
}

/** Gives text to screen readers, one utterance at a time and in order. */
export interface ReaderSpeech {
  /** @param language BCP 47. */
  say(output: ReaderOutput, text: string, language: string): ReaderUtterance
  /** The reader tells when it is done, and is not. */
  readonly isSpeaking: boolean
  /** Silences what was handed over; drops the rest. */
  stop(): void
  /** Resolves when everything was handed over or dropped. */
  idle(): Promise<void>
}

/** @param onTaken a reader has taken this text; `isOver`: it told that it has said it. */
export function createReaderSpeech(onTaken: (text: string, isOver: boolean) => void): ReaderSpeech {
  let turns: Promise<unknown> = Promise.resolve()
  /** Counts what drops all that waits. */
  let era = 0
  /** The utterance that the reader got last, and may still be saying. */
  let latest: { output: ReaderOutput; isPending: boolean } | null = null

  function stop(): void {
    era += 1
    // A reader that hangs must not keep from the ear what comes later.
    turns = Promise.resolve()
    latest?.output.stop()
    latest = null
  }

  return {
    say(output, text, language) {
      const born = era
      let mine: typeof latest = null
      let isCancelled = false

      async function takeTurn(before: Promise<unknown>): Promise<HandOver> {
        await before
        if (isCancelled || born !== era) return 'dropped'
        mine = latest = { output, isPending: true }
        try {
          const outcome = await output.speak(text, language)
          if (isCancelled || born !== era) return 'dropped'
          if (outcome !== 'cancelled') {
            onTaken(text, outcome === 'spoken')
            return 'said'
          }
          // The user wants silence: what waits would be talking back.
          era += 1
          return 'dropped'
        } catch (error) {
          return isCancelled || born !== era ? 'dropped' : asDescryError(error).toFailure()
        } finally {
          mine.isPending = false
        }
      }

      const outcome = takeTurn(turns)
      turns = outcome
      return {
        outcome,
        cancel() {
          if (isCancelled) return
          isCancelled = true
          if (mine !== null && mine === latest) output.stop()
        }
      }
    },
    get isSpeaking() {
      return latest?.isPending ?? false
    },
    stop,
    async idle() {
      for (let last: unknown = null; last !== turns;) await (last = turns)
    }
  }
}
