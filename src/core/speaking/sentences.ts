import { abbreviationKind } from './abbreviations.ts'

/** Cuts text into sentences while it is still arriving. */
export interface SentenceSplitter {
  /** Takes the next piece; gives the sentences whose end is now sure, trimmed. */
  push(delta: string): string[]
  /** The text is complete: gives what is left. The splitter is empty afterwards. */
  end(): string[]
}

export interface SplittingOptions {
  /** BCP 47; its abbreviations do not end a sentence. English without it. */
  language?: string
  /** Asked as text comes: gives the first clause of a text that begins with a long sentence, to be heard while the rest arrives. */
  hasEarlyClause?: () => boolean
}

/** How long a sentence may get, in characters. */
interface Lengths {
  /** Longer runs are cut: nobody should wait for, or be unable to go back within, one endless sentence. */
  most: number
  /** The first clause is given when this much has come without an end of the sentence … */
  early: number
  /** … unless it is shorter than this: a few words and a gap would be a stutter. */
  earlyLeast: number
}
const alphabetic: Lengths = { most: 250, early: 65, earlyLeast: 40 }
/** A character is a word or a syllable. */
const dense: Lengths = { most: 100, early: 28, earlyLeast: 14 }

/** All sentences of a complete text. */
export function splitSentences(text: string, options: SplittingOptions = {}): string[] {
  const splitter = createSentenceSplitter(options)
  return [...splitter.push(text), ...splitter.end()]
}

export function createSentenceSplitter({
  language = 'en',
  hasEarlyClause = () => false
}: SplittingOptions = {}): SentenceSplitter {
  let waiting = ''
  let isFirst = true
  const take = (isComplete: boolean): string[] => {
    const sentences: string[] = []
    for (;;) {
      const end =
        sentenceEnd(waiting, language, isComplete) ??
        cutOfLongRun(waiting) ??
        (isFirst && !isComplete && hasEarlyClause() ? earlyClause(waiting) : null)
      if (end === null) return sentences
      const sentence = waiting.slice(0, end).trim()
      waiting = waiting.slice(end)
      if (sentence === '') continue
      sentences.push(sentence)
      isFirst = false
    }
  }
  return {
    push(delta) {
      waiting += delta
      return take(false)
    },
    end() {
      const sentences = take(true)
      const rest = waiting.trim()
      waiting = ''
      isFirst = true
      return rest === '' ? sentences : [...sentences, rest]
    }
  }
}

// A terminator with closing quotes, brackets and direction marks after it; or one that no space needs to follow; or a
// line's end. The first lookbehind keeps a long row of dots from being tried from each of them.
const candidates =
  /(?<![.!?…؟۔։])([.!?…؟۔։]+)(["'”’»)\]\u200e\u200f\u061c]*)(?=\s)|[。！？｡।॥።፧។៕။]+["'”’»)\]」』）】〉》]*|[\r\n]/gu

/** Where the first sentence ends, or null while that is not sure. */
function sentenceEnd(text: string, language: string, isComplete: boolean): number | null {
  for (const match of text.matchAll(candidates)) {
    // A longer one is cut, whether its end has come or not: the pieces in which text comes make no difference.
    if (match.index >= alphabetic.most) return null
    const end = match.index + match[0].length
    const [mark = '', terminator, closers = ''] = match
    if (terminator === undefined) {
      // A lone line break at the start only separates.
      if (mark.trim() !== '' || text.slice(0, match.index).trim() !== '') return end
      continue
    }
    const next = /\S+/u.exec(text.slice(end, end + 50))?.[0] ?? null
    const hasLineEnded = /^[^\S\r\n]*[\r\n]/u.test(text.slice(end))
    if (hasLineEnded) return end
    const verdict = judge(text.slice(0, match.index), terminator, closers, language)
    if (verdict === 'ends') return end
    if (verdict === 'goes on') continue
    // It depends on the next word.
    if (next === null) return isComplete ? end : null
    if (verdict === 'before month') {
      // Its first three letters tell.
      if (next.length < 3 && !isComplete) return null
      if (germanMonth.test(next)) continue
    }
    if (!isLowerCase(next) && !(verdict === 'before number' && /^\p{Nd}/u.test(next))) return end
  }
  return null
}

type Verdict = 'ends' | 'goes on' | 'before number' | 'before month' | 'may end'

/** "am 3. Mai": all nouns have capitals in German, so the letter's case does not tell. */
const germanMonth = /^(?:Jan|Jän|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)/u

function judge(before: string, terminator: string, closers: string, language: string): Verdict {
  // `asks "Save changes?" with two buttons`, and trailing dots.
  if (/["'”’»)\]]/u.test(closers) || terminator === '…' || /^\.{2,}$/u.test(terminator)) return 'may end'
  if (terminator !== '.') return 'ends'
  const word = /[^\s("'“‘„«[¿¡]*$/u.exec(before)?.[0] ?? ''
  // "1. Open the menu" is an item of a list; "the 3. floor" and "costs 49. Next" are told apart by the next word.
  if (/^\p{Nd}+$/u.test(word)) {
    if (before.trim() === word && word.length <= 3) return 'goes on'
    return /^de\b/iu.test(language) ? 'before month' : 'may end'
  }
  return abbreviationKind(word, language) ?? 'ends'
}

function isLowerCase(word: string): boolean {
  return /^\p{Ll}/u.test(word)
}

const clauseEnd = /(?:[,;:—–،؛፣]|(?<=\s)-)(?=\s)|[，、；：]/gu
/** Scripts that put spaces between sentences and clauses only, and hardly any marks. */
const spaceIsClause = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const denseCharacters =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/gu

/** Where to cut a run that has grown too long: after a clause, else after a word, else between characters. */
function cutOfLongRun(text: string): number | null {
  // Counting characters of a script takes time, and most texts are short.
  if (text.length <= dense.most) return null
  const { most } = lengthsOf(text)
  if (text.length <= most) return null
  const head = text.slice(0, most)
  const clause = clauseEnds(head).at(-1) ?? 0
  if (clause > most / 3) return clause
  const space = head.search(/\s\S*$/u)
  if (space > 0) return space
  const words = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text.slice(0, most + 1))
  return words.containing(most)?.index || most
}

/** Where the first clause of a long beginning ends, or null while it is not worth it. */
function earlyClause(text: string): number | null {
  if (text.length <= dense.early) return null
  const { early, earlyLeast } = lengthsOf(text)
  if (text.length <= early) return null
  const ends = clauseEnds(text).filter((end) => end >= earlyLeast)
  // The last one of those that had come in time; where a text is cut must not depend on the pieces in which it comes.
  return ends.findLast((end) => end < early) ?? ends[0] ?? null
}

function clauseEnds(text: string): number[] {
  const ends = [...text.matchAll(clauseEnd)].map((match) => match.index + match[0].length)
  if (!spaceIsClause.test(text)) return ends
  return [...ends, ...[...text.matchAll(/\s/gu)].map((match) => match.index)].toSorted((a, b) => a - b)
}

function lengthsOf(text: string): Lengths {
  const head = text.slice(0, dense.early)
  return (head.match(denseCharacters)?.length ?? 0) > head.length / 2 ? dense : alphabetic
}
