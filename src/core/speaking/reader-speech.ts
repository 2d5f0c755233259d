import { asDescryError, type Failure } from '#shared/errors.ts'
import type { ReaderOutput } from '../ports/speech.ts'

/** `dropped`: silenced by the user or by Descry. A failure: the reader did not say it, and cannot. */
export type HandOver = 'said' | 'dropped' | Failure

export interface ReaderUtterance {
  outcome: Promise<HandOver>
  /** Silences it, or removes it before its turn. */
  cancel(): void
}

/** Hands text to screen readers, one utterance at a time and in order. */
export interface ReaderSpeech {
  /** @param language BCP 47. */
  say(output: ReaderOutput, text: string, language: string): ReaderUtterance
  /** The reader says when it is done, and is not done. */
  readonly isSpeaking: boolean
  /** Silences what was handed over; drops the rest. */
  stop(): void
  /** Resolves when everything was handed over or dropped. */
  idle(): Promise<void>
}

/** @param onTaken a reader has accepted this text; `isOver`: it has reported that it is done. */
export function createReaderSpeech(onTaken: (text: string, isOver: boolean) => void): ReaderSpeech {
  let turns: Promise<unknown> = Promise.resolve()
  /** Utterances of an earlier generation have been dropped. */
  let generation = 0
  /** The utterance that the reader got last and may still be saying. */
  let latest: { output: ReaderOutput; isPending: boolean } | null = null

  function stop(): void {
    generation += 1
    // A reader that hangs must not hold up what comes later.
    turns = Promise.resolve()
    latest?.output.stop()
    latest = null
  }

  return {
    say(output, text, language) {
      const born = generation
      let mine: typeof latest = null
      let isCancelled = false

      async function takeTurn(before: Promise<unknown>): Promise<HandOver> {
        await before
        if (isCancelled || born !== generation) return 'dropped'
        mine = latest = { output, isPending: true }
        try {
          const outcome = await output.speak(text, language)
          if (isCancelled || born !== generation) return 'dropped'
          if (outcome !== 'cancelled') {
            onTaken(text, outcome === 'spoken')
            return 'said'
          }
          // The user wants silence, so what waits is dropped, too.
          generation += 1
          return 'dropped'
        } catch (error) {
          return isCancelled || born !== generation ? 'dropped' : asDescryError(error).toFailure()
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
