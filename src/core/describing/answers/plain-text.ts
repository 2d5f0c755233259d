/**
 * Takes Markdown and the like out of one line, so that it can be spoken. Works on a line that is still arriving: what it
 * returns for the beginning of a line stays true whatever follows.
 */

interface Construct {
  /** The whole construct, its inside in group 1. */
  whole: RegExp
  /** What could still become one when more arrives; it reaches to the end. */
  beginning: RegExp
}

// At most 120 characters, so that a lone asterisk holds back no more than that. Each is tried where it may begin; a word character before `_` or `*` makes it an ordinary character (snake_case).
const constructs: Record<string, Construct> = {
  '`': { whole: /`+([^`]{1,120})`+/uy, beginning: /`+[^`]{0,120}$|`+[^`]{1,120}`+$/uy },
  '*': {
    whole: /\*{1,3}(?![\s*])([^*]{1,120}?)(?<![\s*])\*{1,3}(?!\*)/uy,
    beginning: /\*{1,3}(?:(?![\s*])[^*]{0,120}\*{0,3})?$/uy
  },
  _: {
    whole: /_{1,2}(?![\s_])([^_]{1,120}?)(?<![\s_])_{1,2}(?![\w_])/uy,
    beginning: /_{1,2}(?:(?![\s_])[^_]{0,120}_{0,2})?$/uy
  },
  '[': {
    whole: /\[([^[\]]{1,120})\]\([^()]{0,400}\)/uy,
    beginning: /\[(?:[^[\]]{0,120}|[^[\]]{1,120}\](?:\([^()]{0,400})?)$/uy
  },
  '~': { whole: /~~([^~]{1,120})~~/uy, beginning: /~(?:~[^~]{0,120}~?)?$/uy },
  '!': {
    whole: /!\[([^[\]]{0,120})\]\([^()]{0,400}\)/uy,
    beginning: /!(?:\[(?:[^[\]]{0,120}|[^[\]]{0,120}\](?:\([^()]{0,400})?))?$/uy
  }
}

/** The line without bold, italics, code marks, and links; of an incomplete line, only what is certain. */
export function cleanInline(line: string, isComplete: boolean): string {
  let clean = ''
  for (let at = 0; at < line.length;) {
    const character = line[at] ?? ''
    const construct = constructs[character]
    const isInsideWord = /[*_]/u.test(character) && /[\p{L}\p{N}_*]/u.test(line[at - 1] ?? '')
    if (construct && !isInsideWord) {
      if (!isComplete && matchAt(construct.beginning, line, at)) return clean
      const whole = matchAt(construct.whole, line, at)
      if (whole) {
        clean += cleanInline(whole[1] ?? '', true)
        at += whole[0].length
        continue
      }
    }
    clean += character
    at += 1
  }
  return clean
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

/** Marks of headings, bullets and quotations at the start of a line. */
const linePrefix = /^\s*(?:>\s?)*(?:#{1,6}\s+|[-*+•]\s+)?/u

export function withoutLinePrefix(line: string): string {
  return line.replace(linePrefix, '')
}

/** True for the lines around a block of code. */
export function isFence(line: string): boolean {
  return /^\s*(?:`{3,}|~{3,})[\w-]*\s*$/u.test(line)
}

/** True for lines without words: fences, rules, underlines, and the line under a table's head. */
export function isOrnament(line: string): boolean {
  return (
    isFence(line) ||
    /^\s*(?:-{3,}|={3,}|\*{3,}|_{3,}|(?:[-*_] ){2,}[-*_])\s*$/u.test(line) ||
    /^\s*\|?(?:\s*:?-+:?\s*\|)+(?:\s*:?-+:?\s*)?$/u.test(line)
  )
}

/** True while the beginning of a line may become an ornament or a row of a table. */
export function couldBeOrnament(line: string): boolean {
  return /^\s*(?:`{3}|~{3}|\||[-=*_:|\s]*$)/u.test(line)
}

/** A row of a Markdown table as its cells, separated by commas; any other line as it is. */
export function withoutTable(line: string): string {
  const cells = /^\s*\|(.+)\|\s*$/u.exec(line)?.[1]
  if (cells === undefined) return line
  return cells
    .split('|')
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(', ')
}
