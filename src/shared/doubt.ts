import type { Doubt, Unconfirmed } from './caption.ts'

const mostNamed = 3

/** What is said and shown once at the end of a caption (behavior B9), or null. */
export function unconfirmedSentence(doubt: {
  unconfirmed: readonly Pick<Unconfirmed, 'text'>[]
  isTextUnchecked: boolean
}): string | null {
  const texts = [...new Set(doubt.unconfirmed.map(({ text }) => text))]
  if (texts.length === 0) return doubt.isTextUnchecked ? 'Text not checked.' : null
  const left = texts.length - mostNamed
  return `Unchecked: ${texts.slice(0, mostNamed).join(', ')}${left > 0 ? `, and ${left} more` : ''}.`
}

/** More doubts at once than this are not remembered. */
const mostExplained = 5

/** On demand: what the picture may say instead of each, as far as it is known. */
export function doubtSentences(unconfirmed: readonly Doubt[]): string {
  const each = [...new Map(unconfirmed.map((doubt) => [doubt.text, doubt])).values()]
  const sentences = each
    .slice(0, mostExplained)
    .map(({ text, nearest }) =>
      nearest === null ? `${text} was not found.` : `${text} was not found; the picture may say ${nearest}.`
    )
  const left = each.length - mostExplained
  return [...sentences, ...(left > 0 ? [`And ${left} more.`] : [])].join(' ')
}
