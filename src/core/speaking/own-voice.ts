import { asDescryError, type Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { ReaderOutput } from '../ports/speech.ts'
import type { Priority, SpeechQueue, SpeechStream } from './speech-queue.ts'

/** Descry's own messages are in English, whatever language captions are in. */
export const ownLanguage = 'en'

function readerStopped(reader: string): string {
  return `${t('speech.reader-stopped', { reader })} ${t('speech.reader-stopped.next')}`
}

/** Descry's own voice. When it speaks in place of a screen reader it says why, once. */
export interface OwnVoice {
  /** @param language BCP 47; without it, the language of captions. */
  say(text: string, priority: Priority, language?: string): void
  stream(priority: Priority, itemId: string | null): SpeechStream
  /** A screen reader is running that Descry cannot speak through: said once a run. @param deaf its interface, if any. */
  explainOutOfReach(deaf: ReaderOutput | null): void
  /** A screen reader failed or stopped in mid-caption: said once, until it speaks again. */
  explainLoss(failure: Failure | null, readerName: string): void
  /** A caption is heard elsewhere, so pause, repeat, and the like must not work on an older one. */
  forgetCaption(): void
  /** A screen reader has accepted text. */
  readerSpoke(): void
  /** It is speaking or has something to say. */
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

  /** A check only says no. The reason, such as a missing permission, comes from an attempt to speak. */
  async function whyOutOfReach(deaf: ReaderOutput | null): Promise<string | null> {
    if (deaf === null) return t('speech.reader-unreachable')
    await queue.idle()
    try {
      await deaf.speak(t('speech.reader-reached', { reader: deaf.readerName }), ownLanguage)
      return null
    } catch (error) {
      return neededBy(asDescryError(error).toFailure()) ?? t('speech.reader-unreachable')
    }
  }

  /** What the reader needs, such as a permission; null when it is simply not there. */
  function neededBy(failure: Failure | null): string | null {
    return failure === null || failure.code === 'no-voice' ? null : wordsFor(failure)
  }

  return {
    say,
    stream(priority, itemId) {
      const stream = queue.stream({ priority, itemId })
      noteUse()
      return stream
    },
    explainOutOfReach(deaf) {
      if (wasOutOfReachTold) return
      wasOutOfReachTold = true
      void whyOutOfReach(deaf).then((why) => why !== null && say(why, 'normal', ownLanguage))
    },
    explainLoss(failure, readerName) {
      if (wasLossTold) return
      // This also says that it cannot be reached.
      wasLossTold = wasOutOfReachTold = true
      say(neededBy(failure) ?? readerStopped(readerName), 'normal', ownLanguage)
    },
    forgetCaption: () => queue.reading.forget(),
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
