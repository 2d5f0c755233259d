import type { Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { EarconPlayer } from '../ports/speech.ts'
import { captionLanguageOf } from '#shared/settings.ts'
import { createCaption, type CaptionAnnouncement, type LiveCaption, type Outlet } from './caption-announcement.ts'
import { createOutlet } from './outlets.ts'
import { createOutputs, type ToWindow } from './outputs.ts'
import { ownLanguage } from './own-voice.ts'
import { createRoutes, type Cause, type Occasion, type Reach, type RoutesOptions } from './routes.ts'
import { createProgress, createSignals } from './signals.ts'
import type { Priority, SpeechQueue } from './speech-queue.ts'
import { createFailureWords, createSpokenMessages } from './spoken-messages.ts'

export type { CaptionAnnouncement, Cause }
export type { Urgency } from './outputs.ts'

/** `answer`: to a command. `remark`: about the result of a command. `watcher`: about something that came by itself. */
export type Kind = 'answer' | 'remark' | 'watcher'

export interface Announcer {
  /**
   * Call it when the request begins: a command silences what is being said, and until the first sentence soft ticks, and
   * once "Still working", show that it goes on. The caption of a picture that came by itself waits for the answer to a
   * command, and replaces the caption of another such picture.
   *
   * @param itemId the item whose caption it is.
   */
  caption(cause?: Cause, itemId?: string): CaptionAnnouncement
  /**
   * An answer interrupts; the others wait.
   *
   * @param language BCP 47; without it English, the language of Descry's own messages.
   */
  say(text: string, kind: Kind, language?: string): void
  /** A picture was taken on command: a sound. */
  captured(): void
  /** A new picture came by itself: a sound and the words. */
  pictureReady(): void
  /** A sound and the words. */
  fail(failure: Failure, cause?: Cause): void
  /** Descry's voice cannot be heard: said by the screen reader, or as an alert in the window. */
  voiceFailed(failure: Failure): void
  /** Silences everything and drops what waits. */
  stop(): void
  /** Resolves when everything has been handed over and, by our own voice, spoken. */
  idle(): Promise<void>
  close(): void
}

export interface AnnouncerOptions extends RoutesOptions {
  queue: SpeechQueue
  earcons: EarconPlayer
  toWindow: ToWindow
}

/** Decides who speaks, so that each thing is heard exactly once; docs/contributing/speech.md tells the rules. */
export function createAnnouncer(options: AnnouncerOptions): Announcer {
  const { settings, clock } = options
  const wordsFor = createFailureWords(clock)
  const routes = createRoutes(options)
  const outputs = createOutputs({ ...options, wordsFor })
  const spoken = createSpokenMessages(routes, outputs)
  const signals = createSignals({
    earcons: options.earcons,
    presence: options.presence,
    settings,
    findRoute: (occasion) => routes.find(occasion),
    showText: (text) => void spoken.tellAside(text, 'polite', false)
  })
  const progress = createProgress({
    clock,
    tick(occasion) {
      if (!outputs.isAudible()) void signals.give('working', occasion)
    },
    stillWaiting: (occasion) => tell(t('speech.still-working'), occasion, 'next')
  })
  const captions = new Map<LiveCaption, Cause>()
  let openCaptions = 0
  let idleWaiters: (() => void)[] = []

  function drop(isMeant: (caption: LiveCaption, cause: Cause) => boolean): void {
    for (const [caption, cause] of captions) {
      if (!isMeant(caption, cause)) continue
      captions.delete(caption)
      caption.cancel()
    }
  }

  /** Silences what is being said. Captions that have not begun are kept unless `isAll`. */
  function interrupt(isAll: boolean): void {
    spoken.drop()
    drop((caption) => isAll || caption.hasBegun)
    outputs.stop()
  }

  function tell(text: string, occasion: Occasion, priority: Priority, language = ownLanguage): void {
    void spoken.tell({ text, occasion, urgency: 'polite', priority, language })
  }

  function say(text: string, kind: Kind, language?: string): void {
    const isAnswer = kind === 'answer'
    if (isAnswer) interrupt(false)
    tell(text, kind === 'watcher' ? 'watcher' : 'command', isAnswer ? 'now' : 'normal', language)
  }

  function caption(cause: Cause = 'command', itemId?: string): CaptionAnnouncement {
    if (cause === 'command') interrupt(true)
    signals.beginWait()
    const wait = progress.start(cause)
    // Asked now, while the request is on its way, so that the first sentence does not wait for it.
    const reach = routes.reach()
    // A screen reader's first utterance is a whole sentence; our own voice may begin with a clause of a long one.
    let isOurVoice = settings().speaker === 'own'
    void reach.readerName.then((name) => (isOurVoice ||= name === null))
    const live = createCaption({
      hasEarlyClause: () => isOurVoice,
      wordsFor,
      sayApart: (words) => say(words, cause === 'command' ? 'remark' : 'watcher'),
      onFirstSentence: () => wait.stop(),
      onOver() {
        wait.stop()
        openCaptions -= 1
        wakeIdleWaiters()
      },
      chooseOutlet: () => outletFor(live, cause, reach, itemId ?? null)
    })
    openCaptions += 1
    captions.set(live, cause)
    return live
  }

  async function outletFor(
    live: LiveCaption,
    cause: Cause,
    reach: Reach,
    itemId: string | null
  ): Promise<Outlet | null> {
    const route = await routes.find(cause, reach)
    const readerName = await reach.readerName
    if (!captions.has(live)) return null
    if (cause === 'watcher') {
      // The answer to the user's request is being heard. This caption is in the list all the same.
      if ([...captions].some(([other, its]) => its === 'command' && other.isArriving)) return null
      drop((other, its) => its === 'watcher' && other !== live)
    }
    return createOutlet(route, {
      outputs,
      findRoute: () => routes.find(cause),
      lost: (output) => routes.lost(output),
      readerName: readerName ?? t('speech.your-reader'),
      // Everything else was silenced when the command began.
      priority: cause === 'command' && !live.isPreceded ? 'now' : 'normal',
      itemId,
      language: captionLanguageOf(settings())
    })
  }

  function wakeIdleWaiters(): void {
    if (openCaptions > 0) return
    const awake = idleWaiters
    idleWaiters = []
    for (const wake of awake) wake()
  }

  return {
    caption,
    say,
    captured: () => void signals.give('captured', 'command'),
    pictureReady() {
      const text = t('capture.pictures-ready', { count: 1 })
      const message = {
        text,
        occasion: 'watcher',
        urgency: 'polite',
        priority: 'normal',
        language: ownLanguage
      } as const
      void signals.give('ready', 'watcher', spoken.tell(message))
    },
    fail(failure, cause = 'command') {
      const text = wordsFor(failure)
      const message = { text, occasion: cause, urgency: 'assertive', priority: 'next', language: ownLanguage } as const
      void signals.give('failed', cause, spoken.tell(message))
    },
    voiceFailed(failure) {
      void signals.give('failed', 'command', Promise.resolve(null))
      void spoken.tellAside(wordsFor(failure), 'assertive', true)
    },
    stop: () => interrupt(true),
    async idle() {
      if (openCaptions > 0) await new Promise<void>((resolve) => idleWaiters.push(resolve))
      await spoken.idle()
      await outputs.idle()
    },
    close: () => interrupt(true)
  }
}
