import { bytesOf, type Items } from './items.ts'
import type { Parts } from './parts.ts'
import { describePicture, systemLanguage } from './picture-describer.ts'
import type { Preferences } from './preferences.ts'
import type { Announcer, CaptionAnnouncement, Cause } from '#core/speaking/announcer.ts'
import { untilAborted } from '#core/describing/vision-attempt.ts'
import type { VisionModel } from '#core/ports.ts'
import type { Detail } from '#shared/caption.ts'
import { asDescryError, DescryError, isAbort, type Failure } from '#shared/errors.ts'

export interface StartOptions {
  /** Null and undefined: as the settings say. */
  detail?: Detail | undefined
  /** Nothing is sent: text and codes are read here. */
  isLocal?: boolean
  cause: Cause
}

/** Describes items: their captions stream into the list and, the newest one, into speech. */
export interface Captioning {
  /** Starts describing and returns at once; the outcome is in the item. Replaces what runs for the same item. */
  start(itemId: string, options: StartOptions): void
  /** Aborts every request that runs. True when there was one. */
  stop(): boolean
  /** Resolves when nothing is being described. */
  idle(): Promise<void>
}

export function createCaptioning(
  parts: Pick<Parts, 'decoder' | 'reader' | 'codes' | 'clock' | 'connectVision'>,
  items: Items,
  preferences: Preferences,
  announcer: Announcer
): Captioning {
  const running = new Map<AbortController, { itemId: string; work: Promise<void> }>()
  const replaced = new DOMException('A newer order replaced this one.', 'AbortError')
  const outside: typeof parts = {
    ...parts,
    connectVision: (baseUrl, apiKey) =>
      onlyWhile(() => preferences.maySendTo(baseUrl), parts.connectVision(baseUrl, apiKey))
  }

  async function run(itemId: string, detail: Detail, speech: CaptionAnnouncement, signal: AbortSignal): Promise<void> {
    const item = items.change(itemId, { state: 'describing', caption: '', notice: null, warnings: [], failure: null })
    const source = items.picture(itemId)
    const { windowTitle, applicationName } = source
    const bytes = await untilAborted(bytesOf(source), signal)
    const receivedAtMs = parts.clock.nowMs()
    const picture = await untilAborted(parts.decoder.decode(bytes), signal)
    // Now and not before: the user may have chosen another provider meanwhile.
    const settings = preferences.current()
    // A locked keychain asks its user first.
    const apiKey = await untilAborted(preferences.keyFor(settings.baseUrl), signal)
    const description = await describePicture(
      outside,
      picture,
      item.label,
      {
        detail,
        preset: item.origin === 'screen' ? 'screen' : null,
        question: item.question,
        language: settings.language ?? systemLanguage(),
        model: settings.model,
        baseUrl: settings.baseUrl,
        apiKey,
        isOffline: !preferences.maySendTo(settings.baseUrl),
        firstTokenTimeoutMs: settings.firstTokenTimeoutMs,
        windowTitle,
        applicationName,
        receivedAtMs
      },
      (event) => {
        if (signal.aborted) return
        if (event.type === 'facts') items.change(itemId, { facts: event.facts })
        else if (event.type === 'caption') {
          items.change(itemId, { caption: (items.find(itemId)?.caption ?? '') + event.text })
          speech.append(event.text)
        } else speech.warn(event.warning)
      },
      signal
    )
    signal.throwIfAborted()
    const facts = items.find(itemId)?.facts ?? null
    items.change(itemId, {
      state: 'done',
      caption: description.caption,
      notice: description.notice,
      tags: description.tags,
      model: description.model,
      costUsd: description.costUsd,
      offline: description.offline,
      warnings: description.warnings,
      facts: facts && { ...facts, text: description.text }
    })
    if (description.notice) speech.append(`\nNotice: ${noticeCategory(description.notice)}.`)
    speech.end()
  }

  function fail(itemId: string, failure: Failure, speech: CaptionAnnouncement, cause: Cause): void {
    if (items.find(itemId)) items.change(itemId, { state: 'failed', failure })
    speech.cancel()
    announcer.fail(failure, cause)
  }

  return {
    start(itemId, { detail, cause }) {
      for (const [earlier, one] of running) if (one.itemId === itemId) earlier.abort(replaced)
      const controller = new AbortController()
      const speech = announcer.caption(cause)
      const work = run(itemId, detail ?? preferences.current().detail, speech, controller.signal)
        .catch((error: unknown) => {
          if (isAbort(error) || controller.signal.aborted) {
            speech.cancel()
            if (controller.signal.reason !== replaced) items.change(itemId, { state: 'stopped' })
          } else fail(itemId, asDescryError(error).toFailure(), speech, cause)
        })
        .finally(() => running.delete(controller))
      running.set(controller, { itemId, work })
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
function onlyWhile(isAllowed: () => boolean, vision: VisionModel): VisionModel {
  return {
    provider: vision.provider,
    isLocal: vision.isLocal,
    async *stream(request, signal) {
      if (!isAllowed()) throw new DescryError('offline')
      yield* vision.stream(request, signal)
    }
  }
}

/** "private" of "private: a password can be read": a notice is heard in a word or two (Manners 10), and read in full. */
function noticeCategory(notice: string): string {
  return notice.split(':', 1)[0] ?? notice
}
