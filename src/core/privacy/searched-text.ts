import { digitLookalikes, withPlainDigits } from '#core/grounding/folding.ts'
import type { PrivateKind } from '#shared/privacy.ts'

/** Where something private stands in a text: `start` and `end` are offsets, `end` after the last character. */
export interface TextFinding {
  kind: PrivateKind
  start: number
  end: number
}

/** A text in the two forms in which it is searched. Both are as long as the text, so offsets hold in all three. */
export interface SearchedText {
  /** With ASCII digits, plain spaces, hyphens and quotes. */
  plain: string
  /** Also lower case and without accents: labels are looked for here, because OCR often loses accents. */
  folded: string
}

export function searchedText(text: string): SearchedText {
  const plain = withPlainDigits(text)
    .replace(/[\u2010-\u2015\u2212]/gu, '-')
    .replace(/[\u2018\u2019\u02bc\u00b4`]/gu, "'")
    .replace(/[\t\r\v\f\u2000-\u200a\u3000]/gu, ' ')
    .replace(/\uff1a/gu, ':')
  const folded = plain
    .replace(/[\u00c0-\u024f]/gu, (letter) => letter.normalize('NFD').charAt(0))
    .replace(/[A-Z]/gu, (letter) => letter.toLowerCase())
    // "passw0rd", as OCR reads small capitals and monospaced letters.
    .replace(/(?<=[a-z])0(?=[a-z])/gu, 'o')
  return { plain, folded }
}

/** The characters of a digit or of a letter that OCR confuses with one, for use in a class of a regular expression. */
export const digitLike = '0-9OoQDIli|SsBZzG'

/** "4l1O-22" becomes "411022": lookalikes as digits, everything else left out. */
export function asDigits(text: string): string {
  let digits = ''
  for (const character of text) {
    if (character >= '0' && character <= '9') digits += character
    else digits += digitLookalikes[character] ?? ''
  }
  return digits
}

export function countDigits(text: string): number {
  return text.replace(/[^0-9]/gu, '').length
}

/** The text from `start` back to the beginning of its line, at most `most` characters. */
export function beforeOnLine(text: string, start: number, most: number): string {
  const from = Math.max(0, start - most, text.lastIndexOf('\n', start - 1) + 1)
  return text.slice(from, start)
}

/** A line of a searched text. */
export interface SearchedLine {
  start: number
  text: string
  folded: string
}

/** The lines of a text, with their offsets. */
export function linesOf({ plain, folded }: SearchedText): SearchedLine[] {
  const lines: SearchedLine[] = []
  let start = 0
  for (const text of plain.split('\n')) {
    lines.push({ start, text, folded: folded.slice(start, start + text.length) })
    start += text.length + 1
  }
  return lines
}
