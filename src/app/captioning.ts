import type { Items } from './items.ts'
import type { Parts } from './parts.ts'
import { describePicture, systemLanguage } from './picture-describer.ts'
import type { Preferences } from './preferences.ts'
import type { Announcer, CaptionAnnouncement, Cause } from '#core/speaking/announcer.ts'
import type { Detail } from '#shared/caption.ts'
import { asDescryError, isAbort, type Failure } from '#shared/errors.ts'

/** Describes items: their captions stream into the list and, the newest one, into speech. */
export interface Captioning {
  /** Starts describing and returns at once; the outcome is in the item. */
  start(itemId: string, options: { detail?: Detail | undefined; cause: Cause }): void
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
  const running = new Map<AbortController, Promise<void>>()

  async function run(itemId: string, detail: Detail, speech: CaptionAnnouncement, signal: AbortSignal): Promise<void> {
    const item = items.change(itemId, { state: 'describing', caption: '', notice: null, warnings: [], failure: null })
    const { bytes, windowTitle, applicationName } = items.picture(itemId)
    const settings = preferences.current()
    const receivedAtMs = parts.clock.nowMs()
    const picture = await parts.decoder.decode(bytes)
    const description = await describePicture(
      parts,
      picture,
      item.label,
      {
        detail,
        preset: item.origin === 'screen' ? 'screen' : null,
        question: item.question,
        language: settings.language ?? systemLanguage(),
        model: settings.model,
        baseUrl: settings.baseUrl,
        apiKey: await preferences.keyForRequest(),
        isOffline: !preferences.isSendingOn(),
        firstTokenTimeoutMs: settings.firstTokenTimeoutMs,
        windowTitle,
        applicationName,
        receivedAtMs
      },
      (event) => {
        if (event.type === 'facts') items.change(itemId, { facts: event.facts })
        else if (event.type === 'caption') {
          items.change(itemId, { caption: (items.find(itemId)?.caption ?? '') + event.text })
          speech.append(event.text)
        } else speech.warn(event.warning)
      },
      signal
    )
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
    items.change(itemId, { state: 'failed', failure })
    speech.cancel()
    announcer.fail(failure, cause)
  }

  return {
    start(itemId, { detail, cause }) {
      const controller = new AbortController()
      const speech = announcer.caption(cause)
      const work = run(itemId, detail ?? preferences.current().detail, speech, controller.signal)
        .catch((error: unknown) => {
          if (isAbort(error) || controller.signal.aborted) {
            speech.cancel()
            items.change(itemId, { state: 'stopped' })
          } else fail(itemId, asDescryError(error).toFailure(), speech, cause)
        })
        .finally(() => running.delete(controller))
      running.set(controller, work)
    },
    stop() {
      for (const controller of running.keys()) controller.abort()
      return running.size > 0
    },
    async idle() {
      while (running.size > 0) await Promise.all(running.values())
    }
  }
}

/** "private" of "private: a password can be read": a notice is heard in a word or two (Manners 10), and read in full. */
function noticeCategory(notice: string): string {
  return notice.split(':', 1)[0] ?? notice
}
