import { printable } from '#shared/printable.ts'

const url = /(https?:\/\/[^\s*`|<>]+)/u
// Soft hyphens and variation selectors; skin tones.
const unheard = /\u{ad}|[\u{fe00}-\u{fe0f}]|[\u{1f3fb}-\u{1f3ff}]/gu
// The joiners matter within Arabic and Indic words only; elsewhere they hide things.
const strayJoiner = /(?<![\p{Script=Arabic}\p{M}])[\u200c\u200d]/gu

const tableRule = /^\s*\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?$/u
const horizontalRule = /^\s*([-*_])(?:\s*\1){2,}\s*$/u
const codeFence = /^\s*(?:`{3,}|~{3,})/u

/**
 * A caption, or one sentence of it, as it may be given to a speech engine or a live region: one line without Markdown,
 * control, bidirectional-control or invisible characters. Addresses stay whole; emoji stay, because engines name them.
 * Nothing is escaped here: every voice must itself keep text from being taken for commands.
 */
export function speakable(text: string): string {
  return printable(text.replace(/\r\n?/gu, '\n').replace(/[\u0085\u2028\u2029]/gu, '\n'))
    .replace(unheard, '')
    .replace(strayJoiner, '')
    .split('\n')
    .filter((line) => !tableRule.test(line) && !horizontalRule.test(line) && !codeFence.test(line))
    .map((line) => withoutInlineMarks(withoutBlockMarks(line)))
    .join(' ')
    .replace(/\s+/gu, ' ')
    .trim()
}

/** Heading, quote and list marks at the start of a line; a table row becomes a list with commas. */
function withoutBlockMarks(line: string): string {
  const text = line
    .replace(/^\s*(?:>\s?)+/u, '')
    .replace(/^\s*#{1,6}\s+/u, '')
    .replace(/^\s*[-*+•]\s+(?:\[[ xX]\]\s+)?/u, '')
  if (!/^\s*\|.*\|\s*$/u.test(text)) return text
  const cells = text.split('|').map((cell) => cell.trim())
  return cells.filter((cell) => cell !== '').join(', ')
}

function withoutInlineMarks(line: string): string {
  // Bounded, so that a caption made of brackets takes no time.
  const withLinksSpelledOut = line
    .replace(/!\[([^\][]{0,300})\]\([^()\s]{0,2000}\)/gu, '$1')
    .replace(/\[([^\][]{1,300})\]\(([^()\s]{1,2000})\)/gu, (_, label: string, target: string) =>
      label === target ? label : `${label} (${target})`
    )
  // Addresses are full of underscores and tildes: they are left as they are.
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
      // Marks whose partner stands in another sentence.
      .replace(/(?<!\*)\*\*(?!\*)/gu, '')
  )
}
