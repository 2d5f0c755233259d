/** What a model may warn of. */
export const noticeKinds = ['sensitive', 'graphic', 'private'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** "private" of "private: a password can be read"; what names none of the kinds is sensitive. */
export function noticeKind(notice: string): NoticeKind {
  const named = notice.split(':', 1)[0]?.trim().toLowerCase()
  return noticeKinds.find((kind) => kind === named) ?? 'sensitive'
}
