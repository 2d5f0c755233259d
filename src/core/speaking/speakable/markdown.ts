/** Addresses are full of underscores and tildes, so they are left as they are. */
const url = /(https?:\/\/[^\s*`|<>]+)/u

const tableRule = /^\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?$/u
const horizontalRule = /^([-*_=])(?:\s*\1){2,}$/u
const codeFence = /^(?:`{3,}|~{3,})/u

/** The text without Markdown, on one line. List items, headings, and table rows end with a full stop. */
export function withoutMarkdown(text: string): string {
  return (
    text
      .split('\n')
      // First, because the patterns below are slow on white space at both ends.
      .map((line) => line.trim())
      .filter((line) => !tableRule.test(line) && !horizontalRule.test(line) && !codeFence.test(line))
      .map((line) => withoutBlockMarks(line))
      .join(' ')
  )
}

const blockMarks = /^(?:>\s?|#{1,6}\s+|[-*+•]\s+)+/u

function withoutBlockMarks(line: string): string {
  const inside = line.replace(blockMarks, '')
  const isRow = /^\|.*\|$/u.test(inside)
  const isItem = inside.length < line.length && !line.startsWith('>')
  // Task boxes become the characters for check boxes.
  const text = isItem ? inside.replace(/^\[([ xX])\]\s+/u, (_, tick: string) => (tick === ' ' ? '☐ ' : '☑ ')) : inside
  const spoken = withoutInlineMarks(withCommasForCells(text, isRow))
  return isRow || isItem ? withFullStop(spoken) : spoken
}

function withCommasForCells(text: string, isRow: boolean): string {
  if (!isRow && !text.includes('\t')) return text
  return text
    .split(isRow ? /[|\t]/u : '\t')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(', ')
}

function withFullStop(text: string): string {
  const trimmed = text.trim()
  if (!/[\p{L}\p{N}\p{M})\]"”»%€$]$/u.test(trimmed)) return trimmed
  return /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]$/u.test(trimmed) ? `${trimmed}。` : `${trimmed}.`
}

function withoutInlineMarks(line: string): string {
  // Bounded, so that a caption made of brackets takes no time.
  const withLinksSpelledOut = line
    .replace(/!\[([^\][]{0,300})\]\([^()\s]{0,2000}\)/gu, '$1')
    .replace(/\[([^\][]{1,300})\]\(([^()\s]{1,2000})\)/gu, (_, label: string, target: string) =>
      label === target ? label : `${label} (${target})`
    )
  return withLinksSpelledOut
    .split(url)
    .map((part, index) => (index % 2 === 1 ? part : withoutEmphasis(part)))
    .join('')
}

function withoutEmphasis(text: string): string {
  return (
    text
      .replace(/`+/gu, '')
      .replace(/(?<!\*)\*{1,3}(?=\S)([^*]*[^\s*])\*{1,3}(?!\*)/gu, '$1')
      .replace(/(?<![\p{L}\p{N}_])_{1,3}(?=\S)([^_]*[^\s_])_{1,3}(?![\p{L}\p{N}_])/gu, '$1')
      .replace(/~~(?=\S)([^~]*[^\s~])~~/gu, '$1')
      // Marks whose partner is in another sentence.
      .replace(/(?<!\*)\*\*(?!\*)/gu, '')
  )
}
