import type { ReadText, ReadWord } from '#core/ports/pictures.ts'

/** The least gap between two blocks, relative to the height of a line; lines of a paragraph are closer. */
const minGap = 0.9
/** Lines of one block differ less in height: a heading is a block of its own. */
const maxHeightRatio = 1.6

interface Line {
  text: string
  top: number
  bottom: number
}

/**
 * The text with an empty line between blocks: paragraphs, headings, columns. The lines stay in their order. Unchanged if
 * the words have no places.
 */
export function textInBlocks({ text, words }: Pick<ReadText, 'text' | 'words'>): string {
  const lines = placedLines(text, words)
  if (lines === null) return text
  let blocks = ''
  for (const [index, line] of lines.entries()) {
    const before = lines[index - 1]
    if (before) blocks += isNewBlock(before, line) ? '\n\n' : '\n'
    blocks += line.text
  }
  return blocks
}

function isNewBlock(before: Line, line: Line): boolean {
  const heights = [before.bottom - before.top, line.bottom - line.top]
  const [low, high] = [Math.min(...heights), Math.max(...heights)]
  const gap = line.top - before.bottom
  // The next column begins higher up.
  const isHigher = line.bottom <= before.top
  return isHigher || gap >= minGap * low || high >= maxHeightRatio * low
}

/** Null if the words are not those of the text. */
function placedLines(text: string, words: readonly ReadWord[]): Line[] | null {
  const lines: Line[] = []
  let next = 0
  for (const line of text.split('\n')) {
    const count = line.split(/\s+/u).filter((word) => word !== '').length
    const own = words.slice(next, next + count)
    if (own.length < count || count === 0) return null
    next += count
    const heights = own.map(({ box }) => box.height)
    const middle = own.reduce((sum, { box }) => sum + box.y + box.height / 2, 0) / count
    const height = heights.toSorted((one, other) => one - other)[Math.floor(count / 2)] ?? 0
    lines.push({ text: line, top: middle - height / 2, bottom: middle + height / 2 })
  }
  return next === words.length ? lines : null
}
