import type { Turn } from '#core/ports/vision.ts'
import { quoted } from './quoted.ts'

/** What was said before about the same picture; `question` null is the first description. */
export interface EarlierAnswer {
  question: string | null
  /** Clean, as it was shown. */
  answer: string
}

/** What earlier turns may add to a request: as much as ten answers of usual length. */
export const earlierTokens = 1500

const maxSummaryCharacters = 250

/**
 * Earlier answers that fit in `budgetTokens`, oldest first. The newest stays whole; older ones become their first sentence,
 * then the oldest are left out, but never the first of all, which says what the picture is.
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

/** About four bytes a token: fair for English, and on the safe side for most other languages. */
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

/** A question as it stands in a prompt; the words round it are ours. */
export function questionLine(question: string): string {
  return `The question: ${quoted(question, maxQuestionCharacters)}`
}

/** As turns of the chat, when the picture is the one that they are about. */
export function turnsOf(earlier: EarlierAnswer[], firstPrompt: string): Turn[] {
  return earlier.map(({ question, answer }) => ({
    prompt: question === null ? firstPrompt : questionLine(question),
    answer
  }))
}

/** As text, when only a part of the picture that they are about is shown. */
export function conversationLines(earlier: EarlierAnswer[]): string[] {
  return earlier.map(({ question, answer }) =>
    question === null
      ? `It was described so: ${quoted(answer, 6000)}`
      : `Asked ${quoted(question, maxQuestionCharacters)}, you answered ${quoted(answer, 6000)}`
  )
}
