import type { Item } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'

/** The name of a picture, or the question asked about it. */
export function titleOf(item: Item): string {
  return item.question ?? item.label
}

/** "09:29 PM" in the system's format, with no-break spaces. */
export function timeOf(item: Item): string {
  return new Date(item.at)
    .toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
    .replace(/\s/gu, '\u00a0')
}

/** The caption, or why there is none yet. */
export function altText(item: Item): string {
  if (item.isWithheld) return t('caption.hidden')
  if (item.caption) return item.caption
  return item.state === 'describing' ? t('window.picture.describing') : t('window.picture.waiting')
}

/** When the caption was made, and what is special about it. */
export function bylineOf(item: Item): string {
  return t('window.byline', {
    kind: captionKind(item),
    label: item.label,
    time: timeOf(item),
    model: item.model ?? ''
  })
}

function captionKind({ question, origin, model, offline }: Item): string {
  if (question !== null) return offline ? 'question-offline' : 'question'
  if (origin === 'opinion' && model !== null) return 'opinion'
  return offline ? 'offline' : 'other'
}
