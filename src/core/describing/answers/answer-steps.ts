import { steps, type Step, type StepPlace } from '#shared/caption.ts'
import { noneWords } from './label-words.ts'

/** The text under one label. The text before the first label is the summary. */
export interface Section {
  step: Step
  text: string
}

/** How many characters of other steps wait for a summary that comes late. */
const maxHeldCharacters = 400

/**
 * The sections as one caption, the summary first. What has been spoken cannot be taken back, so steps that come out of
 * order after the summary stay in that order.
 */
export function arrange(sections: Section[], isComplete: boolean): { caption: string; steps: StepPlace[] } {
  const filled = sections.filter(
    ({ step, text }, index) =>
      text !== '' && (step === 'summary' || !isNone(text, isComplete || index < sections.length - 1))
  )
  let caption = ''
  const places = inOrder(filled, isComplete).map(({ step, text }) => {
    if (caption !== '') caption += '\n\n'
    const start = caption.length
    caption += text
    return { step, start, end: caption.length }
  })
  return { caption, steps: places.some(({ step }) => step !== 'summary') ? places : [] }
}

function inOrder(filled: Section[], isComplete: boolean): Section[] {
  const summaryAt = filled.findIndex(({ step }) => step === 'summary')
  if (summaryAt === 0) return filled
  const early = summaryAt === -1 ? filled : filled.slice(0, summaryAt)
  if (early.reduce((sum, { text }) => sum + text.length, 0) > maxHeldCharacters) return filled
  if (summaryAt === -1 && !isComplete) return []
  const late = filled.slice(early.length)
  // As long as the summary itself is arriving, nothing can follow it.
  if (late.length === 1 && !isComplete) return late
  return [...late.slice(0, 1), ...sorted(early), ...late.slice(1)]
}

function sorted(sections: Section[]): Section[] {
  return sections.toSorted((a, b) => steps.indexOf(a.step) - steps.indexOf(b.step))
}

/** "None" under a label means nothing; so does the beginning of such a word while more can follow. */
function isNone(text: string, isWhole: boolean): boolean {
  const words = text.toLowerCase().replace(/[.。]$/u, '')
  return noneWords.some((none) => none === words || (!isWhole && none.startsWith(words)))
}
