import { splitSentences } from '#core/text/sentences.ts'

/** SIGACCESS's figure guidance, as for the first sentence of any caption. */
export const maxBriefCharacters = 125

/**
 * The first sentence, whatever its length, and those after it that fit into `maxBriefCharacters`: "Error." alone would say
 * nothing. While more may follow, only the first sentence can be one whose end has not come.
 */
export function briefPart(text: string, isComplete: boolean): string {
  let kept = 0
  for (const { id, end } of splitSentences(text)) {
    const isOpen = end === text.length && !isComplete
    if (id > 0 && (end > maxBriefCharacters || isOpen)) break
    kept = end
  }
  return text.slice(0, kept)
}
