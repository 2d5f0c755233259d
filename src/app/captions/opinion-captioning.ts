import type { CaptionOrder } from './caption-request.ts'
import { noDoubt, outcomeOf, unknown, type Told } from './caption-outcome.ts'
import type { CaptionRemarks } from './caption-remarks.ts'
import type { Items } from '../items.ts'
import { bothFailed, modelAnswer } from './model-answer.ts'
import type { Preferences } from '../preferences.ts'
import { compareCaptions, comparisonText } from '#core/opinions/compare-captions.ts'
import type { CaptionAnnouncement } from '#core/speaking/announcer.ts'
import { completeText } from '#core/text/sentences.ts'
import type { Item } from '#shared/bridge.ts'
import type { Description } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import { captionLanguageOf, type OtherModel } from '#shared/settings.ts'
import { unverifiedSentence } from '#shared/unverified.ts'

/**
 * Has another model look at an item's picture, and puts what both say, and where they differ, into the item.
 *
 * @param askerFor asks about the item's picture; all that is asked through one asker is one order.
 */
export function createOpinionCaptioning(
  items: Items,
  preferences: Preferences,
  remarks: CaptionRemarks,
  askerFor: (item: Item, signal: AbortSignal) => (order: CaptionOrder) => Promise<Description>
): (itemId: string, other: OtherModel, speech: CaptionAnnouncement, signal: AbortSignal) => Promise<void> {
  /** @param why of two models one says nothing. */
  function give(itemId: string, opinion: Told, why: DescryError | null, speech: CaptionAnnouncement): void {
    const failures = why ? [why.toFailure()] : []
    // First: not even for a moment is shown what waits.
    if (opinion.notice !== null) remarks.notice(itemId, opinion.notice, speech, 'command')
    const outcome = outcomeOf(opinion, captionLanguageOf(preferences.current()))
    items.change(itemId, { ...outcome, warnings: [...failures, ...opinion.warnings] })
    speech.read(completeText(outcome.caption, outcome.sentences))
    for (const failure of failures) speech.warn(failure)
    for (const warning of opinion.warnings) remarks.warn({ warning }, speech)
    const unverified = unverifiedSentence(opinion.unconfirmed)
    if (unverified) speech.after(unverified)
    speech.end()
  }

  return async (itemId, other, speech, signal) => {
    const item = items.change(itemId, { ...unknown, state: 'describing' })
    const about = items.find(item.pictureId)
    const settings = preferences.current()
    const detail = about?.detail ?? settings.detail
    const ask = askerFor(item, signal)
    const told = about?.state === 'done' && !about.offline ? about : null
    const [first, second] = await Promise.all([
      told ?? modelAnswer(settings.model, ask({ detail })),
      modelAnswer(other.model, ask({ detail, other }))
    ])
    signal.throwIfAborted()
    if (second instanceof DescryError) {
      if (first instanceof DescryError) throw bothFailed(first, second)
      if (first === told) throw second
      return give(itemId, first, second, speech)
    }
    if (first instanceof DescryError) return give(itemId, second, first, speech)
    const names = { first: first.model ?? settings.model, second: second.model ?? other.model }
    // It is blank.
    const here = [first, second].find(({ offline }) => offline)
    give(
      itemId,
      {
        ...second,
        ...noDoubt,
        caption:
          here?.caption ??
          comparisonText(compareCaptions(first.caption, second.caption, captionLanguageOf(settings)), names),
        steps: [],
        notice: second.notice ?? first.notice,
        costUsd: told ? second.costUsd : sum(first.costUsd, second.costUsd),
        warnings: told ? second.warnings : [...first.warnings, ...second.warnings]
      },
      null,
      speech
    )
  }
}

/** Null where one of them is not known. */
function sum(oneUsd: number | null, otherUsd: number | null): number | null {
  return oneUsd === null || otherUsd === null ? null : oneUsd + otherUsd
}
