import type { Failure } from '#shared/errors.ts'
import { sentencesIn, type SentenceText } from '../text/sentences.ts'
import { speakable } from './speakable.ts'
import { createSpokenPieces, type SpokenPiece } from './spoken-pieces.ts'

/** One caption on its way to the ear. After a newer one has taken over, or stop(), its calls do nothing. */
export interface CaptionAnnouncement {
  /** An utterance of its own before the caption, such as where the picture is sent. The caption does not cut it short. */
  before(words: string): void
  /** The caption so far; what is new in it is spoken. */
  read(caption: SentenceText): void
  /** Words of Descry's own that are heard in the caption's turn, after what has come of it. */
  say(words: string): void
  /** A few words that are heard once, right after the first sentence. */
  notice(words: string): void
  /** What follows the caption, even when that has been heard to its end; nothing once it was silenced. */
  after(words: string): void
  /** Heard after the caption, for instance why it was made on this computer. */
  warn(warning: Failure): void
  end(): void
  /** Silences this caption; what has been said stays said. */
  cancel(): void
}

/** Where a caption is said. */
export interface Outlet {
  say(piece: SpokenPiece): void
  /** The caption is complete; `warnings` follow it. Resolves when all has been handed over; never rejects. */
  end(warnings: string[]): void | Promise<void>
  cancel(): void
}

export interface LiveCaption extends CaptionAnnouncement {
  /** The first sentence was handed over. */
  readonly hasBegun: boolean
  /** Words were said before it. */
  readonly isPreceded: boolean
  /** Neither dropped nor handed over to its end. */
  readonly isArriving: boolean
}

/**
 * Gives a caption that is arriving to an outlet, which is chosen once, when there is something to say: so a change of focus
 * in mid-stream cannot make it heard twice.
 *
 * @param hooks.hasEarlyClause asked as text comes: the first clause of a long sentence may be spoken before its end.
 * @param hooks.chooseOutlet null: another caption is heard instead; this one stays silent.
 * @param hooks.sayApart says words before or after it that are an utterance of their own.
 * @param hooks.onFirstSentence called at once when there is something to say.
 * @param hooks.onOver called once when the caption is complete or dropped.
 */
export function createCaption(hooks: {
  hasEarlyClause: () => boolean
  chooseOutlet: () => Promise<Outlet | null>
  wordsFor: (failure: Failure) => string
  sayApart: (words: string) => void
  onFirstSentence: () => void
  onOver: () => void
}): LiveCaption {
  const pieces = createSpokenPieces(hooks)
  const warnings: string[] = []
  let waiting: SpokenPiece[] = []
  let hasText = false
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

  function give(given: SpokenPiece[]): void {
    for (const { text, sentenceId } of given) {
      const spoken = speakable(text)
      if (spoken !== '') waiting.push({ text: spoken, sentenceId })
    }
    hasText ||= waiting.length > 0
    flush()
  }

  function flush(): void {
    if (outlet === null) {
      if (waiting.length > 0 || (state === 'complete' && warnings.length > 0)) void choose()
      else if (state === 'complete') finish()
      return
    }
    for (const piece of waiting.splice(0)) outlet.say(piece)
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

  function say(words: string): void {
    if (state === 'arriving') give(sentencesIn(words).map((text) => ({ text, sentenceId: null })))
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
      if (state !== 'arriving' || hasText) return
      isPreceded = true
      hooks.sayApart(words)
    },
    read(caption) {
      if (state === 'arriving') give(pieces.read(caption))
    },
    say,
    notice(words) {
      if (state === 'arriving') give(pieces.afterFirst(words))
    },
    after(words) {
      if (isSilenced) return
      if (state === 'arriving') {
        give(pieces.end())
        say(words)
      } else hooks.sayApart(words)
    },
    warn(warning) {
      if (state === 'arriving') warnings.push(hooks.wordsFor(warning))
    },
    end() {
      if (state !== 'arriving') return
      const rest = pieces.end()
      state = 'complete'
      give(rest)
    },
    cancel() {
      isSilenced = true
      waiting = []
      outlet?.cancel()
      finish()
    }
  }
}

/** Pieces as one utterance. A sentence without a mark at its end gets a full stop, or it would run into the next. */
export function joinPieces(pieces: Pick<SpokenPiece, 'text' | 'sentenceId'>[]): string {
  return pieces
    .map(({ text, sentenceId }, index) => {
      const next = pieces[index + 1]
      const isSentenceEnd = sentenceId === null || next?.sentenceId !== sentenceId
      return next === undefined || !isSentenceEnd || /[\p{P}\p{S}]$/u.test(text) ? text : `${text}.`
    })
    .join(' ')
}
