import { overlap } from '#core/areas.ts'
import { abortError, untilAborted } from '#core/async/abort.ts'
import type { CodeReader, DecodedPicture, PlacedCode, ReadText, TextReader } from '#core/ports/pictures.ts'
import type { Clock } from '#core/ports/time.ts'
import type { Area } from '#shared/caption.ts'
import { isAbort, type Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { unchecked, type Privacy, type PrivacyAction, type PrivacyRules } from '#shared/privacy-rules.ts'
import { kindNames } from '#shared/privacy.ts'
import type { PrivateKind } from '#shared/privacy.ts'
import { countKinds, foundIn, type Found } from './found.ts'
import { hide } from './hiding.ts'
import { findPrivateText } from './private-text.ts'

/** After this long the user is told, and the rule for slow checks applies. */
const slowMs = 1500
/** A check that takes longer has failed. */
const longestMs = 30_000

/** A picture that may be sent. */
export interface Cleared {
  isCleared: true
  /** The picture itself, or one with boxes. */
  picture: DecodedPicture
  privacy: Privacy
  /** What the boxes cover. */
  hidden: Found[]
}

/** A picture that may not be sent. */
export interface NotCleared {
  isCleared: false
  privacy: Privacy
  /** Why. */
  failure: Failure
  /** The user is to be asked, instead of being told what this computer finds by itself. */
  isAsking: boolean
}

export type Clearance = Cleared | NotCleared

export interface GateOptions {
  picture: DecodedPicture
  rules: PrivacyRules
  /** Only what lies in this area is sent, in pixels of the picture; null for all of it. */
  area: Area | null
  /** Text of the picture that is known without reading it; null if there is none. */
  knownText: string | null
  /** BCP 47 tags of what the text may be in. */
  languages: readonly string[]
  /** False: nobody can be asked, and `ask` hides. */
  mayAsk: boolean
  /** The picture's text and codes. They may have been read already. */
  readText: () => Promise<ReadText>
  readCodes: () => Promise<PlacedCode[]>
  /** For looking at the hidden picture. */
  reader: TextReader
  codes: CodeReader
  clock: Clock
  /** The check takes long, and the picture waits for it. */
  onSlow: () => void
}

/**
 * Checks a picture for private things before it is sent (behavior B16), and hides them. A picture that could not be
 * checked is not sent, unless the rules say so. Rejects only with an AbortError when the signal fires.
 */
export async function clearToSend(options: GateOptions, signal: AbortSignal): Promise<Clearance> {
  const { picture, rules } = options
  let seen: { read: ReadText; codes: PlacedCode[] } | 'slow' | 'failed'
  try {
    seen = await lookAt(options, signal)
    if (seen === 'slow' || seen === 'failed') return notChecked(options, seen)
    const found = foundIn(seen.read, seen.codes).filter((one) => isSent(one, options.area))
    const actionOf = ({ kind }: { kind: PrivateKind }): PrivacyAction => rules.actions[kind]
    const counted = countKinds(found)
    const privacy: Privacy = { action: 'sent', found: counted, hidden: [] }
    const kept = found.filter((one) => actionOf(one) === 'local')
    if (kept.length > 0) return keptHere(kept, privacy)
    const asked = found.filter((one) => actionOf(one) === 'ask')
    if (asked.length > 0 && options.mayAsk) return asking(asked, privacy)
    const toHide = found.filter((one) => actionOf(one) !== 'send')
    const unplaced = findUnplaced(options, toHide)
    if (unplaced.length > 0) return keptHere(unplaced, { ...privacy, found: countKinds([...found, ...unplaced]) })
    if (toHide.length === 0) return { isCleared: true, picture, privacy, hidden: [] }
    const hidden = await untilAborted(hide(picture, toHide, options, options.languages, signal), signal)
    if (hidden === null) return keptHere(toHide, privacy)
    const told: Privacy = { ...privacy, action: 'hidden', hidden: countKinds(toHide) }
    return { isCleared: true, picture: hidden, privacy: told, hidden: toHide }
  } catch (error) {
    if (signal.aborted) throw abortError(signal)
    if (isAbort(error)) throw error
    return notChecked(options, 'failed')
  }
}

function isSent({ areas }: Found, area: Area | null): boolean {
  return area === null || areas.some((one) => overlap(one, area) !== null)
}

/** Text and codes; or that the rule for slow checks applies. */
async function lookAt(
  { rules, clock, readText, readCodes, onSlow }: GateOptions,
  signal: AbortSignal
): Promise<{ read: ReadText; codes: PlacedCode[] } | 'slow' | 'failed'> {
  // oxlint-disable-next-line promise/no-promise-in-callback -- not a callback: the clock calls back
  const { promise: timeOver, resolve: endWait } = Promise.withResolvers<'slow' | 'failed'>()
  const cancelSlow = clock.after(slowMs, () => (rules.whenSlow === 'wait' ? onSlow() : endWait('slow')))
  const cancelLongest = clock.after(longestMs, () => endWait('failed'))
  try {
    const looking = Promise.all([readText(), readCodes()]).then(([read, codes]) => ({ read, codes }))
    return await untilAborted(Promise.race([looking, timeOver]), signal)
  } finally {
    cancelSlow()
    cancelLongest()
  }
}

/** Private things in the text of a page that were not found in its picture, so that no box can cover them. */
function findUnplaced({ knownText, rules }: GateOptions, placed: readonly Found[]): { kind: PrivateKind }[] {
  if (knownText === null) return []
  const known = findPrivateText(knownText).filter(({ kind }) => rules.actions[kind] !== 'send')
  return countKinds(known).filter(({ kind, count }) => placed.filter((one) => one.kind === kind).length < count)
}

function notChecked({ rules, picture }: GateOptions, why: 'slow' | 'failed'): Clearance {
  if (rules.whenSlow === 'send') return { isCleared: true, picture, privacy: unchecked, hidden: [] }
  const failure: Failure = {
    code: 'private',
    message: t('privacy.not-checked', { why }),
    next: t('privacy.not-checked.next')
  }
  return { isCleared: false, privacy: { action: 'local', found: [], hidden: [] }, failure, isAsking: false }
}

function keptHere(found: readonly { kind: PrivateKind }[], privacy: Privacy): NotCleared {
  const failure: Failure = {
    code: 'private',
    message: t('privacy.not-sent', { kinds: kindNames(countKinds(found)) }),
    next: t('privacy.not-sent.next')
  }
  return { isCleared: false, privacy: { ...privacy, action: 'local' }, failure, isAsking: false }
}

function asking(found: readonly Found[], privacy: Privacy): NotCleared {
  const notCleared = keptHere(found, privacy)
  return { ...notCleared, isAsking: true, failure: { ...notCleared.failure, next: t('privacy.asking.next') } }
}
