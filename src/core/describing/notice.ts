/** What a model may warn of. */
export const noticeKinds = ['sensitive', 'graphic', 'private'] as const
export type NoticeKind = (typeof noticeKinds)[number]

/** "private" of "private: a password can be read" or "Private information"; what names none of the kinds is sensitive. */
export function noticeKind(notice: string): NoticeKind {
  const named = /\p{L}+/u.exec(notice)?.[0].toLowerCase()
  return noticeKinds.find((kind) => kind === named) ?? 'sensitive'
}
