import type { Failure } from '#shared/errors.ts'
import { createSentenceSplitter, type SplittingOptions } from './sentences.ts'
import { speakable } from './speakable.ts'

/** One caption on its way to the ear. After a newer one has taken over, or stop(), its calls do nothing. */
export interface CaptionAnnouncement {
  /** An utterance of its own before the caption, such as where the picture goes; the caption lets it be said to its end. */
  before(words: string): void
  append(delta: string): void
  /** A few words that are said right after the first sentence, once. */
  notice(words: string): void
  /** What follows the caption, also when that has been told to its end; nothing once it was silenced. */
  after(words: string): void
  /** To be said after the caption, for instance why it was made on this computer. */
  warn(warning: Failure): void
  end(): void
  /** Silences this caption; what has been said stays said. */
  cancel(): void
}

/** Where a caption is said. */
export interface Outlet {
  say(sentence: string): void
  /** The caption is complete; `warnings` follow it. Resolves when all has been given out; never rejects. */
  end(warnings: string[]): void | Promise<void>
  cancel(): void
}

export interface LiveCaption extends CaptionAnnouncement {
  /** The first sentence was handed over. */
  readonly hasBegun: boolean
  /** Words were said before it. */
  readonly isPreceded: boolean
  /** Neither dropped nor given out to its end. */
  readonly isArriving: boolean
}

/**
 * Cuts a caption that is arriving into sentences for an outlet, which is chosen once, when the first is complete: so a
 * change of focus in mid-stream cannot make it heard twice.
 *
 * @param hooks.chooseOutlet null: somebody else has the word; the caption stays silent.
 * @param hooks.sayApart says words before or after it that are an utterance of their own.
 * @param hooks.onFirstSentence called at once when the first sentence is complete.
 * @param hooks.onOver called once when the caption is complete or dropped.
 */
export function createCaption(hooks: {
  splitting: SplittingOptions
  chooseOutlet: () => Promise<Outlet | null>
  wordsFor: (failure: Failure) => string
  sayApart: (words: string) => void
  onFirstSentence: () => void
  onOver: () => void
}): LiveCaption {
  const splitter = createSentenceSplitter(hooks.splitting)
  const warnings: string[] = []
  let waiting: string[] = []
  let notice: string | null = null
  let hasFirst = false
  let outlet: Outlet | null = null
  let state: 'arriving' | 'complete' | 'over' = 'arriving'
  let isChoosing = false
  let isPreceded = false
  let isSilenced = false

  function finish(): void {
    if (state === 'over') return
    state = 'over'
    hooks.onOver()
  }

  function give(sentences: string[]): void {
    for (const sentence of sentences.map((one) => speakable(one))) {
      if (sentence === '') continue
      waiting.push(sentence)
      hasFirst = true
      giveNotice()
    }
    flush()
  }

  function giveNotice(): void {
    if (notice !== null && hasFirst) waiting.push(notice)
    if (hasFirst) notice = null
  }

  function flush(): void {
    if (outlet === null) {
      if (waiting.length > 0 || (state === 'complete' && warnings.length > 0)) void choose()
      else if (state === 'complete') finish()
      return
    }
    for (const sentence of waiting.splice(0)) outlet.say(sentence)
    if (state === 'complete') void Promise.resolve(outlet.end(warnings)).then(finish)
  }

  async function choose(): Promise<void> {
    if (isChoosing) return
    isChoosing = true
    hooks.onFirstSentence()
    outlet = await hooks.chooseOutlet()
    if (outlet === null) {
      isSilenced = true
      return finish()
    }
    // Dropped while the outlet was being chosen.
    if (state === 'over') return outlet.cancel()
    flush()
  }

  return {
    get hasBegun() {
      return outlet !== null
    },
    get isArriving() {
      return state !== 'over'
    },
    get isPreceded() {
      return isPreceded
    },
    before(words) {
      if (state !== 'arriving' || hasFirst) return
      isPreceded = true
      hooks.sayApart(words)
    },
    append(delta) {
      if (state === 'arriving') give(splitter.push(delta))
    },
    notice(words) {
      if (state !== 'arriving') return
      notice = words
      giveNotice()
      flush()
    },
    after(words) {
      if (isSilenced) return
      if (state === 'arriving') give(splitter.push(`\n${words}`))
      else hooks.sayApart(words)
    },
    warn(warning) {
      if (state === 'arriving') warnings.push(hooks.wordsFor(warning))
    },
    end() {
      if (state !== 'arriving') return
      state = 'complete'
      give(splitter.end())
    },
    cancel() {
      isSilenced = true
      waiting = []
      outlet?.cancel()
      finish()
    }
  }
}

/** Sentences as one utterance; one without a mark at its end gets a full stop, or it would run into the next. */
export function joinSentences(sentences: string[]): string {
  return sentences
    .map((sentence, index) =>
      index === sentences.length - 1 || /[\p{P}\p{S}]$/u.test(sentence) ? sentence : `${sentence}.`
    )
    .join(' ')
}
