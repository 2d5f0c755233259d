import type { SpokenSentence } from './sentence-speaker.ts'
import type { SpokenPiece } from './spoken-pieces.ts'

/**
 * now: the user's own action; silences and drops everything before it, and ends a pause. aside: at once, even during a pause;
 * the sentence it interrupts is spoken again after it. next: after the sentence that is being spoken. normal: after
 * everything that waits.
 */
export type Priority = 'now' | 'aside' | 'next' | 'normal'

/** One message or one caption. */
export interface Job {
  priority: Priority
  language: string | undefined
  /** Those that have arrived, with speakable text. They are kept after they were spoken, to go back to. */
  pieces: SpokenPiece[]
  /** Index of the piece to be spoken next. */
  next: number
  /** The piece at `next` was interrupted or asked for, so it comes before messages. */
  isMoved: boolean
  /** More pieces may come. */
  isOpen: boolean
  /** A caption, or an answer about a picture: the reading controls work on it. */
  isCaption: boolean
  /** The item whose caption it is; null for a caption that is in no list. */
  itemId: string | null
}

/** The sentence of an item's caption that is being spoken. */
export interface CaptionSentence {
  itemId: string
  sentenceId: number
}

/** Decides which piece is spoken next, one at a time. */
export interface Playback {
  readonly jobs: readonly Job[]
  /** The caption that is being spoken or was spoken last, even if it was dismissed. */
  readonly caption: Job | null
  /** Something is being spoken or on its way to an engine. */
  readonly isSpeaking: boolean
  isHeld: boolean
  add(job: Job): void
  /** Continues if nothing is being spoken: call it after a job has changed. */
  advance(): void
  /** Silences and drops these jobs. */
  drop(isMeant: (job: Job) => boolean): void
  /** Interrupts what is being spoken; the piece is spoken again from its beginning when its turn comes. */
  rewind(): void
  /** Silences what is being spoken and speaks the caption from this piece on; other messages wait. */
  playCaption(job: Job, index: number): void
  /** A newer caption is heard elsewhere, so this one is no longer the last. */
  forgetCaption(): void
  /** Resolves when nothing is being spoken, waiting, or still to come; a pause is not the end. */
  idle(): Promise<void>
  /** Drops everything and forgets the caption; nothing can be added afterwards. */
  close(): void
}

const hasWaiting = (job: Job): boolean => job.next < job.pieces.length

export function createPlayback(
  speak: (text: string, language: string | undefined) => SpokenSentence,
  onSentence: (sentence: CaptionSentence | null) => void
): Playback {
  let jobs: Job[] = []
  let caption: Job | null = null
  let current: { job: Job; index: number; sentence: SpokenSentence } | null = null
  let isHeld = false
  let isClosed = false
  let wasSentenceReported = false
  let idleWaiters: (() => void)[] = []

  /** The job whose turn it is; an open caption keeps its turn while it waits for more. */
  function turn(): Job | undefined {
    const waiting = jobs.filter(hasWaiting)
    const aside = waiting.find((job) => job.priority === 'aside')
    if (aside !== undefined || isHeld) return aside
    return (
      waiting.find((job) => job.isMoved) ??
      waiting.find((job) => job.priority === 'next') ??
      jobs.find((job) => job.priority !== 'next')
    )
  }

  function advance(): void {
    if (current !== null) return
    jobs = jobs.filter((job) => job.isOpen || hasWaiting(job))
    const job = turn()
    const piece = job?.pieces[job.next]
    if (job !== undefined && piece !== undefined) {
      void speakNext(job, piece)
      return
    }
    reportSentence(null)
    if (jobs.length > 0) return
    isHeld = false
    const awake = idleWaiters
    idleWaiters = []
    for (const wake of awake) wake()
  }

  async function speakNext(job: Job, { text, sentenceId }: SpokenPiece): Promise<void> {
    const index = job.next
    job.next += 1
    job.isMoved = false
    const sentence = speak(text, job.language)
    current = { job, index, sentence }
    if (job.isCaption) caption = job
    reportSentence(job.itemId === null || sentenceId === null ? null : { itemId: job.itemId, sentenceId })
    const outcome = await sentence.done
    current = null
    // The user silenced the engine itself, for instance by a key of the desktop, and wants no more of this.
    if (outcome === 'silenced') remove((other) => other === job)
    advance()
  }

  function reportSentence(sentence: CaptionSentence | null): void {
    if (sentence === null && !wasSentenceReported) return
    wasSentenceReported = sentence !== null
    onSentence(sentence)
  }

  function remove(isMeant: (job: Job) => boolean): void {
    jobs = jobs.filter((job) => !isMeant(job))
    if (current !== null && isMeant(current.job)) current.sentence.stop()
  }

  function drop(isMeant: (job: Job) => boolean): void {
    remove(isMeant)
    advance()
  }

  function rewind(): void {
    if (current === null || !current.sentence.isWanted) return
    current.job.next = current.index
    current.job.isMoved = true
    current.sentence.stop()
  }

  return {
    get jobs() {
      return jobs
    },
    get caption() {
      return caption
    },
    get isSpeaking() {
      return current?.sentence.isWanted ?? false
    },
    get isHeld() {
      return isHeld
    },
    set isHeld(value) {
      isHeld = value
    },
    add(job) {
      if (isClosed) return
      if (job.priority === 'now') {
        isHeld = false
        remove(() => true)
      } else if (job.priority === 'aside') {
        remove((other) => other.priority === 'aside')
        rewind()
      }
      jobs.push(job)
      advance()
    },
    advance,
    drop,
    rewind,
    playCaption(job, index) {
      isHeld = false
      job.next = index
      job.isMoved = true
      const interrupted = current?.job
      remove((other) => other === job || other === interrupted || other.priority === 'aside')
      jobs.unshift(job)
      advance()
    },
    forgetCaption() {
      if (caption !== null && !jobs.includes(caption)) caption = null
    },
    idle() {
      return new Promise((resolve) => {
        idleWaiters.push(resolve)
        advance()
      })
    },
    close() {
      isClosed = true
      caption = null
      drop(() => true)
    }
  }
}
