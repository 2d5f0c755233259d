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
  'password-field',
  'phone-number',
  'email-address',
  'postal-address'
] as const
/**
 * What may be hidden in a picture before it is sent. A login code is a QR code that signs someone in, joins a network, or
 * starts a payment. A password field is found by the system's accessibility API, not by reading.
 */
export type PrivateKind = (typeof privateKinds)[number]
/** Known, but why people capture letters: by default they are sent. */
export const contactKinds: ReadonlySet<PrivateKind> = new Set(['phone-number', 'email-address', 'postal-address'])
export const privateKindSchema = z.enum(privateKinds)

/** How many of a kind. */
export const privateCountSchema = z.object({ kind: privateKindSchema, count: z.number().int().min(1) })
export type PrivateCount = z.infer<typeof privateCountSchema>

/** "card number and 2 passwords" */
export function kindNames(counts: readonly PrivateCount[]): string {
  return formatList(counts.map(({ kind, count }) => t(`privacy.kind.${kind}`, { count })))
}

/** "Card number and 2 passwords hidden." */
export function hiddenNotice(counts: readonly PrivateCount[]): string {
  return capitalized(t('privacy.hidden', { what: kindNames(counts) }))
}

/** "Card number: 4111 1111 1111 1111." */
export function hiddenPart({ kind, text }: { kind: PrivateKind; text: string }): string {
  return capitalized(t('privacy.hidden-part', { what: kindNames([{ kind, count: 1 }]), text }))
}

/** "[card number hidden]", in place of what was hidden in a text. */
export function hiddenMark(kind: PrivateKind): string {
  return t('privacy.mark', { what: t(`privacy.kind.${kind}`, { count: 1 }) })
}

function capitalized(sentence: string): string {
  return sentence.slice(0, 1).toUpperCase() + sentence.slice(1)
}
