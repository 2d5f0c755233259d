import type { Item } from '#shared/bridge.ts'
import type { Sentence, Step } from '#shared/caption.ts'

/** A piece of a sentence, and whether it could not be found in the picture. */
export interface Piece {
  text: string
  isUnverified: boolean
}

export interface LaidOutSentence {
  id: number
  /** The pieces, which join to form the sentence. */
  pieces: Piece[]
}

export interface Section {
  step: Step
  sentences: LaidOutSentence[]
}

type Caption = Pick<Item, 'caption' | 'sentences' | 'steps' | 'unconfirmed'>

/**
 * Splits a caption into parts and sentences, and marks what is unverified. Without parts, the whole caption is the
 * summary.
 */
export function sectionsOf({ caption, sentences, steps, unconfirmed }: Caption): Section[] {
  const sections: Section[] = []
  for (const sentence of sentences) {
    const { id, start } = sentence
    const step = steps.find((place) => place.start <= start && start < place.end)?.step ?? 'summary'
    const laidOut = { id, pieces: piecesOf(caption, sentence, unconfirmed) }
    const last = sections.at(-1)
    if (last?.step === step) last.sentences.push(laidOut)
    else sections.push({ step, sentences: [laidOut] })
  }
  return sections
}

function piecesOf(caption: string, { start, end }: Sentence, marks: Item['unconfirmed']): Piece[] {
  const pieces: Piece[] = []
  let at = start
  const add = (to: number, isUnverified: boolean): void => {
    const pieceEnd = Math.min(end, to)
    if (pieceEnd > at) pieces.push({ text: caption.slice(at, pieceEnd), isUnverified })
    at = Math.max(at, pieceEnd)
  }
  for (const mark of marks.toSorted((one, other) => one.start - other.start)) {
    add(mark.start, false)
    add(mark.end, true)
  }
  add(end, false)
  return pieces
}
