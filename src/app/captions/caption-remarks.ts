import type { Host } from '../host.ts'
import type { Items } from '../items.ts'
import type { Preferences } from '../preferences.ts'
import type { DescribeEvent } from '#core/describing/describer-request.ts'
import { noticeKind } from '#core/describing/notice.ts'
import type { Announcer, CaptionAnnouncement, Cause } from '#core/speaking/announcer.ts'
import { failureText } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { Privacy } from '#shared/privacy-rules.ts'
import { hiddenNotice } from '#shared/privacy.ts'

/** What is spoken in addition to the caption itself. */
export interface CaptionRemarks {
  warn(event: Pick<DescribeEvent & { type: 'warning' }, 'warning' | 'isUrgent'>, speech: CaptionAnnouncement): void
  /** Behavior B16: what was hidden is said after the first sentence. */
  privacy(privacy: Privacy, speech: CaptionAnnouncement): void
  /** Behavior B10: graphic content waits for a key press; other warnings are a few words after the first sentence. */
  notice(itemId: string, notice: string, speech: CaptionAnnouncement, cause: Cause): void
}

export function createCaptionRemarks({
  host,
  items,
  preferences,
  announcer
}: {
  host: Pick<Host, 'name'>
  items: Items
  preferences: Preferences
  announcer: Announcer
}): CaptionRemarks {
  /** Messages about models that are no longer available. Each is spoken once per run. */
  const announcedGone = new Set<string>()
  return {
    warn({ warning, isUrgent }, speech) {
      if (isUrgent) speech.before(failureText(warning))
      else if (warning.code !== 'model-gone') speech.warn(warning)
      else if (!announcedGone.has(warning.message)) {
        announcedGone.add(warning.message)
        speech.warn(warning)
      }
    },
    privacy({ hidden }, speech) {
      if (hidden.length > 0) speech.notice(hiddenNotice(hidden))
    },
    notice(itemId, notice, speech, cause) {
      const kind = noticeKind(notice)
      const policy = preferences.current().notices[kind]
      if (policy === 'say') speech.notice(t('caption.notice', { kind }))
      if (policy !== 'wait') return
      items.change(itemId, { isWithheld: true })
      speech.cancel()
      announcer.say(t('caption.content-hidden', { kind, host: host.name }), cause === 'command' ? 'remark' : 'watcher')
    }
  }
}
