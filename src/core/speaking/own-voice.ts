import type { Failure } from '#shared/errors.ts'
import type { Priority, SpeechQueue, SpeechStream } from './speech-queue.ts'

/** Descry's own messages are in English, whatever the language of captions. */
export const ownLanguage = 'en'
const outOfReach = 'Your screen reader cannot be reached from here. Descry speaks itself.'
const gone = (readerName: string): string => `${readerName} is gone. Descry speaks itself.`

/** Our own voice; where it speaks in a screen reader's place it says why, once. */
export interface OwnVoice {
  /** @param language BCP 47; without it the captions' language. */
  say(text: string, priority: Priority, language?: string): void
  stream(priority: Priority): SpeechStream
  /** A reader runs that gives us no way to speak through it: told once a run. */
  explainOutOfReach(): void
  /** A reader failed, or ended, in the middle: told once, until it speaks again. */
  explainLoss(failure: Failure | null, readerName: string): void
  /** A reader has taken text. */
  readerSpoke(): void
  /** Speaks, or has something to say. */
  readonly isBusy: boolean
  stop(): void
  idle(): Promise<void>
}

export function createOwnVoice(queue: SpeechQueue, wordsFor: (failure: Failure) => string): OwnVoice {
  let isBusy = false
  let wasOutOfReachTold = false
  let wasLossTold = false

  function noteUse(): void {
    if (isBusy) return
    isBusy = true
    void queue.idle().then(() => (isBusy = false))
  }

  function say(text: string, priority: Priority, language?: string): void {
    queue.say(text, priority, language)
    noteUse()
  }

  return {
    say,
    stream(priority) {
      const stream = queue.stream(priority)
      noteUse()
      return stream
    },
    explainOutOfReach() {
      if (wasOutOfReachTold) return
      wasOutOfReachTold = true
      say(outOfReach, 'normal', ownLanguage)
    },
    explainLoss(failure, readerName) {
      if (wasLossTold) return
      // That it cannot be reached is told with it.
      wasLossTold = wasOutOfReachTold = true
      // The reader may say what it needs, such as a permission.
      const words = failure !== null && failure.code !== 'no-voice' ? wordsFor(failure) : null
      say(words ?? gone(readerName), 'normal', ownLanguage)
    },
    readerSpoke() {
      wasLossTold = false
    },
    get isBusy() {
      return isBusy
    },
    stop: () => queue.stop(),
    idle: () => queue.idle()
  }
}
