import { captionRequest, type CaptionOrder } from './caption-request.ts'
import type { Items } from './items.ts'
import type { MeteredDescriber } from './metered-describer.ts'
import { bothFailed, modelAnswer } from './model-answer.ts'
import type { Parts } from './parts.ts'
import { systemLanguage } from './picture-describer.ts'
import type { Preferences } from './preferences.ts'
import type { DescribeEvent } from '#core/describing/describer.ts'
import { nextDetail } from '#core/describing/prompts/presets.ts'
import { noticeKind } from '#core/describing/notice.ts'
import { compareCaptions, comparisonText } from '#core/opinions/compare-captions.ts'
import type { Announcer, CaptionAnnouncement, Cause } from '#core/speaking/announcer.ts'
import type { Item } from '#shared/bridge.ts'
import type { Description, Detail } from '#shared/caption.ts'
import { unconfirmedSentence } from '#shared/doubt.ts'
import { asDescryError, DescryError, isAbort, type Failure } from '#shared/errors.ts'
import { captionWaits, detailNames } from '#shared/messages.ts'
import type { OtherModel } from '#shared/settings.ts'

export interface StartOptions extends Omit<CaptionOrder, 'detail' | 'other'> {
  /** Undefined: as the settings say. */
  detail?: Detail | undefined
  cause: Cause
  /** What is to be heard beside the caption, after it. */
  remark?: string | undefined
}

/** Describes items: their captions stream into the list and, the newest one, into speech. */
export interface Captioning {
  /** Starts describing and returns at once; the outcome is in the item. Replaces what runs for the same item. */
  start(itemId: string, options: StartOptions): void
  /** The same on the user's command, with the next amount of detail, whose name is heard before the caption. */
  startNext(itemId: string): void
  /** Has another model look at the picture, too, and puts what both say, and where they differ, into this item. */
  startOpinion(itemId: string, other: OtherModel): void
  /** Aborts every request that runs. True when there was one. */
  stop(): boolean
  /** Resolves when nothing is being described. */
  idle(): Promise<void>
}

/** The same order again within this time goes beyond the spending limit. */
const exceedMs = 60_000

/** What an item keeps of a description. */
type Told = Pick<
  Description,
  | 'caption'
  | 'steps'
  | 'unconfirmed'
  | 'isTextUnchecked'
  | 'notice'
  | 'tags'
  | 'model'
  | 'costUsd'
  | 'offline'
  | 'warnings'
>

const noDoubt = { unconfirmed: [], isTextUnchecked: false }
const unknown: Partial<Item> = {
  ...noDoubt,
  caption: '',
  steps: [],
  notice: null,
  isWithheld: false,
  warnings: [],
  failure: null
}

export function createCaptioning(
  parts: Pick<Parts, 'decoder' | 'clock' | 'connectVision'>,
  describer: MeteredDescriber,
  items: Items,
  preferences: Preferences,
  announcer: Announcer
): Captioning {
  const running = new Map<AbortController, { itemId: string; work: Promise<void> }>()
  const replaced = new DOMException('A newer order replaced this one.', 'AbortError')
  /** Models that are gone, as it was said once a run. */
  const toldOfGone = new Set<string>()
  /** For which order the spending limit was last told of. */
  let toldOfLimit: { order: string; atMs: number } | null = null

  /** One consent for all requests of an order. The same command again may bring the same picture as a new item. */
  function createConsent({ origin, label, question }: Item, cause: Cause): () => Promise<boolean> {
    let consent: boolean | null = null
    return async () => {
      if (cause === 'watcher') return false
      if (consent !== null) return consent
      const order = JSON.stringify([origin, label, question])
      const nowMs = parts.clock.nowMs()
      consent = toldOfLimit?.order === order && nowMs - toldOfLimit.atMs < exceedMs
      toldOfLimit = consent ? null : { order, atMs: nowMs }
      return consent
    }
  }

  async function describe(
    item: Item,
    order: CaptionOrder,
    mayExceed: () => Promise<boolean>,
    onEvent: (event: DescribeEvent) => void,
    signal: AbortSignal
  ): Promise<Description> {
    const request = await captionRequest(parts, items, preferences, item, order, signal)
    return describer.describe({ ...request, mayExceed }, onEvent, signal)
  }

  async function run(
    itemId: string,
    order: CaptionOrder,
    speech: CaptionAnnouncement,
    cause: Cause,
    signal: AbortSignal
  ): Promise<void> {
    const item = items.change(itemId, { ...unknown, state: 'describing', detail: order.detail })
    const description = await describe(
      item,
      order,
      createConsent(item, cause),
      (event) => {
        if (signal.aborted) return
        switch (event.type) {
          case 'facts':
            items.change(itemId, { facts: event.facts })
            break
          case 'caption':
            items.change(itemId, { caption: (items.find(itemId)?.caption ?? '') + event.text })
            speech.append(event.text)
            break
          case 'notice':
            items.change(itemId, { notice: event.notice })
            giveNotice(itemId, event.notice, speech, cause)
            break
          case 'warning':
            tellWarning(event, speech)
            break
          case 'answered':
            speech.end()
        }
      },
      signal
    )
    signal.throwIfAborted()
    const facts = items.find(itemId)?.facts ?? null
    items.change(itemId, { ...outcomeOf(description), facts: facts && { ...facts, text: description.text } })
    const doubt = unconfirmedSentence(description)
    if (doubt) speech.after(doubt)
    speech.end()
  }

  function tellWarning({ warning, isUrgent }: DescribeEvent & { type: 'warning' }, speech: CaptionAnnouncement): void {
    if (isUrgent) speech.before(`${warning.message} ${warning.next}`.trim())
    else if (warning.code !== 'model-gone') speech.warn(warning)
    else if (!toldOfGone.has(warning.message)) {
      toldOfGone.add(warning.message)
      speech.warn(warning)
    }
  }

  /** Manners 10: graphic content waits for a key; others are a few words after the first sentence. */
  function giveNotice(itemId: string, notice: string, speech: CaptionAnnouncement, cause: Cause): void {
    const kind = noticeKind(notice)
    const manner = preferences.current().notices[kind]
    if (manner === 'say') speech.notice(`Notice: ${kind}.`)
    if (manner !== 'wait') return
    items.change(itemId, { isWithheld: true })
    speech.cancel()
    announcer.say(captionWaits(kind), cause === 'command' ? 'remark' : 'watcher')
  }

  async function runOpinion(
    itemId: string,
    other: OtherModel,
    speech: CaptionAnnouncement,
    signal: AbortSignal
  ): Promise<void> {
    const item = items.change(itemId, { ...unknown, state: 'describing' })
    const about = items.find(item.pictureId)
    const settings = preferences.current()
    const detail = about?.detail ?? settings.detail
    const mayExceed = createConsent(item, 'command')
    const look = (model: string, order: CaptionOrder): Promise<Description | DescryError> =>
      modelAnswer(
        model,
        describe(item, order, mayExceed, () => undefined, signal)
      )
    const told = about?.state === 'done' && !about.offline ? about : null
    const [first, second] = await Promise.all([
      told ?? look(settings.model, { detail }),
      look(other.model, { detail, other })
    ])
    signal.throwIfAborted()
    if (second instanceof DescryError) {
      if (first instanceof DescryError) throw bothFailed(first, second)
      if (first === told) throw second
      return giveOpinion(itemId, first, second, speech)
    }
    if (first instanceof DescryError) return giveOpinion(itemId, second, first, speech)
    const names = { first: first.model ?? settings.model, second: second.model ?? other.model }
    // It is blank.
    const here = [first, second].find(({ offline }) => offline)
    giveOpinion(
      itemId,
      {
        ...second,
        ...noDoubt,
        caption:
          here?.caption ??
          comparisonText(compareCaptions(first.caption, second.caption, settings.language ?? systemLanguage()), names),
        steps: [],
        notice: second.notice ?? first.notice,
        costUsd: told ? second.costUsd : sum(first.costUsd, second.costUsd),
        warnings: told ? second.warnings : [...first.warnings, ...second.warnings]
      },
      null,
      speech
    )
  }

  /** @param why of two models one says nothing. */
  function giveOpinion(itemId: string, opinion: Told, why: DescryError | null, speech: CaptionAnnouncement): void {
    const failures = why ? [why.toFailure()] : []
    // First: not even for a moment is shown what waits.
    if (opinion.notice !== null) giveNotice(itemId, opinion.notice, speech, 'command')
    items.change(itemId, { ...outcomeOf(opinion), warnings: [...failures, ...opinion.warnings] })
    speech.append(opinion.caption)
    for (const failure of failures) speech.warn(failure)
    for (const warning of opinion.warnings) tellWarning({ type: 'warning', warning }, speech)
    const doubt = unconfirmedSentence(opinion)
    if (doubt) speech.after(doubt)
    speech.end()
  }

  /** @param before a caption that is not lost to an attempt that brought nothing. */
  function giveUp(itemId: string, before: Item | null, state: 'stopped' | 'failed', failure: Failure | null): void {
    const item = items.find(itemId)
    if (!item) return
    const isKept = before?.state === 'done' && item.caption === ''
    items.change(itemId, isKept ? { ...before, facts: item.facts, failure } : { state, failure })
  }

  function begin(
    itemId: string,
    cause: Cause,
    work: (speech: CaptionAnnouncement, signal: AbortSignal) => Promise<void>
  ): void {
    for (const [earlier, one] of running) if (one.itemId === itemId) earlier.abort(replaced)
    const controller = new AbortController()
    const before = items.find(itemId)
    const speech = announcer.caption(cause)
    const done = work(speech, controller.signal)
      .catch((error: unknown) => {
        speech.cancel()
        if (isAbort(error) || controller.signal.aborted) {
          if (controller.signal.reason !== replaced) giveUp(itemId, before, 'stopped', null)
        } else {
          const failure = asDescryError(error).toFailure()
          giveUp(itemId, before, 'failed', failure)
          announcer.fail(failure, cause)
        }
      })
      .finally(() => running.delete(controller))
    running.set(controller, { itemId, work: done })
  }

  function startOpinion(itemId: string, other: OtherModel): void {
    begin(itemId, 'command', (speech, signal) => runOpinion(itemId, other, speech, signal))
  }

  return {
    startNext(itemId) {
      const next = nextDetail(items.find(itemId)?.detail ?? preferences.current().detail)
      begin(itemId, 'command', (speech, signal) => {
        speech.before(detailNames[next])
        return run(itemId, { detail: next }, speech, 'command', signal)
      })
    },
    start(itemId, { detail, cause, remark, ...order }) {
      const { secondOpinion } = preferences.current()
      // Such as one that failed and is tried again.
      if (items.find(itemId)?.origin === 'opinion' && secondOpinion) return startOpinion(itemId, secondOpinion)
      const wanted = { ...order, detail: detail ?? preferences.current().detail }
      begin(itemId, cause, async (speech, signal) => {
        await run(itemId, wanted, speech, cause, signal)
        if (remark !== undefined) speech.after(remark)
      })
    },
    startOpinion,
    stop() {
      for (const controller of running.keys()) controller.abort()
      return running.size > 0
    },
    async idle() {
      while (running.size > 0) await Promise.all([...running.values()].map(({ work }) => work))
    }
  }
}

/** Null where one of them is not known. */
function sum(oneUsd: number | null, otherUsd: number | null): number | null {
  return oneUsd === null || otherUsd === null ? null : oneUsd + otherUsd
}

function outcomeOf(description: Told): Partial<Item> {
  const { caption, steps, unconfirmed, isTextUnchecked, notice, tags, model, costUsd, offline, warnings } = description
  return {
    state: 'done',
    caption,
    steps,
    unconfirmed,
    isTextUnchecked,
    notice,
    tags,
    model,
    costUsd,
    offline,
    warnings
  }
}
