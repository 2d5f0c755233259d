import type { Failure } from '#shared/errors.ts'
import { messages } from '#shared/messages.ts'
import type { Settings } from '#shared/settings.ts'
import type { Clock, ScreenReaderDetector } from '../ports.ts'
import {
  createCaption,
  joinSentences,
  type CaptionAnnouncement,
  type LiveCaption,
  type Outlet
} from './caption-announcement.ts'
import { createFailureWords } from './failure-words.ts'
import { speakable } from './speakable.ts'
import type { Priority, SpeechQueue } from './speech-queue.ts'

export type { CaptionAnnouncement }

/** Whether the user asked for it, or it came by itself. */
export type Cause = 'command' | 'watcher'
export type Kind = 'answer' | 'watcher' | 'progress'
export type Urgency = 'polite' | 'assertive'

export interface Announcer {
  /**
   * Begin it when the request begins: a command silences what is being said, and after 12 s without a sentence
   * "Still waiting" is said once. A watcher's caption waits for the answer to a command, and replaces another watcher's.
   */
  caption(cause?: Cause): CaptionAnnouncement
  /** An `answer` (in the captions' language) interrupts; the others are Descry's own English messages and wait. */
  say(text: string, kind: Kind): void
  fail(failure: Failure, cause?: Cause): void
  /** Silence; drops everything that was to be said. */
  stop(): void
  /** Resolves when everything has been handed over and, in our own voice, spoken. */
  idle(): Promise<void>
  close(): void
}

export interface AnnouncerOptions {
  queue: SpeechQueue
  screenReader: ScreenReaderDetector
  settings: () => Settings
  isWindowFocused: () => Promise<boolean>
  /** Puts text into the window's live region. */
  toWindow: (text: string, urgency: Urgency) => void
  clock: Clock
}

/** Who says it: the window's live region (and so the screen reader), our own voice (also for a reader), or nobody. */
type Route = 'window' | 'voice' | 'voice-for-reader' | 'nobody'

const stillWaitingAfterMs = 12_000
/** Descry's own messages are in English, whatever the language of captions. */
const ownLanguage = 'en'
const readerOutOfReach = 'Your screen reader cannot be reached from here. Descry speaks itself.'

/** Decides who speaks, so that each thing is heard exactly once; docs/speech.md tells the rules. */
export function createAnnouncer(options: AnnouncerOptions): Announcer {
  const { queue, screenReader, settings, isWindowFocused, toWindow, clock } = options
  const wordsFor = createFailureWords(clock)
  const captions = new Map<LiveCaption, Cause>()
  let wasReaderMissed = false
  /** Messages keep their order although each route is found asynchronously. */
  let messagesInOrder: Promise<void> = Promise.resolve()
  /** Counts interruptions: a message from before the last one is not said any more. */
  let era = 0
  let openCaptions = 0
  let sleepers: (() => void)[] = []

  async function findRoute(cause: Cause, runningReader = screenReader.running()): Promise<Route> {
    const { speaker } = settings()
    // A host that cannot tell must not make Descry mute.
    const [reader, isFocused] = await Promise.all([runningReader, isWindowFocused().catch(() => false)])
    const silentRoute = isFocused ? 'window' : 'nobody'
    if (speaker === 'silent') return silentRoute
    // Without a known reader the live region stays empty: a reader that went unnoticed would say everything twice.
    if (reader === null) return 'voice'
    if (speaker === 'own') return cause === 'command' ? 'voice' : silentRoute
    // Issue 4: a window without focus will speak through the reader's own interface here.
    return isFocused ? 'window' : 'voice-for-reader'
  }

  function drop(isMeant: (caption: LiveCaption, cause: Cause) => boolean): void {
    for (const [caption, cause] of captions) {
      if (!isMeant(caption, cause)) continue
      captions.delete(caption)
      caption.cancel()
    }
  }

  /** Silences what is being said. Captions of which nothing was said yet are kept unless `isAll`. */
  function interrupt(isAll: boolean): void {
    era += 1
    drop((caption) => isAll || caption.hasBegun)
    queue.stop()
  }

  function explainOwnVoice(route: Route): void {
    if (route !== 'voice-for-reader' || wasReaderMissed) return
    wasReaderMissed = true
    queue.say(readerOutOfReach, 'normal', ownLanguage)
  }

  function tell(text: string, cause: Cause, urgency: Urgency, priority: Priority, language?: string): void {
    const born = era
    const before = messagesInOrder
    messagesInOrder = (async () => {
      await before
      const route = await findRoute(cause)
      if (born !== era || route === 'nobody') return
      if (route === 'window') return toWindow(speakable(text), urgency)
      queue.say(text, priority, language)
      explainOwnVoice(route)
    })()
  }

  function outletFor(route: Route, cause: Cause): Outlet {
    if (route === 'nobody') return { say: () => undefined, end: () => undefined, cancel: () => undefined }
    if (route === 'window') return windowOutlet(toWindow)
    const stream = queue.stream(cause === 'command' ? 'now' : 'normal')
    return {
      // A line break, so that the queue does not wait to see whether the sentence goes on.
      say: (sentence) => stream.append(`${sentence}\n`),
      end(warnings) {
        stream.end()
        for (const warning of warnings) queue.say(warning, 'normal', ownLanguage)
        explainOwnVoice(route)
      },
      cancel: () => stream.cancel()
    }
  }

  function caption(cause: Cause = 'command'): CaptionAnnouncement {
    if (cause === 'command') interrupt(true)
    const stopWaiting = clock.after(stillWaitingAfterMs, () =>
      tell(messages.stillWaiting, 'watcher', 'polite', 'next', ownLanguage)
    )
    // Asked now, while the request is on its way: the first sentence shall not wait for the answer.
    const runningReader = screenReader.running()
    const live = createCaption({
      wordsFor,
      onFirstSentence: stopWaiting,
      onOver() {
        stopWaiting()
        openCaptions -= 1
        wakeSleepers()
      },
      async chooseOutlet() {
        const route = await findRoute(cause, runningReader)
        if (!captions.has(live)) return null
        if (cause === 'watcher') {
          // The user's own request has the word; this caption is shown and kept all the same.
          if ([...captions].some(([other, its]) => its === 'command' && other.isArriving)) return null
          drop((other, its) => its === 'watcher' && other !== live)
        }
        return outletFor(route, cause)
      }
    })
    openCaptions += 1
    captions.set(live, cause)
    return live
  }

  function wakeSleepers(): void {
    if (openCaptions > 0) return
    const awake = sleepers
    sleepers = []
    for (const wake of awake) wake()
  }

  return {
    caption,
    say(text, kind) {
      if (kind === 'answer') {
        interrupt(false)
        tell(text, 'command', 'polite', 'now')
      } else tell(text, 'watcher', 'polite', kind === 'progress' ? 'next' : 'normal', ownLanguage)
    },
    fail: (failure, cause = 'command') => tell(wordsFor(failure), cause, 'assertive', 'next', ownLanguage),
    stop: () => interrupt(true),
    async idle() {
      if (openCaptions > 0) await new Promise<void>((resolve) => sleepers.push(resolve))
      await messagesInOrder
      await queue.idle()
    },
    close: () => interrupt(true)
  }
}

/** A screen reader gets two utterances a caption (Manners 2): the first sentence, then all the rest. */
function windowOutlet(toWindow: AnnouncerOptions['toWindow']): Outlet {
  const rest: string[] = []
  let hasBegun = false
  return {
    say(sentence) {
      if (hasBegun) rest.push(sentence)
      else toWindow(sentence, 'polite')
      hasBegun = true
    },
    end(warnings) {
      const text = joinSentences([...rest, ...warnings])
      if (text !== '') toWindow(text, 'polite')
    },
    cancel: () => undefined
  }
}
