import type { Unconfirmed } from './caption.ts'

const mostNamed = 3

/** What is said and shown once at the end of a caption (Manners 9), or null. */
export function unconfirmedSentence(doubt: {
  unconfirmed: readonly Pick<Unconfirmed, 'text'>[]
  isTextUnchecked: boolean
}): string | null {
  const texts = [...new Set(doubt.unconfirmed.map(({ text }) => text))]
  if (texts.length === 0) return doubt.isTextUnchecked ? 'Text not checked.' : null
  const left = texts.length - mostNamed
  return `Unchecked: ${texts.slice(0, mostNamed).join(', ')}${left > 0 ? `, and ${left} more` : ''}.`
}
