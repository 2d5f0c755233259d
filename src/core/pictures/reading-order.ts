import { overlapDown } from '#core/areas.ts'
import { enclosing, turned, type RotatedBox } from './rotated-box.ts'
import type { Area } from '#shared/caption.ts'

/** A piece of text in one line: what a detector finds between two wide gaps. */
export interface TextPiece {
  box: RotatedBox
  /** Cells of tables and menus have few. */
  words: readonly unknown[]
}

/** A piece where it would be if the page were level. */
interface LevelPiece {
  box: Area
  words: number
}

/** Share of the lower of two pieces that the other must overlap for both to be in one row. */
const leastRowOverlap = 0.5
/** The least width of a gap between columns, relative to the height of a line. */
const leastGutter = 0.8
/** Fewer pieces are no column. */
const leastInColumn = 3
/** Two columns have something side by side; messages of a chat, left and right, do not. */
const leastSideBySide = 0.6
/** Rows of a table are level; lines of two columns of text seldom are … */
const mostLevel = 0.6
/** … unless they are set on one grid, and then they are sentences. */
const leastWordsOfSentences = 3

/**
 * Puts pieces of text into the order in which a person reads them: columns one after the other, tables and forms row by
 * row. Returns rows from first to last.
 *
 * @param direction of the page. Each row, and the columns, run in it.
 */
export function inReadingOrder<Piece extends TextPiece>(
  pieces: readonly Piece[],
  direction: 'left-to-right' | 'right-to-left' = 'left-to-right'
): Piece[][] {
  const angle = middle(pieces.filter(({ box }) => box.width > 2 * box.height).map(({ box }) => box.angle))
  const level = pieces.map((piece) => ({
    piece,
    box: inDirection(enclosing(turned(piece.box, -angle)), direction),
    words: piece.words.length
  }))
  return inOrder(level).map((row) => row.map(({ piece }) => piece))
}

/** As in a mirror, so that a page in Arabic is ordered like one in English. */
function inDirection(box: Area, direction: 'left-to-right' | 'right-to-left'): Area {
  return direction === 'left-to-right' ? box : { ...box, x: -box.x - box.width }
}

function inOrder<Piece extends LevelPiece>(pieces: readonly Piece[]): Piece[][] {
  if (pieces.length < 2) return pieces.length === 0 ? [] : [[...pieces]]
  const columns = splitIntoColumns(pieces)
  if (columns) return columns.flatMap((column) => inOrder(column))
  const bands = splitAroundColumns(pieces)
  if (bands) return bands.flatMap((band) => inOrder(band))
  return rowsOf(pieces)
}

/** At the widest gap that runs from top to bottom between two columns; null if there is none. */
function splitIntoColumns<Piece extends LevelPiece>(pieces: readonly Piece[]): [Piece[], Piece[]] | null {
  const sorted = pieces.toSorted((a, b) => a.box.x - b.box.x)
  const leastGap = leastGutter * middle(pieces.map(({ box }) => box.height))
  let best: { at: number; gap: number } | null = null
  let right = -Infinity
  for (const [index, { box }] of sorted.entries()) {
    const gap = box.x - right
    if (
      index > 0 &&
      gap >= leastGap &&
      gap > (best?.gap ?? 0) &&
      areColumns(sorted.slice(0, index), sorted.slice(index))
    )
      best = { at: index, gap }
    right = Math.max(right, box.x + box.width)
  }
  return best && [sorted.slice(0, best.at), sorted.slice(best.at)]
}

function areColumns(left: readonly LevelPiece[], right: readonly LevelPiece[]): boolean {
  const [few, many] = left.length <= right.length ? [left, right] : [right, left]
  if (few.length < leastInColumn) return false
  const beside = few.filter((piece) => many.some((other) => overlapDown(piece.box, other.box) > 0))
  if (beside.length < few.length * leastSideBySide) return false
  const level = few.filter((piece) => many.some((other) => isLevel(piece.box, other.box)))
  if (level.length <= few.length * mostLevel) return true
  return [left, right].every((side) => mean(side.map(({ words }) => words)) >= leastWordsOfSentences)
}

function isLevel(one: Area, other: Area): boolean {
  const distance = Math.abs(one.y + one.height / 2 - other.y - other.height / 2)
  return distance < 0.35 * Math.min(one.height, other.height)
}

/** Into what is above, in, and below the tallest part of the page that has columns; null without one. */
function splitAroundColumns<Piece extends LevelPiece>(pieces: readonly Piece[]): Piece[][] | null {
  const rows = bandsOf(pieces)
  if (rows.length < 3) return null
  for (let count = rows.length - 1; count >= leastInColumn; count -= 1) {
    for (let from = 0; from + count <= rows.length; from += 1) {
      const part = rows.slice(from, from + count).flat()
      if (splitIntoColumns(part))
        return [rows.slice(0, from).flat(), part, rows.slice(from + count).flat()].filter((band) => band.length > 0)
    }
  }
  return null
}

/** Groups of pieces with nothing but background above and below, from top to bottom. */
function bandsOf<Piece extends LevelPiece>(pieces: readonly Piece[]): Piece[][] {
  const bands: Piece[][] = []
  let bottom = -Infinity
  for (const piece of pieces.toSorted((a, b) => a.box.y - b.box.y)) {
    // Boxes of adjacent lines may overlap a little.
    if (piece.box.y >= bottom - piece.box.height * 0.3) bands.push([piece])
    else bands.at(-1)?.push(piece)
    bottom = Math.max(bottom, piece.box.y + piece.box.height)
  }
  return bands
}

function rowsOf<Piece extends LevelPiece>(pieces: readonly Piece[]): Piece[][] {
  const rows: Piece[][] = []
  for (const piece of pieces.toSorted((a, b) => a.box.y + a.box.height / 2 - b.box.y - b.box.height / 2)) {
    const row = rows.find((others) => others.every(({ box }) => isInRow(box, piece.box)))
    if (row) row.push(piece)
    else rows.push([piece])
  }
  return rows.map((row) => row.toSorted((a, b) => a.box.x - b.box.x))
}

function isInRow(one: Area, other: Area): boolean {
  return overlapDown(one, other) >= leastRowOverlap * Math.min(one.height, other.height)
}

function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0) / numbers.length
}
