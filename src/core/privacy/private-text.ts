import { findBackupCodes } from './backup-codes.ts'
import { findCardDetails, findCardNumbers } from './card-numbers.ts'
import { findEmailAddresses, findPhoneNumbers, findPostalAddresses } from './contacts.ts'
import { findIbans } from './ibans.ts'
import { findIdNumbers } from './id-numbers.ts'
import { findMachineReadableZones } from './machine-readable-zones.ts'
import { findOneTimeCodes } from './one-time-codes.ts'
import { findPasswords, findRecoveryPhrases } from './passwords.ts'
import { findPins } from './pins.ts'
import { searchedText, type SearchedText, type TextFinding } from './searched-text.ts'
import { findSecretKeys } from './secret-keys.ts'
import { contactKinds, hiddenMark, type PrivateKind } from '#shared/privacy.ts'

export type { TextFinding } from './searched-text.ts'

/** Surest first: where two findings overlap, the first keeps its kind. */
const finders: readonly ((searched: SearchedText) => TextFinding[])[] = [
  findMachineReadableZones,
  findSecretKeys,
  findIdNumbers,
  findBackupCodes,
  findOneTimeCodes,
  findRecoveryPhrases,
  findPins,
  findPasswords,
  findEmailAddresses,
  findPhoneNumbers,
  findPostalAddresses
]

/** What is private in a text, in its order, without overlaps. Values of less than one line or over several lines. */
export function findPrivateText(text: string): TextFinding[] {
  return searchText(text).findings
}

/**
 * @param hasCard whether another reading of the same page has a card number, so that an expiry date belongs to one.
 */
export function searchText(text: string, hasCard = false): { findings: TextFinding[]; hasCard: boolean } {
  const searched = searchedText(text)
  const cards = findCardNumbers(searched)
  const details = findCardDetails(searched, cards, hasCard || cards.length > 0)
  const found = [...findIbans(searched), ...cards, ...details]
  for (const find of finders) found.push(...find(searched))
  return { findings: withoutOverlaps(found), hasCard: cards.length > 0 }
}

/**
 * Two secrets that overlap become one of the surer kind. Of a contact that overlaps with a secret, what is left remains,
 * since the user may want to hide either.
 */
function withoutOverlaps(found: readonly TextFinding[]): TextFinding[] {
  const kept: TextFinding[] = []
  for (const finding of found) {
    let { start, end } = finding
    const overlapping = kept.filter((one) => start < one.end && end > one.start)
    if (overlapping.length === 0) {
      if (end > start) kept.push({ ...finding })
    } else if (contactKinds.has(finding.kind)) {
      for (const one of overlapping) {
        if (one.start <= start) start = Math.max(start, one.end)
        else end = Math.min(end, one.start)
      }
      if (end - start > 3) kept.push({ ...finding, start, end })
    } else {
      const [first, ...others] = overlapping
      if (!first) continue
      first.start = Math.min(start, ...overlapping.map((one) => one.start))
      first.end = Math.max(end, ...overlapping.map((one) => one.end))
      for (const one of others) kept.splice(kept.indexOf(one), 1)
    }
  }
  return kept.toSorted((one, other) => one.start - other.start)
}

/** The text with a mark such as "[card number hidden]" in place of everything private of these kinds. */
export function maskText(text: string, hidden: ReadonlySet<PrivateKind>): string {
  let masked = ''
  let from = 0
  for (const { kind, start, end } of findPrivateText(text)) {
    if (!hidden.has(kind)) continue
    masked += text.slice(from, start) + hiddenMark(kind)
    from = end
  }
  return masked + text.slice(from)
}
