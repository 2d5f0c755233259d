import { holdsMiddle } from '#core/areas.ts'
import type { PlacedCode, ReadText } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'
import type { PrivateCount } from '#shared/privacy.ts'
import { privateKinds, type PrivateKind } from '#shared/privacy.ts'
import { findPrivate } from './private-areas.ts'
import { privateKindOfCode } from './private-codes.ts'

/** A private thing in a picture. */
export interface Found {
  kind: PrivateKind
  /** In pixels of the upright source. */
  areas: Area[]
  /** What was read there; the content of a code. */
  text: string
  isCode: boolean
}

/** Everything private in what was read of a picture. */
export function foundIn(read: Pick<ReadText, 'text' | 'words'>, codes: readonly PlacedCode[]): Found[] {
  const inText = findPrivate(read).map(({ kind, areas }) => ({
    kind,
    areas,
    text: wordsIn(read, areas),
    isCode: false
  }))
  const inCodes = codes.flatMap(({ area, ...code }) => {
    const kind = privateKindOfCode(code)
    return kind === null ? [] : [{ kind, areas: [area], text: code.text, isCode: true }]
  })
  return [...inText, ...inCodes]
}

/** The words whose middle lies in one of these areas, or that one of them is a part of. */
export function wordsIn({ words }: Pick<ReadText, 'words'>, areas: readonly Area[]): string {
  return words
    .filter(({ box }) => areas.some((area) => holdsMiddle(area, box) || holdsMiddle(box, area)))
    .map(({ text }) => text)
    .join(' ')
}

/** How many of each kind, in the order of the kinds. */
export function countKinds(found: readonly { kind: PrivateKind }[]): PrivateCount[] {
  return privateKinds
    .map((kind) => ({ kind, count: found.filter((one) => one.kind === kind).length }))
    .filter(({ count }) => count > 0)
}
