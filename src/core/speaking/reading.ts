import type { Job, Playback } from './playback.ts'
import { spelled } from './spelling.ts'

/**
 * Moves through the caption (or answer about a picture) that was spoken last, whether it is being spoken, still arriving,
 * paused, dismissed, or over. Methods return false if there was nothing to do, so that the caller can say why.
 */
export interface Reading {
  /** Silent because of pause() or spell(). */
  readonly isPaused: boolean
  /** There is a caption to move through. */
  readonly hasCaption: boolean
  /** It is being spoken, still arriving, or paused. */
  readonly isUnderWay: boolean
  /** The newest caption is heard elsewhere, such as through a screen reader: there is nothing to move through. */
  forget(): void
  /** Falls silent and keeps what was being said. Until the pause ends, everything but the user's own actions waits. */
  pause(): boolean
  /** Ends the pause: the interrupted sentence is spoken from its beginning, then everything that waited. */
  resume(): boolean
  /** While a caption is being spoken or paused: this sentence again, and on. Otherwise the whole caption. */
  repeat(): boolean
  /** Continues from the next sentence; false on the last one. */
  nextSentence(): boolean
  /** Continues from the previous sentence; false on the first one. */
  previousSentence(): boolean
  /** Spells the sentence that is being spoken or was spoken last. A caption that is not over stays paused there. */
  spell(): boolean
  /** Speaks the sentence again, for instance at a new rate; false if nothing is being spoken. */
  restartSentence(): boolean
}

/** @param languageOf the language of a job, BCP 47. */
export function createReading(playback: Playback, languageOf: (job: Job) => string): Reading {
  /** Index of the piece that is being spoken, was spoken last, or was asked for and may still have to arrive. */
  const cursor = (job: Job): number => (job.isMoved ? job.next : job.next - 1)
  const arrived = (job: Job): number => Math.min(cursor(job), job.pieces.length - 1)

  const isUnderWay = (job: Job): boolean => playback.jobs.includes(job)

  return {
    get isPaused() {
      return playback.isHeld && !playback.isSpeaking
    },
    get hasCaption() {
      return playback.caption !== null
    },
    get isUnderWay() {
      return playback.caption !== null && isUnderWay(playback.caption)
    },
    forget: () => playback.forgetCaption(),
    pause() {
      if (playback.jobs.length === 0 || (playback.isHeld && !playback.isSpeaking)) return false
      playback.isHeld = true
      playback.drop((job) => job.priority === 'aside')
      playback.rewind()
      return true
    },
    resume() {
      if (!playback.isHeld) return false
      playback.isHeld = false
      playback.advance()
      return true
    },
    repeat() {
      const { caption } = playback
      if (caption === null) return false
      playback.playCaption(caption, isUnderWay(caption) ? arrived(caption) : 0)
      return true
    },
    nextSentence() {
      const { caption } = playback
      if (caption === null) return false
      const index = cursor(caption) + 1
      const { length } = caption.pieces
      // In a caption that is still arriving, the next sentence may not be there yet.
      if (index >= length && !caption.isOpen) return false
      playback.playCaption(caption, Math.min(index, length))
      return true
    },
    previousSentence() {
      const { caption } = playback
      if (caption === null || cursor(caption) < 1) return false
      playback.playCaption(caption, cursor(caption) - 1)
      return true
    },
    spell() {
      const { caption } = playback
      const piece = caption?.pieces[arrived(caption)]
      if (caption === null || piece === undefined) return false
      const language = languageOf(caption)
      if (isUnderWay(caption)) playback.isHeld = true
      playback.add({
        priority: 'aside',
        language,
        pieces: spelled(piece.text, language).map((text) => ({ text, sentenceId: null })),
        next: 0,
        isMoved: false,
        isOpen: false,
        isCaption: false,
        itemId: null
      })
      return true
    },
    restartSentence() {
      if (!playback.isSpeaking) return false
      playback.rewind()
      return true
    }
  }
}
