import { splitSentences } from '#core/speaking/sentences.ts'

/** SIGACCESS's figure guidance, as for the first sentence of any caption. */
export const maxBriefCharacters = 125

/**
 * The first sentence, whatever its length, and those behind it that fit into `maxBriefCharacters`: "Error." alone would say
 * nothing. While more may follow, only sentences whose end has come stand behind the first.
 */
export function briefPart(text: string, isComplete: boolean): string {
  let end = 0
  for (const sentence of splitSentences(text)) {
    const start = text.indexOf(sentence, end)
    const isEnd = start + sentence.length === text.length
    // What was cut for its length is one sentence all the same.
    const isFirst = end === 0 || !hasEnded(text.slice(0, end), text.slice(end, start))
    if (!isFirst && (start + sentence.length > maxBriefCharacters || (isEnd && !isComplete))) break
    end = start + sentence.length
  }
  return text.slice(0, end)
}

function hasEnded(sentence: string, gap: string): boolean {
  return gap.includes('\n') || /[.!?…。！？؟۔।]["'”’»)\]」』]*$/u.test(sentence)
}
