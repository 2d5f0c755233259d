import type { Sentence } from '#shared/caption.ts'
import { abbreviationKind } from './abbreviations.ts'

/** A text as sentences, as far as it has arrived. */
export interface SentenceText {
  readonly text: string
  /** In order, without the white space around them. The last one may still be growing. */
  readonly sentences: readonly Sentence[]
  /** How many of `sentences`, from the first on, are certain to be complete. */
  readonly completeCount: number
}

/** The same while it arrives. How the text is cut into deltas makes no difference to its sentences. */
export interface ArrivingText extends SentenceText {
  append(delta: string): void
  /** Nothing more will come: the last sentence is complete, too. */
  end(): void
}

/** @param language BCP 47; its abbreviations do not end a sentence. */
export function createArrivingText(language: string): ArrivingText {
  let text = ''
  let complete: Sentence[] = []
  /** Where the text begins that no complete sentence holds. */
  let start = 0
  /** No sentence ends between `start` and here. */
  let searchedTo = 0

  function take(isEnd: boolean): void {
    for (;;) {
      const found = findEnd(text, { start, from: searchedTo, language, isEnd })
      searchedTo = found.at
      if (!found.isFound) return
      close(found.at)
    }
  }

  function close(end: number): void {
    const sentence = withoutSpaces(text, { id: complete.length, start, end })
    if (sentence !== null) complete = [...complete, sentence]
    start = searchedTo = end
  }

  return {
    get text() {
      return text
    },
    get sentences() {
      const open = withoutSpaces(text, { id: complete.length, start, end: text.length })
      return open === null ? complete : [...complete, open]
    },
    get completeCount() {
      return complete.length
    },
    append(delta) {
      const last = complete.at(-1)
      const before = text
      text += delta
      // A full-width mark ends a sentence at once; a quotation mark that arrives after it belongs to it all the same.
      if (last?.end === before.length) {
        const more = fullWidthEnd.exec(text.slice(before.length - 1))?.[0].length ?? 1
        start = searchedTo = last.end + more - 1
        complete = [...complete.slice(0, -1), { ...last, end: start }]
      }
      take(false)
    },
    end() {
      take(true)
      close(text.length)
    }
  }
}

/** The sentences of a complete text, with their places in it. @param language BCP 47. */
export function splitSentences(text: string, language = 'en'): readonly Sentence[] {
  const arriving = createArrivingText(language)
  arriving.append(text)
  arriving.end()
  return arriving.sentences
}

/** A text that is complete, of which these are the sentences to read. */
export function completeText(text: string, sentences: readonly Sentence[]): SentenceText {
  return { text, sentences, completeCount: sentences.length }
}

/** The sentences of a complete text as strings. @param language BCP 47. */
export function sentencesIn(text: string, language = 'en'): string[] {
  return splitSentences(text, language).map(({ start, end }) => text.slice(start, end))
}

function withoutSpaces(text: string, { id, start, end }: Sentence): Sentence | null {
  const raw = text.slice(start, end)
  const inner = raw.trim()
  const gap = raw.length - raw.trimStart().length
  return inner === '' ? null : { id, start: start + gap, end: start + gap + inner.length }
}

// A terminator with closing quotes, brackets and direction marks after it; or one that no space needs to follow; or a
// line break. The first lookbehind keeps a long row of dots from being tried from each of them.
const candidates =
  /(?<![.!?…؟۔։])([.!?…؟۔։]+)(["'”’»)\]\u200e\u200f\u061c]*)(?=\s)|[。！？｡।॥።፧។៕။]+["'”’»)\]」』）】〉》]*|[\r\n]/gu
const fullWidthEnd = /^(?:[。！？｡।॥።፧។៕။]+["'”’»)\]」』）】〉》]*|["'”’»)\]」』）】〉》]+)/u
const markOrCloser = /[.!?…؟۔։"'”’»)\]\u200e\u200f\u061c]/u

/** How far around a mark the rules look, in characters. */
const reach = 50

interface Search {
  /** Where the sentence begins. */
  start: number
  /** It does not end before this. */
  from: number
  language: string
  /** The text is complete. */
  isEnd: boolean
}

/** Where the sentence ends; or where to search on when more has come. */
function findEnd(text: string, { start, from, language, isEnd }: Search): { at: number; isFound: boolean } {
  candidates.lastIndex = from
  let firstWordAt: number | null = null
  for (let match = candidates.exec(text); match !== null; match = candidates.exec(text)) {
    const end = match.index + match[0].length
    const found = { at: end, isFound: true }
    const [mark = '', terminator, closers = ''] = match
    if (terminator === undefined) {
      firstWordAt ??= start + text.slice(start).search(/\S/u)
      // A line break before the first word only separates.
      if (mark.trim() !== '' || (firstWordAt >= start && firstWordAt < match.index)) return found
      continue
    }
    const after = text.slice(end, end + reach)
    if (/^[^\S\r\n]*[\r\n]/u.test(after)) return found
    const before = text.slice(Math.max(start, match.index - reach), match.index)
    const verdict = judge({ before, isWhole: match.index - start <= reach, terminator, closers, language })
    if (verdict === 'ends') return found
    if (verdict === 'goes on') continue
    // It depends on the next word: on its first letter, of a month on the first three.
    const next = /\S+/u.exec(after)?.[0]
    const isCertain = next !== undefined && (verdict !== 'before month' || next.length >= 3)
    if (!isCertain && !isEnd) return { at: match.index, isFound: false }
    if (next === undefined) return found
    if (verdict === 'before month' && germanMonth.test(next)) continue
    if (!isLowerCase(next) && !(verdict === 'before number' && /^\p{Nd}/u.test(next))) return found
  }
  // A mark at the very end may get the space that makes it an end.
  let at = text.length
  while (at > from && markOrCloser.test(text.charAt(at - 1))) at -= 1
  return { at, isFound: false }
}

type Verdict = 'ends' | 'goes on' | 'before number' | 'before month' | 'may end'

/** "am 3. Mai": all German nouns have capitals, so that the case of the next letter says nothing. */
const germanMonth = /^(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)/u

interface Mark {
  /** What stands before it in the sentence; the whole beginning if `isWhole`, else only the last part. */
  before: string
  isWhole: boolean
  terminator: string
  closers: string
  language: string
}

function judge({ before, isWhole, terminator, closers, language }: Mark): Verdict {
  // `asks "Save changes?" with two buttons`, and trailing dots.
  if (/["'”’»)\]]/u.test(closers) || terminator === '…' || /^\.{2,}$/u.test(terminator)) return 'may end'
  if (terminator !== '.') return 'ends'
  const word = /[^\s("'“‘„«[¿¡]*$/u.exec(before)?.[0] ?? ''
  // "1. Open the menu" is an item of a list; "the 3. floor" and "costs 49. Next" are told apart by the next word.
  if (/^\p{Nd}+$/u.test(word)) {
    if (isWhole && before.trim() === word && word.length <= 3) return 'goes on'
    return /^de\b/iu.test(language) ? 'before month' : 'may end'
  }
  return abbreviationKind(word, language) ?? 'ends'
}

function isLowerCase(word: string): boolean {
  return /^\p{Ll}/u.test(word)
}
