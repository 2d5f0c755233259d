import { z } from 'zod'
import { formatList } from './messages/formats.ts'
import { t } from './messages/messages.ts'

export const privateKinds = [
  'card-number',
  'iban',
  'one-time-code',
  'password',
  'secret-key',
  'id-number',
  'login-code',
  'phone-number',
  'email-address',
  'postal-address'
] as const
/**
 * What may be hidden in a picture before it is sent. A login code is a QR code that signs someone in, joins a network, or
 * starts a payment.
 */
export type PrivateKind = (typeof privateKinds)[number]
export const privateKindSchema = z.enum(privateKinds)

/** "Card number and 2 passwords hidden." Takes one kind for each thing that was hidden; empty if there are none. */
export function hiddenNotice(kinds: readonly PrivateKind[]): string {
  const counts = privateKinds.map((kind) => ({ kind, count: kinds.filter((one) => one === kind).length }))
  const found = counts.filter(({ count }) => count > 0)
  if (found.length === 0) return ''
  const what = formatList(found.map(({ kind, count }) => t(`privacy.kind.${kind}`, { count })))
  const notice = t('privacy.hidden', { what })
  return notice.slice(0, 1).toUpperCase() + notice.slice(1)
}

/** "[card number hidden]", in place of what was hidden in a text. */
export function hiddenMark(kind: PrivateKind): string {
  return t('privacy.mark', { what: t(`privacy.kind.${kind}`, { count: 1 }) })
}
