import { hiddenMark, privateKinds, type PrivateKind } from '#shared/privacy.ts'
import type { PrivacyRules } from '#shared/privacy-rules.ts'
import type { Found } from './found.ts'
import { maskText } from './private-text.ts'

/** Replaces in a text what may not leave this computer: what the rules hide, and what boxes cover in the picture. */
export function createMask({ actions }: PrivacyRules, hidden: readonly Found[]): (text: string) => string {
  const kinds: ReadonlySet<PrivateKind> = new Set(privateKinds.filter((kind) => actions[kind] !== 'send'))
  const values = hidden.flatMap(({ kind, text }) => (text.trim() === '' ? [] : [{ kind, text }]))
  return (text) => {
    let masked = text
    // What only its place beside a label gives away is found by its value.
    for (const value of values) masked = masked.replaceAll(value.text, hiddenMark(value.kind))
    return maskText(masked, kinds)
  }
}
