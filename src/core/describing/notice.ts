import type { Settings } from '#shared/settings.ts'

/** "private" of "private: a password can be read"; what names none of the kinds is sensitive. */
export function noticeKind(notice: string): keyof Settings['notices'] {
  const kind = notice.split(':', 1)[0]?.trim().toLowerCase()
  return kind === 'graphic' || kind === 'private' ? kind : 'sensitive'
}
