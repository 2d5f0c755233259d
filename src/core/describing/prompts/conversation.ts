import type { Turn } from '#core/ports/vision.ts'
import { quoted } from './quoted.ts'

/** An earlier answer about the same picture; `question` is null for the first description. */
export interface EarlierAnswer {
  question: string | null
  /** Cleaned, as shown to the user. */
  answer: string
}

/** The most tokens that earlier turns may add to a request: about ten answers of the usual length. */
export const earlierTokens = 1500

const maxSummaryCharacters = 250

/**
 * Earlier answers that fit in `budgetTokens`, oldest first. The newest stays whole. Older ones are cut to their first
 * sentence, then the oldest are left out, but never the very first, which says what the picture is.
 */
export function withinBudget(earlier: EarlierAnswer[], budgetTokens = earlierTokens): EarlierAnswer[] {
  const kept = earlier.filter(({ answer }) => answer.trim() !== '')
  const isTooLong = (): boolean => kept.reduce((sum, turn) => sum + tokensOf(turn), 0) > budgetTokens
  for (let index = 0; index < kept.length - 1 && isTooLong(); index += 1) {
    const turn = kept[index]
    if (turn) kept[index] = { ...turn, answer: summaryOf(turn.answer) }
  }
  while (kept.length > 2 && isTooLong()) kept.splice(1, 1)
  return kept
}

/** About four bytes per token: right for English, and on the safe side for most other languages. */
function tokensOf({ question, answer }: EarlierAnswer): number {
  const encoder = new TextEncoder()
  return Math.ceil(encoder.encode((question ?? '') + answer).length / 4)
}

function summaryOf(answer: string): string {
  const sentence = /^[\s\S]*?(?:[.!?…](?=\s)|[。！？]|\n|$)/u.exec(answer.trim())?.[0] ?? ''
  return sentence.length > maxSummaryCharacters
    ? `${sentence.slice(0, maxSummaryCharacters).toWellFormed()}…`
    : sentence.trim()
}

const maxQuestionCharacters = 2000

/** A question as quoted in a prompt. */
export function questionLine(question: string): string {
  return `The question: ${quoted(question, maxQuestionCharacters)}`
}

/** Earlier answers as chat turns, for when the picture they are about is sent. */
export function turnsOf(earlier: EarlierAnswer[], firstPrompt: string): Turn[] {
  return earlier.map(({ question, answer }) => ({
    prompt: question === null ? firstPrompt : questionLine(question),
    answer
  }))
}

/** Earlier answers as text, for when only a part of their picture is sent. */
export function conversationLines(earlier: EarlierAnswer[]): string[] {
  return earlier.map(({ question, answer }) =>
    question === null
      ? `It was described so: ${quoted(answer, 6000)}`
      : `Asked ${quoted(question, maxQuestionCharacters)}, you answered ${quoted(answer, 6000)}`
  )
}
