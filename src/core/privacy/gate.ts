import { overlap } from '#core/areas.ts'
import { abortError, untilAborted } from '#core/async/abort.ts'
import type { CodeReader, DecodedPicture, PlacedCode, ReadText, TextReader } from '#core/ports/pictures.ts'
import type { Clock } from '#core/ports/time.ts'
import type { Area } from '#shared/caption.ts'
import { isAbort, type Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { unchecked, type Privacy, type PrivacyAction, type PrivacyRules } from '#shared/privacy-rules.ts'
import { kindNames, type PrivateKind } from '#shared/privacy.ts'
import { countKinds, foundIn, wordsIn, type Found } from './found.ts'
import { hide } from './hiding.ts'
import { findPrivateText } from './private-text.ts'
import {
  isPrivateWindow,
  usualPrivateWindows,
  type NamedWindow,
  type PrivateWindowPatterns
} from './private-windows.ts'

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

/** What was read in a picture. */
interface Seen {
  read: ReadText
  codes: PlacedCode[]
}

const nothingRead: Seen = { read: { text: '', words: [] }, codes: [] }

export interface GateOptions {
  picture: DecodedPicture
  rules: PrivacyRules
  /** The window that was captured; nulls for other pictures. */
  window: NamedWindow
  /** Password fields in the picture, in its pixels. */
  passwordFields: readonly Area[]
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
  const { rules, window } = options
  if (isPrivateWindow(window, usualPrivateWindows) || isPrivateWindow(window, own(rules))) return privateWindow()
  try {
    const seen = rules.reads ? await lookAt(options, signal) : nothingRead
    return typeof seen === 'string' ? notChecked(options, seen) : await decide(options, seen, signal)
  } catch (error) {
    if (signal.aborted) throw abortError(signal)
    if (isAbort(error)) throw error
    return notChecked(options, 'failed')
  }
}

/** What the rules say about what was seen, and the picture with boxes if something is to be hidden. */
async function decide(options: GateOptions, seen: Seen, signal: AbortSignal): Promise<Clearance> {
  const { picture, rules, area, languages, mayAsk, passwordFields } = options
  const fields = passwordFields.map((field) => fieldIn(field, seen))
  const found = [...foundIn(seen.read, seen.codes), ...fields].filter((one) => isSent(one, area))
  const withAction = (action: PrivacyAction): Found[] => found.filter(({ kind }) => rules.actions[kind] === action)
  const isChecked = rules.reads || found.length > 0
  const privacy: Privacy = { action: isChecked ? 'sent' : 'unchecked', found: countKinds(found), hidden: [] }

  const toKeep = withAction('local')
  if (toKeep.length > 0) return keptHere(toKeep, privacy)
  const toAsk = withAction('ask')
  if (toAsk.length > 0 && mayAsk) return asking(toAsk, privacy)
  const toHide = [...withAction('hide'), ...toAsk]
  // What has no place cannot be covered.
  const unplaced = [...findUnplaced(options, toHide), ...toHide.filter(({ areas }) => areas.length === 0)]
  if (unplaced.length > 0)
    return keptHere(unplaced, { ...privacy, found: countKinds([...new Set([...found, ...unplaced])]) })
  if (toHide.length === 0) return { isCleared: true, picture, privacy, hidden: [] }

  const hidden = await untilAborted(hide(picture, toHide, options, languages, signal), signal)
  if (hidden === null) return keptHere(toHide, privacy)
  const told: Privacy = { ...privacy, action: 'hidden', hidden: countKinds(toHide) }
  return { isCleared: true, picture: hidden, privacy: told, hidden: toHide }
}

function own({ privateWindows }: PrivacyRules): PrivateWindowPatterns {
  return { applications: privateWindows, titles: privateWindows }
}

/** With the words in it, which may be a password that is shown. */
function fieldIn(area: Area, { read }: Seen): Found {
  return { kind: 'password-field', areas: [area], text: wordsIn(read, [area]), isCode: false }
}

function isSent({ areas }: Found, area: Area | null): boolean {
  return area === null || areas.some((one) => overlap(one, area) !== null)
}

/** Text and codes; or that the rule for slow checks applies. */
async function lookAt(
  { rules, clock, readText, readCodes, onSlow }: GateOptions,
  signal: AbortSignal
): Promise<Seen | 'slow' | 'failed'> {
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

function privateWindow(): NotCleared {
  const failure: Failure = { code: 'private', message: t('privacy.private-window'), next: t('privacy.not-sent.next') }
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
