import { captionRequest, type CaptionOrder } from './caption-request.ts'
import type { Items } from './items.ts'
import type { MeteredDescriber } from './metered-describer.ts'
import type { Parts } from './parts.ts'
import { systemLanguage } from './picture-describer.ts'
import type { Preferences } from './preferences.ts'
import { compareCaptions, comparisonText } from '#core/opinions/compare-captions.ts'
import type { Announcer, CaptionAnnouncement, Cause } from '#core/speaking/announcer.ts'
import type { VisionModel } from '#core/ports.ts'
import type { Item } from '#shared/bridge.ts'
import type { Description, Detail } from '#shared/caption.ts'
import { unconfirmedSentence } from '#shared/doubt.ts'
import { asDescryError, DescryError, isAbort, type Failure } from '#shared/errors.ts'
import { messages } from '#shared/messages.ts'
import type { OtherModel, Settings } from '#shared/settings.ts'

export interface StartOptions extends Omit<CaptionOrder, 'detail' | 'other'> {
  /** Undefined: as the settings say. */
  detail?: Detail | undefined
  cause: Cause
}

/** Describes items: their captions stream into the list and, the newest one, into speech. */
export interface Captioning {
  /** Starts describing and returns at once; the outcome is in the item. Replaces what runs for the same item. */
  start(itemId: string, options: StartOptions): void
  /** Has another model look at the picture, too, and puts what both say, and where they differ, into this item. */
  startOpinion(itemId: string, other: OtherModel): void
  /** Aborts every request that runs. True when there was one. */
  stop(): boolean
  /** Resolves when nothing is being described. */
  idle(): Promise<void>
}

/** The same order again within this time goes beyond the spending limit. */
const exceedMs = 60_000

const unknown: Partial<Item> = {
  caption: '',
  steps: [],
  unconfirmed: [],
  isTextUnchecked: false,
  notice: null,
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
  /** When the spending limit was last told of, by picture. */
  const toldOfLimit = new Map<string, number>()

  function mayExceed(item: Item): boolean {
    const toldAtMs = toldOfLimit.get(item.pictureId)
    toldOfLimit.clear()
    if (toldAtMs !== undefined && parts.clock.nowMs() - toldAtMs < exceedMs) return true
    toldOfLimit.set(item.pictureId, parts.clock.nowMs())
    return false
  }

  async function describe(
    item: Item,
    order: CaptionOrder,
    onEvent: Parameters<MeteredDescriber['describe']>[1],
    signal: AbortSignal
  ): Promise<Description> {
    const request = await captionRequest(parts, items, preferences, item, order, signal)
    return describer.describe({ ...request, mayExceed: async () => mayExceed(item) }, onEvent, signal)
  }

  async function run(
    itemId: string,
    order: CaptionOrder,
    speech: CaptionAnnouncement,
    cause: Cause,
    signal: AbortSignal
  ): Promise<void> {
    const item = items.change(itemId, { ...unknown, state: 'describing', detail: order.detail })
    let isToldEarly = false
    const description = await describe(
      item,
      order,
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
            giveNotice(event.notice, speech, cause)
            break
          case 'warning':
            speech.warn(event.warning)
            break
          case 'answered':
            isToldEarly = true
            speech.end()
        }
      },
      signal
    )
    signal.throwIfAborted()
    const facts = items.find(itemId)?.facts ?? null
    items.change(itemId, { ...outcomeOf(description), facts: facts && { ...facts, text: description.text } })
    const doubt = unconfirmedSentence(description)
    if (doubt && isToldEarly) announcer.say(doubt, cause === 'command' ? 'remark' : 'watcher')
    else if (doubt) speech.append(`\n${doubt}`)
    speech.end()
  }

  /** Manners 10: graphic content waits for a key; others are a few words after the first sentence. */
  function giveNotice(notice: string, speech: CaptionAnnouncement, cause: Cause): void {
    const kind = noticeKind(notice)
    const manner = preferences.current().notices[kind]
    if (manner === 'say') speech.notice(`Notice: ${kind}.`)
    if (manner !== 'wait') return
    speech.cancel()
    announcer.say(messages.graphicWaits, cause === 'command' ? 'remark' : 'watcher')
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
    const nobody = (): void => undefined
    const first =
      about?.state === 'done' && !about.offline
        ? Promise.resolve({ caption: about.caption, model: about.model, language: null })
        : describe(item, { detail }, nobody, signal)
    const [one, second] = await Promise.all([first, describe(item, { detail, other }, nobody, signal)])
    if (second.offline) throw new DescryError('offline')
    const language = settings.language ?? systemLanguage()
    const caption = comparisonText(compareCaptions(one.caption, second.caption, language), {
      first: one.model ?? settings.model,
      second: second.model ?? other.model
    })
    items.change(itemId, { ...outcomeOf(second), caption, steps: [], unconfirmed: [], isTextUnchecked: false })
    speech.append(caption)
    speech.end()
  }

  function fail(itemId: string, failure: Failure, speech: CaptionAnnouncement, cause: Cause): void {
    if (items.find(itemId)) items.change(itemId, { state: 'failed', failure })
    speech.cancel()
    announcer.fail(failure, cause)
  }

  function begin(
    itemId: string,
    cause: Cause,
    work: (speech: CaptionAnnouncement, signal: AbortSignal) => Promise<void>
  ): void {
    for (const [earlier, one] of running) if (one.itemId === itemId) earlier.abort(replaced)
    const controller = new AbortController()
    const speech = announcer.caption(cause)
    const done = work(speech, controller.signal)
      .catch((error: unknown) => {
        if (isAbort(error) || controller.signal.aborted) {
          speech.cancel()
          if (controller.signal.reason !== replaced) items.change(itemId, { state: 'stopped' })
        } else fail(itemId, asDescryError(error).toFailure(), speech, cause)
      })
      .finally(() => running.delete(controller))
    running.set(controller, { itemId, work: done })
  }

  return {
    start(itemId, { detail, cause, ...order }) {
      const wanted = { ...order, detail: detail ?? preferences.current().detail }
      begin(itemId, cause, (speech, signal) => run(itemId, wanted, speech, cause, signal))
    },
    startOpinion(itemId, other) {
      begin(itemId, 'command', (speech, signal) => runOpinion(itemId, other, speech, signal))
    },
    stop() {
      for (const controller of running.keys()) controller.abort()
      return running.size > 0
    },
    async idle() {
      while (running.size > 0) await Promise.all([...running.values()].map(({ work }) => work))
    }
  }
}

/** The model, asked only while the user allows it: that may change before a request, and between the first and the second. */
export function onlyWhile(isAllowed: () => boolean, vision: VisionModel): VisionModel {
  return {
    provider: vision.provider,
    isLocal: vision.isLocal,
    async *stream(request, signal) {
      if (!isAllowed()) throw new DescryError('offline')
      yield* vision.stream(request, signal)
    }
  }
}

function outcomeOf(description: Description): Partial<Item> {
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

/** "private" of "private: a password can be read"; what names none of the kinds is sensitive. */
function noticeKind(notice: string): keyof Settings['notices'] {
  const kind = notice.split(':', 1)[0]?.trim().toLowerCase()
  return kind === 'graphic' || kind === 'private' ? kind : 'sensitive'
}
