import { z } from 'zod'
import { contactKinds, privateCountSchema, type PrivateKind } from './privacy.ts'

export const privacyActions = ['send', 'hide', 'local', 'ask'] as const
/** What happens to a picture with a private thing in it: sent as it is, sent with a box over it, not sent, or the user decides. */
export type PrivacyAction = (typeof privacyActions)[number]

export const slowCheckActions = ['wait', 'local', 'send'] as const
/** What happens to a picture that takes long to check: it waits, it is not sent, or it is sent unchecked. */
export type SlowCheckAction = (typeof slowCheckActions)[number]

/** Checked before a picture is sent (behavior B16). */
export interface PrivacyRules {
  actions: Readonly<Record<PrivateKind, PrivacyAction>>
  /** Text and codes are read; otherwise only what is known at once counts: the window, and its password fields. */
  reads: boolean
  /** The user's own patterns for programs and titles of windows that are not sent. */
  privateWindows: readonly string[]
  whenSlow: SlowCheckAction
  /** Pictures for a model on this computer are checked too. */
  checksLocalProviders: boolean
}

function defaultPrivacyAction(kind: PrivateKind): PrivacyAction {
  if (kind === 'password-field') return 'ask'
  return contactKinds.has(kind) ? 'send' : 'hide'
}

/** What the user chose for a kind, or its default. */
export function privacyActionOf(chosen: Readonly<Partial<PrivacyRules['actions']>>, kind: PrivateKind): PrivacyAction {
  return chosen[kind] ?? defaultPrivacyAction(kind)
}

/**
 * What the check of a picture found and did. `unchecked`: the check was off, did not apply, or took too long, and the
 * picture was sent as it is; `local`: nothing was sent.
 */
export const privacySchema = z.object({
  action: z.enum(['unchecked', 'sent', 'hidden', 'local']),
  /** Everything found, hidden or not. */
  found: z.array(privateCountSchema),
  /** Of these, what a box covers in the picture that was sent. */
  hidden: z.array(privateCountSchema)
})
export type Privacy = z.infer<typeof privacySchema>

export const unchecked: Privacy = { action: 'unchecked', found: [], hidden: [] }
