import type { Item } from '#shared/bridge.ts'
import { failureText } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { unverifiedSentence } from '#shared/unverified.ts'

/** The pictures and questions of the session, numbered, the newest last. */
export function historyLines(items: Item[]): string[] {
  if (items.length === 0) return [t('window.history.empty')]
  return items.map((item, index) =>
    t('terminal.history.entry', { number: index + 1, label: labelOf(item), text: firstSentence(item) })
  )
}

/** A picture that was described before: its name, its caption and what is to be said about it. */
export function itemLines(item: Item): string[] {
  const { sentences, caption, failure, unconfirmed } = item
  const unverified = unverifiedSentence(unconfirmed)
  return [
    t('terminal.picture', { name: labelOf(item) }),
    ...(item.isWithheld
      ? [t('caption.hidden')]
      : [
          ...sentences.map(({ start, end }) => caption.slice(start, end)),
          ...extraLines(item),
          ...(unverified === null ? [] : [unverified])
        ]),
    ...(failure ? [failureText(failure)] : [])
  ]
}

/** What is shown with a caption and never spoken unasked: codes it does not give itself, and that it was not checked. */
export function extraLines({ facts, caption, unconfirmed, isTextUnchecked }: Item): string[] {
  const codes = (facts?.codes ?? []).filter(({ text }) => text !== '' && !caption.includes(text))
  return [
    ...codes.map(({ format, text }) =>
      t('caption.local.code', { kind: 'text', code: t('caption.local.code-name', { format }), content: text })
    ),
    ...(isTextUnchecked && unconfirmed.length === 0 ? [t('caption.text-not-checked')] : [])
  ]
}

function labelOf({ label, question }: Item): string {
  return question === null ? label : t('terminal.history.question', { label, question })
}

function firstSentence({ state, sentences: [first], caption, failure, isWithheld }: Item): string {
  if (isWithheld) return t('caption.hidden')
  if (first) return caption.slice(first.start, first.end)
  if (failure) return failure.message
  return state === 'stopped' ? t('window.state.stopped') : t('window.state.waiting')
}
