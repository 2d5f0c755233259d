import { outcomeOf, unknown } from './caption-outcome.ts'
import { createCaptionRemarks } from './caption-remarks.ts'
import { captionRequest, type CaptionOrder } from './caption-request.ts'
import type { Items } from '../items.ts'
import type { MeteredDescriber } from './metered-describer.ts'
import { createOpinionCaptioning } from './opinion-captioning.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Preferences } from '../preferences.ts'
import { createSpendingConsent } from './spending-consent.ts'
import type { DescribeEvent } from '#core/describing/describer.ts'
import { nextDetail } from '#core/describing/prompts/presets.ts'
import type { Announcer, CaptionAnnouncement, Cause } from '#core/speaking/announcer.ts'
import { createArrivingText } from '#core/text/sentences.ts'
import type { Item } from '#shared/bridge.ts'
import type { Description, Detail } from '#shared/caption.ts'
import { asDescryError, isAbort, type Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { captionLanguageOf, type OtherModel } from '#shared/settings.ts'
import { unverifiedSentence } from '#shared/unverified.ts'

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

export function createCaptioning(
  dependencies: Pick<Dependencies, 'decoder' | 'clock' | 'connectVision'>,
  describer: MeteredDescriber,
  items: Items,
  preferences: Preferences,
  announcer: Announcer
): Captioning {
  const running = new Map<AbortController, { itemId: string; work: Promise<void> }>()
  const replaced = new DOMException('A newer order replaced this one.', 'AbortError')
  const consentFor = createSpendingConsent(dependencies.clock)
  const remarks = createCaptionRemarks(items, preferences, announcer)
  const giveOpinion = createOpinionCaptioning(items, preferences, remarks, (item, signal) => {
    const mayExceed = consentFor(item, 'command')
    return (order) => describe(item, order, mayExceed, () => undefined, signal)
  })

  async function describe(
    item: Item,
    order: CaptionOrder,
    mayExceed: () => Promise<boolean>,
    onEvent: (event: DescribeEvent) => void,
    signal: AbortSignal
  ): Promise<Description> {
    const request = await captionRequest(dependencies, items, preferences, item, order, signal)
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
    const language = captionLanguageOf(preferences.current())
    const caption = createArrivingText(language)
    const description = await describe(
      item,
      order,
      consentFor(item, cause),
      (event) => {
        if (signal.aborted) return
        switch (event.type) {
          case 'facts':
            items.change(itemId, { facts: event.facts })
            break
          case 'caption':
            caption.append(event.text)
            items.change(itemId, { caption: caption.text, sentences: [...caption.sentences] })
            speech.read(caption)
            break
          case 'notice':
            items.change(itemId, { notice: event.notice })
            remarks.notice(itemId, event.notice, speech, cause)
            break
          case 'warning':
            remarks.warn(event, speech)
            break
          case 'answered':
            speech.end()
        }
      },
      signal
    )
    signal.throwIfAborted()
    const facts = items.find(itemId)?.facts ?? null
    items.change(itemId, { ...outcomeOf(description, language), facts: facts && { ...facts, text: description.text } })
    const unverified = unverifiedSentence(description.unconfirmed)
    if (unverified) speech.after(unverified)
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
    const speech = announcer.caption(cause, itemId)
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
    begin(itemId, 'command', (speech, signal) => giveOpinion(itemId, other, speech, signal))
  }

  return {
    startNext(itemId) {
      const next = nextDetail(items.find(itemId)?.detail ?? preferences.current().detail)
      begin(itemId, 'command', (speech, signal) => {
        speech.before(t(`caption.detail.${next}`))
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
