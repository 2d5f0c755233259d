import { sentences } from './sentences.ts'
import type { Item } from '#shared/bridge.ts'
import type { Step } from '#shared/caption.ts'

/** A stretch of a sentence, and whether it could not be found in the picture. */
export interface Piece {
  text: string
  isUnchecked: boolean
}

export interface LaidOutSentence {
  text: string
  /** Joined, they are the text. */
  pieces: Piece[]
}

export interface Section {
  step: Step
  sentences: LaidOutSentence[]
}

type Laid = Pick<Item, 'caption' | 'steps' | 'unconfirmed'>

/** A caption as its steps, each as sentences, each with what is unchecked in it. Without steps all of it is the summary. */
export function sectionsOf({ caption, steps, unconfirmed }: Laid, language: string | null): Section[] {
  const sections: Section[] = []
  for (const { text, start } of sentences(caption, language)) {
    const step = steps.find((place) => place.start <= start && start < place.end)?.step ?? 'summary'
    const sentence = { text, pieces: piecesOf(text, start, unconfirmed) }
    const last = sections.at(-1)
    if (last?.step === step) last.sentences.push(sentence)
    else sections.push({ step, sentences: [sentence] })
  }
  return sections
}

/** `start`: where the sentence stands in the caption. */
function piecesOf(text: string, start: number, marks: Item['unconfirmed']): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  const add = (end: number, isUnchecked: boolean): void => {
    if (end > at) pieces.push({ text: text.slice(at, end), isUnchecked })
    at = Math.max(at, end)
  }
  for (const mark of marks.toSorted((one, other) => one.start - other.start)) {
    add(Math.min(text.length, mark.start - start), false)
    add(Math.min(text.length, mark.end - start), true)
  }
  add(text.length, false)
  return pieces
}
