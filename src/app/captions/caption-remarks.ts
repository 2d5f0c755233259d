import type { Items } from '../items.ts'
import type { Preferences } from '../preferences.ts'
import type { DescribeEvent } from '#core/describing/describer.ts'
import { noticeKind } from '#core/describing/notice.ts'
import type { Announcer, CaptionAnnouncement, Cause } from '#core/speaking/announcer.ts'
import { t } from '#shared/messages/messages.ts'

/** What is heard beside a caption's own words. */
export interface CaptionRemarks {
  warn(event: Pick<DescribeEvent & { type: 'warning' }, 'warning' | 'isUrgent'>, speech: CaptionAnnouncement): void
  /** behavior B10: graphic content waits for a key; others are a few words after the first sentence. */
  notice(itemId: string, notice: string, speech: CaptionAnnouncement, cause: Cause): void
}

export function createCaptionRemarks(items: Items, preferences: Preferences, announcer: Announcer): CaptionRemarks {
  /** Models that are gone, as it was said once a run. */
  const toldOfGone = new Set<string>()
  return {
    warn({ warning, isUrgent }, speech) {
      if (isUrgent) speech.before(`${warning.message} ${warning.next}`.trim())
      else if (warning.code !== 'model-gone') speech.warn(warning)
      else if (!toldOfGone.has(warning.message)) {
        toldOfGone.add(warning.message)
        speech.warn(warning)
      }
    },
    notice(itemId, notice, speech, cause) {
      const kind = noticeKind(notice)
      const policy = preferences.current().notices[kind]
      if (policy === 'say') speech.notice(t('caption.notice', { kind }))
      if (policy !== 'wait') return
      items.change(itemId, { isWithheld: true })
      speech.cancel()
      announcer.say(t('caption.content-hidden', { kind }), cause === 'command' ? 'remark' : 'watcher')
    }
  }
}
