import type { GroundingResult } from './grounding.ts'

const mostNamed = 3

/** What is said once at the end of a caption, or null. */
export function unconfirmedSentence({ unconfirmed, isTextUnchecked }: GroundingResult): string | null {
  const texts = [...new Set(unconfirmed.map(({ text }) => text))]
  if (texts.length === 0) return isTextUnchecked ? 'Text not checked.' : null
  const left = texts.length - mostNamed
  return `Unchecked: ${texts.slice(0, mostNamed).join(', ')}${left > 0 ? `, and ${left} more` : ''}.`
}
