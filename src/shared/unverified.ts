import type { Unverified, Unconfirmed } from './caption.ts'
import { t } from './messages/messages.ts'

const mostNamed = 3

/**
 * One sentence listing what in a caption could not be found in the picture, spoken and shown after the caption
 * (behavior B9); null if there is nothing to list.
 */
export function unverifiedSentence(unconfirmed: readonly Pick<Unconfirmed, 'text'>[]): string | null {
  const texts = [...new Set(unconfirmed.map(({ text }) => text))]
  if (texts.length === 0) return null
  const named = texts.slice(0, mostNamed).join(', ')
  return t('caption.unverified', { texts: named, more: texts.length - Math.min(texts.length, mostNamed) })
}

/** The version shown in the window, which also says when the text could not be checked. */
export function shownUnverified(caption: {
  unconfirmed: readonly Pick<Unconfirmed, 'text'>[]
  isTextUnchecked: boolean
}): string | null {
  return unverifiedSentence(caption.unconfirmed) ?? (caption.isTextUnchecked ? t('caption.text-not-checked') : null)
}

const mostExplained = 5

/** The answer to "What's unverified?": for each, what the picture may say instead, if known. */
export function explainUnverified(unconfirmed: readonly Unverified[]): string {
  const each = [...new Map(unconfirmed.map((found) => [found.text, found])).values()]
  const sentences = each
    .slice(0, mostExplained)
    .map(({ text, nearest }) =>
      nearest === null ? t('caption.not-found', { text }) : t('caption.not-found-but-similar', { text, nearest })
    )
  const left = each.length - mostExplained
  return [...sentences, ...(left > 0 ? [t('caption.more-not-found', { count: left })] : [])].join(' ')
}
