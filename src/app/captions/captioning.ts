import type { DescribeCall, DescribeService } from '../describing/describe-service.ts'
import type { DescribeRequest, MayExceed } from '../describing/request.ts'
import { emptyResult, outcomeOf } from './caption-outcome.ts'
import { createCaptionRemarks } from './caption-remarks.ts'
import { createSpendingConsent, itemRequest, type CaptionOptions } from './item-request.ts'
import type { SendPreview } from '../describing/send-preview.ts'
import type { Host } from '../host.ts'
import type { Items } from '../items.ts'
import { createOpinionCaptioning } from './opinion-captioning.ts'
import { createRepeatedRequest } from './repeated-request.ts'
import type { Preferences } from '../preferences.ts'
import type { DescribeEvent } from '#core/describing/describer-request.ts'
import type { Clock } from '#core/ports/time.ts'
import { nextDetail } from '#core/describing/prompts/presets.ts'
import type { Announcer, CaptionAnnouncement, Cause } from '#core/speaking/announcer.ts'
import { createArrivingText } from '#core/text/sentences.ts'
import type { Item } from '#shared/bridge.ts'
import type { Description, Detail } from '#shared/caption.ts'
import { asDescryError, DescryError, isAbort, type Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { captionLanguageOf, type OtherModel } from '#shared/settings.ts'
import { unverifiedSentence } from '#shared/unverified.ts'

export interface StartOptions extends Omit<CaptionOptions, 'detail' | 'other'> {
  /** The default comes from the settings. */
  detail?: Detail | undefined
  cause: Cause
  /** What to say after the caption. */
  remark?: string | undefined
}

/** Describes items. Captions are added to the list and spoken as they arrive. */
export interface Captioning {
  /**
   * Starts describing and returns immediately; the item gets the outcome. Replaces a description of the same item in
   * progress.
   */
  start(itemId: string, options: StartOptions): void
  /** Describes an item at the user's command with the next level of detail, which is announced before the caption. */
  startNext(itemId: string): void
  /** Asks another model too, and stores both answers and their differences in this item. */
  startOpinion(itemId: string, other: OtherModel): void
  /** What describing an item would send. Sends nothing. Errors: those of the service. */
  preview(itemId: string): Promise<SendPreview>
  /** Aborts every request in progress. Returns true if there was one. */
  stop(): boolean
  /** Resolves when no description is in progress. */
  idle(): Promise<void>
}

export interface CaptioningOptions {
  host: Pick<Host, 'name'>
  service: DescribeService
  items: Items
  preferences: Preferences
  announcer: Announcer
  clock: Clock
}

/** Repeating a request within this time after it was refused sends the picture with its private parts hidden. */
const privacyConsentMs = 30_000

export function createCaptioning({
  host,
  service,
  items,
  preferences,
  announcer,
  clock
}: CaptioningOptions): Captioning {
  const running = new Map<AbortController, { itemId: string; work: Promise<void> }>()
  const replaced = new DOMException('Replaced by a newer request.', 'AbortError')
  const consentFor = createSpendingConsent(clock)
  const notSent = createRepeatedRequest(clock, privacyConsentMs)
  const remarks = createCaptionRemarks({ host, items, preferences, announcer })
  const giveOpinion = createOpinionCaptioning(items, preferences, remarks, (item, signal) => {
    const mayExceed = consentFor(item, 'command')
    const consent = consented(item, 'command')
    return (options) => describe(item, { ...consent, ...options }, 'command', mayExceed, { signal })
  })

  const requestFor = (item: Item, options: CaptionOptions, cause: Cause, mayExceed: MayExceed): DescribeRequest =>
    itemRequest(items, item, options, {
      presets: preferences.current().presets,
      mayExceed,
      mayAsk: cause === 'command'
    })

  function consented(item: Item, cause: Cause): Pick<CaptionOptions, 'privacy'> {
    return cause === 'command' && notSent.take(item) ? { privacy: 'hide' } : {}
  }

  /** Describes; when the user is told that the picture was not sent, the same request again sends it hidden. */
  async function describe(
    item: Item,
    options: CaptionOptions,
    cause: Cause,
    mayExceed: MayExceed,
    call: DescribeCall
  ): Promise<Description> {
    try {
      return await service.describe(requestFor(item, options, cause, mayExceed), call)
    } catch (error) {
      if (error instanceof DescryError && error.code === 'private') notSent.announce(item)
      throw error
    }
  }

  async function run(
    itemId: string,
    options: CaptionOptions,
    speech: CaptionAnnouncement,
    cause: Cause,
    signal: AbortSignal
  ): Promise<void> {
    const item = items.change(itemId, { ...emptyResult, state: 'describing', detail: options.detail })
    const language = captionLanguageOf(preferences.current())
    const caption = createArrivingText(language)
    const onEvent = (event: DescribeEvent): void => {
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
        case 'checking':
          speech.before(t('privacy.checking'))
          break
        case 'privacy':
          items.change(itemId, { privacy: event.privacy })
          remarks.privacy(event.privacy, speech)
          break
        case 'answered':
          speech.end()
      }
    }
    const asked = { ...consented(item, cause), ...options }
    const description = await describe(item, asked, cause, consentFor(item, cause), { signal, onEvent })
    signal.throwIfAborted()
    const facts = items.find(itemId)?.facts ?? null
    items.change(itemId, {
      ...outcomeOf(description, language),
      facts: facts && { ...facts, text: facts.text ?? description.text }
    })
    const unverified = unverifiedSentence(description.unconfirmed)
    if (unverified) speech.after(unverified)
    speech.end()
  }

  /** @param before The item as it was, so that a failed attempt doesn't lose its caption. */
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
    start(itemId, { detail, cause, remark, ...options }) {
      const { secondOpinion } = preferences.current()
      // Retries a failed second opinion.
      if (items.find(itemId)?.origin === 'opinion' && secondOpinion) return startOpinion(itemId, secondOpinion)
      const wanted = { ...options, detail: detail ?? preferences.current().detail }
      begin(itemId, cause, async (speech, signal) => {
        await run(itemId, wanted, speech, cause, signal)
        if (remark !== undefined) speech.after(remark)
      })
    },
    startOpinion,
    async preview(itemId) {
      const item = items.find(itemId)
      if (!item) throw new DescryError('no-picture')
      const detail = item.detail ?? preferences.current().detail
      const request = requestFor(item, { detail }, 'command', async () => true)
      return service.preview({ ...request, intent: { ...request.intent, mayAsk: false } }, new AbortController().signal)
    },
    stop() {
      notSent.forget()
      for (const controller of running.keys()) controller.abort()
      return running.size > 0
    },
    async idle() {
      while (running.size > 0) await Promise.all([...running.values()].map(({ work }) => work))
    }
  }
}
