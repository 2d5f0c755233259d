import { around, overlapDown } from '#core/areas.ts'
import type { ReadText, ReadWord } from '#core/ports/pictures.ts'
import { privateKinds, type PrivateKind } from '#shared/privacy.ts'
import type { Area } from '#shared/caption.ts'
import { union, viewsOfPage, type PageView } from './page-views.ts'
import { searchText, type TextFinding } from './private-text.ts'

export interface PrivateFinding {
  kind: PrivateKind
  /**
   * In pixels of the upright source, without a margin; one for each line of a value. Empty if the text has it, but its words
   * have no places.
   */
  areas: Area[]
}

/** A word that is private, or the characters of it that are. */
interface Piece {
  index: number
  start: number
  end: number
}
interface Found {
  kind: PrivateKind
  pieces: Piece[]
}

/**
 * What is private on a page, and where. A label and its value may be on one line, one above the other, or side by side as
 * separate lines: the places of the words tell. The security code and the expiry date belong to their card number.
 */
export function findPrivate({ text, words }: Pick<ReadText, 'text' | 'words'>): PrivateFinding[] {
  const views = viewsOfPage({ text, words })
  let hasCard = false
  const all = views.map((view) => {
    const found = searchText(view.text, hasCard)
    hasCard ||= found.hasCard
    return { view, findings: found.findings }
  })
  let found: Found[] = []
  const placeless: PrivateFinding[] = []
  for (const { view, findings } of all)
    for (const finding of findings) {
      const pieces = piecesOf(view, finding)
      if (pieces.length > 0) found.push({ kind: finding.kind, pieces })
      else if (view === all[0]?.view) placeless.push({ kind: finding.kind, areas: [] })
    }
  found = withoutCovered(merged(found))
  return [
    ...joinedCards(found.map(({ kind, pieces }) => ({ kind, areas: spread(kind, areasOf(pieces, words)) }))),
    ...placeless
  ]
}

function piecesOf({ words }: PageView, { start, end }: TextFinding): Piece[] {
  return words
    .filter((word) => word.start < end && word.end > start)
    .map((word) => ({
      index: word.index,
      start: Math.max(start, word.start) - word.start,
      end: Math.min(end, word.end) - word.start
    }))
}

/** Findings of one kind with a word in common, from several views, are one. */
function merged(found: readonly Found[]): Found[] {
  const kept: Found[] = []
  for (const { kind, pieces } of found) {
    const same = kept.filter((one) => one.kind === kind && one.pieces.some((piece) => pieces.some(touches(piece))))
    const [first] = same
    if (!first) {
      kept.push({ kind, pieces: [...pieces] })
      continue
    }
    for (const one of same.slice(1)) {
      first.pieces = withPieces(first.pieces, one.pieces)
      kept.splice(kept.indexOf(one), 1)
    }
    first.pieces = withPieces(first.pieces, pieces)
  }
  return kept
}

function touches(one: Piece): (other: Piece) => boolean {
  return (other) => one.index === other.index && one.start < other.end && other.start < one.end
}

function withPieces(pieces: readonly Piece[], more: readonly Piece[]): Piece[] {
  const result = [...pieces]
  for (const piece of more) {
    const known = result.find(touches(piece))
    if (known) {
      known.start = Math.min(known.start, piece.start)
      known.end = Math.max(known.end, piece.end)
    } else result.push(piece)
  }
  return result
}

/** Less what is a part of a finding of a surer kind. */
function withoutCovered(found: readonly Found[]): Found[] {
  const rank = (kind: PrivateKind): number => privateKinds.indexOf(kind)
  return found.filter(
    (one) =>
      !found.some(
        (other) =>
          rank(other.kind) < rank(one.kind) &&
          one.pieces.every((piece) =>
            other.pieces.some(
              ({ index, start, end }) => index === piece.index && start <= piece.start && end >= piece.end
            )
          )
      )
  )
}

/** The lines of a passport are equally wide, but OCR loses the "<" that fill them. */
function spread(kind: PrivateKind, areas: Area[]): Area[] {
  if (kind !== 'id-number' || areas.length < 2) return areas
  const { x, width } = around(areas)
  return areas.map(({ y, height }) => ({ x, y, width, height }))
}

/** One area for words side by side. */
function areasOf(pieces: readonly Piece[], words: readonly ReadWord[]): Area[] {
  const areas: Area[] = []
  const boxes = pieces
    .map((piece) => boxOf(piece, words[piece.index]))
    .toSorted((one, other) => one.y - other.y || one.x - other.x)
  for (const box of boxes) {
    const at = areas.findIndex((area) => isBeside(area, box))
    const area = areas[at]
    if (area) areas[at] = union(area, box)
    else areas.push(box)
  }
  return areas
}

function isBeside(one: Area, other: Area): boolean {
  const height = Math.min(one.height, other.height)
  const gap = Math.max(one.x, other.x) - Math.min(one.x + one.width, other.x + other.width)
  return overlapDown(one, other) >= 0.5 * height && gap < 2.5 * Math.max(one.height, other.height)
}

/**
 * The part of a word's box that holds these characters, whether all are equally wide or not, and one more at each end: where
 * OCR lost the space after a label, it is better to cover some of the label than to leave some of the value.
 */
function boxOf({ start, end }: Piece, word: ReadWord | undefined): Area {
  if (!word) return { x: 0, y: 0, width: 0, height: 0 }
  const { x, y, width, height } = word.box
  const { length } = word.text
  const isWhole = start === 0 && end === length
  // Text that stands on its side fills its box from top to bottom.
  if (isWhole || (height > width * 2 && length > 2)) return word.box
  const [first, last] = [Math.max(0, start - 1), Math.min(length, end + 1)]
  const from = Math.min(first / length, shareBefore(word.text, first))
  const to = Math.max(last / length, shareBefore(word.text, last))
  return { x: x + from * width, y, width: (to - from) * width, height }
}

/** The share of a word's width, 0-1, that its first characters take in a font of letters of different widths. */
function shareBefore(text: string, count: number): number {
  const widthOf = (part: string): number => {
    const count = (letters: RegExp): number => part.match(letters)?.length ?? 0
    return part.length - 0.5 * count(/[iljtfrI.,:;'|!()[\]]/gu) + 0.6 * count(/[mwMW@%]/gu) + 0.15 * count(/[A-Z]/gu)
  }
  return widthOf(text.slice(0, count)) / widthOf(text)
}

/** The findings of a card, its number, expiry date and security code, as one for each number. */
function joinedCards(findings: readonly PrivateFinding[]): PrivateFinding[] {
  const cards = findings.filter(({ kind }) => kind === 'card-number')
  const numbers = cards.filter(({ areas }) => widthOf(areas) >= widest(cards) * 0.5)
  if (cards.length === numbers.length) return [...findings]
  const joined = findings.filter((one) => !cards.includes(one) || numbers.includes(one))
  for (const detail of cards.filter((one) => !numbers.includes(one))) {
    const nearest = numbers.toSorted((one, other) => distance(one, detail) - distance(other, detail))[0]
    nearest?.areas.push(...detail.areas)
  }
  return joined
}

function widthOf(areas: readonly Area[]): number {
  return areas.reduce((sum, { width }) => sum + width, 0)
}

function widest(findings: readonly PrivateFinding[]): number {
  return Math.max(...findings.map(({ areas }) => widthOf(areas)))
}

function distance(one: PrivateFinding, other: PrivateFinding): number {
  const [a, b] = [one.areas[0], other.areas[0]]
  return a && b ? Math.hypot(a.x - b.x, a.y - b.y) : Infinity
}
