import { overlapAcross, overlapDown } from '#core/areas.ts'
import type { ReadText, ReadWord } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'

/** A word and where it stands in the text of a view. */
export interface ViewWord {
  /** Index in the words that were read. */
  index: number
  start: number
  end: number
}

/** One way to read a page: a text, and the words it is made of. */
export interface PageView {
  text: string
  words: ViewWord[]
}

/** A wider gap in a row separates two segments: fields of a form, cells of a table. Relative to the height of the words. */
const segmentGap = 1.2
/** How far below a label its value may be, relative to the height of the words. */
const maxLineGap = 2.2
const leastRowOverlap = 0.5

/**
 * The ways to read a page in which a label and its value may be neighbors: as it was read, row by row, and segment by segment
 * downwards. Ways that say nothing new are left out.
 */
export function viewsOfPage({ text, words }: Pick<ReadText, 'text' | 'words'>): PageView[] {
  const views = [asRead(text, words)]
  const rows = rowsOf(words)
  const segments = rows.map((row) => segmentsOf(row, words))
  const byRow = joined(rows, words)
  const isSame = (view: PageView): boolean => squeezed(view.text) === squeezed(text)
  if (!isSame(byRow)) views.push(byRow)
  if (segments.some((row) => row.length > 1)) views.push(downwards(segments, words))
  return views
}

function squeezed(text: string): string {
  return text.replace(/\s+/gu, ' ').trim()
}

/** The text itself. Words that are not found in it, in their order, are left out. */
function asRead(text: string, words: readonly ReadWord[]): PageView {
  const placed: ViewWord[] = []
  let from = 0
  for (const [index, { text: word }] of words.entries()) {
    const start = word === '' ? -1 : text.indexOf(word, from)
    if (start === -1) continue
    placed.push({ index, start, end: start + word.length })
    from = start + word.length
  }
  return { text, words: placed }
}

/** Lines of words by index, joined with spaces and newlines. */
function joined(lines: readonly (readonly number[])[], words: readonly ReadWord[]): PageView {
  let text = ''
  const placed: ViewWord[] = []
  for (const line of lines) {
    for (const [at, index] of line.entries()) {
      const word = words[index]?.text ?? ''
      if (at > 0) text += ' '
      placed.push({ index, start: text.length, end: text.length + word.length })
      text += word
    }
    text += '\n'
  }
  return { text: text.trimEnd(), words: placed }
}

/** Indexes of words, row by row from top to bottom, each from left to right. */
function rowsOf(words: readonly ReadWord[]): number[][] {
  const middle = ({ y, height }: Area): number => y + height / 2
  const order = words
    .map(({ box }, index) => ({ box, index }))
    .toSorted((one, other) => middle(one.box) - middle(other.box))
  const rows: { box: Area; index: number }[][] = []
  for (const word of order) {
    // Only the last rows can still reach this far down.
    const row = rows.slice(-3).find((others) => others.some(({ box }) => isLevel(box, word.box)))
    if (row) row.push(word)
    else rows.push([word])
  }
  return rows.map((row) => row.toSorted((one, other) => one.box.x - other.box.x).map(({ index }) => index))
}

function isLevel(one: Area, other: Area): boolean {
  return overlapDown(one, other) >= leastRowOverlap * Math.min(one.height, other.height)
}

interface Segment {
  indexes: number[]
  box: Area
}

function segmentsOf(row: readonly number[], words: readonly ReadWord[]): Segment[] {
  const segments: Segment[] = []
  for (const index of row) {
    const box = words[index]?.box
    if (!box) continue
    const last = segments.at(-1)
    const gap = last ? box.x - last.box.x - last.box.width : Infinity
    if (last && gap <= segmentGap * Math.max(box.height, last.box.height)) {
      last.indexes.push(index)
      last.box = union(last.box, box)
    } else segments.push({ indexes: [index], box })
  }
  return segments
}

/** The smallest area around two. */
export function union(one: Area, other: Area): Area {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)]
  const right = Math.max(one.x + one.width, other.x + other.width)
  const bottom = Math.max(one.y + one.height, other.y + other.height)
  return { x, y, width: right - x, height: bottom - y }
}

/** Segments that stand below each other, as lines; an empty line where one column ends. */
function downwards(rows: readonly (readonly Segment[])[], words: readonly ReadWord[]): PageView {
  const below = new Map<Segment, Segment>()
  const hasAbove = new Set<Segment>()
  for (const [index, row] of rows.entries())
    for (const segment of row) {
      const next = rows
        .slice(index + 1, index + 4)
        .flat()
        .find((other) => isBelow(segment.box, other.box))
      if (!next) continue
      below.set(segment, next)
      hasAbove.add(next)
    }
  const lines: number[][] = []
  const seen = new Set<Segment>()
  for (const top of rows.flat()) {
    if (hasAbove.has(top)) continue
    for (let segment: Segment | undefined = top; segment; segment = below.get(segment)) {
      lines.push(segment.indexes)
      // Where two columns meet, the rest is read once; its first line belongs to both.
      if (seen.has(segment)) break
      seen.add(segment)
    }
    lines.push([])
  }
  return joined(lines, words)
}

function isBelow(upper: Area, lower: Area): boolean {
  const height = Math.max(upper.height, lower.height)
  const gap = lower.y - upper.y - upper.height
  if (gap < -0.5 * height || gap > maxLineGap * height) return false
  const isAligned = Math.abs(upper.x - lower.x) < height
  return isAligned || overlapAcross(upper, lower) >= 0.3 * Math.min(upper.width, lower.width)
}
