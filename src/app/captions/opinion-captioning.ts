import type { CaptionOptions } from './item-request.ts'
import { emptyResult, nothingUnverified, outcomeOf, type DescribedFields } from './caption-outcome.ts'
import type { CaptionRemarks } from './caption-remarks.ts'
import type { Items } from '../items.ts'
import type { Preferences } from '../preferences.ts'
import { compareCaptions, comparisonText } from '#core/opinions/compare-captions.ts'
import type { CaptionAnnouncement } from '#core/speaking/announcer.ts'
import { completeText } from '#core/text/sentences.ts'
import type { Item } from '#shared/bridge.ts'
import type { Description } from '#shared/caption.ts'
import { asDescryError, DescryError } from '#shared/errors.ts'
import { captionLanguageOf, type OtherModel } from '#shared/settings.ts'
import { unverifiedSentence } from '#shared/unverified.ts'

/**
 * Asks another model about an item's picture, and stores both answers and their differences in the item.
 *
 * @param askerFor Asks about the item's picture. All requests through one asker count as one request by the user.
 */
export function createOpinionCaptioning(
  items: Items,
  preferences: Preferences,
  remarks: CaptionRemarks,
  askerFor: (item: Item, signal: AbortSignal) => (options: CaptionOptions) => Promise<Description>
): (itemId: string, other: OtherModel, speech: CaptionAnnouncement, signal: AbortSignal) => Promise<void> {
  /** @param why The reason one of the two models gave no answer. */
  function give(itemId: string, opinion: DescribedFields, why: DescryError | null, speech: CaptionAnnouncement): void {
    const failures = why ? [why.toFailure()] : []
    // First, so that a withheld caption is not shown even for a moment.
    if (opinion.notice !== null) remarks.notice(itemId, opinion.notice, speech, 'command')
    const outcome = outcomeOf(opinion, captionLanguageOf(preferences.current()))
    items.change(itemId, { ...outcome, warnings: [...failures, ...opinion.warnings] })
    remarks.privacy(opinion.privacy, speech)
    speech.read(completeText(outcome.caption, outcome.sentences))
    for (const failure of failures) speech.warn(failure)
    for (const warning of opinion.warnings) remarks.warn({ warning }, speech)
    const unverified = unverifiedSentence(opinion.unconfirmed)
    if (unverified) speech.after(unverified)
    speech.end()
  }

  return async (itemId, other, speech, signal) => {
    const item = items.change(itemId, { ...emptyResult, state: 'describing' })
    const about = items.find(item.pictureId)
    const settings = preferences.current()
    const detail = about?.detail ?? settings.detail
    const ask = askerFor(item, signal)
    const earlier = about?.state === 'done' && !about.offline ? about : null
    const [first, second] = await Promise.all([
      earlier ?? modelAnswer(settings.model, ask({ detail })),
      modelAnswer(other.model, ask({ detail, other }))
    ])
    signal.throwIfAborted()
    if (second instanceof DescryError) {
      if (first instanceof DescryError) throw bothFailed(first, second)
      if (first === earlier) throw second
      return give(itemId, first, second, speech)
    }
    if (first instanceof DescryError) return give(itemId, second, first, speech)
    const names = { first: first.model ?? settings.model, second: second.model ?? other.model }
    // The picture is blank.
    const blank = [first, second].find(({ offline }) => offline)
    give(
      itemId,
      {
        ...second,
        ...nothingUnverified,
        caption:
          blank?.caption ??
          comparisonText(compareCaptions(first.caption, second.caption, captionLanguageOf(settings)), names),
        steps: [],
        notice: second.notice ?? first.notice,
        costUsd: earlier ? second.costUsd : sum(first.costUsd, second.costUsd),
        warnings: earlier ? second.warnings : [...first.warnings, ...second.warnings]
      },
      null,
      speech
    )
  }
}

/** One model's answer, or why it gave none, with its name. Never rejects; being stopped also counts as an error. */
async function modelAnswer(model: string, asked: Promise<Description>): Promise<Description | DescryError> {
  const description = await asked.catch((error: unknown) => asDescryError(error))
  if (description instanceof DescryError) return named(model, description)
  // Text that was read on this computer instead is not an opinion. If there is no warning, the picture is blank.
  const why = description.offline ? description.warnings[0] : undefined
  return why ? named(model, new DescryError(why.code, why)) : description
}

/** Why neither model gave an answer. If the reason is the same, such as a limit, it is given once and without names. */
function bothFailed(first: DescryError, second: DescryError): DescryError {
  const [one, other] = [first.cause, second.cause].map(asDescryError)
  if (one && one.code === other?.code && one.message === other.message) return one
  return new DescryError(first.code, { message: `${first.message} ${second.message}`, next: first.next, cause: first })
}

function named(model: string, cause: DescryError): DescryError {
  return new DescryError(cause.code, { message: `${model}: ${cause.message}`, next: cause.next, cause })
}

/** Null if one of them is unknown. */
function sum(oneUsd: number | null, otherUsd: number | null): number | null {
  return oneUsd === null || otherUsd === null ? null : oneUsd + otherUsd
}
