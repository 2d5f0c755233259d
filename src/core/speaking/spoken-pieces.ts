import type { SentenceText } from '#core/text/sentences.ts'

/** What is spoken in one go: a sentence, a part of a long one, or words of Descry's own. */
export interface SpokenPiece {
  text: string
  /** Of the sentence in its caption; null for Descry's own words. */
  sentenceId: number | null
}

/** A caption while it arrives, in the order in which it is heard. */
export interface SpokenPieces {
  /** The caption so far: gives what can be spoken now. */
  read(caption: SentenceText): SpokenPiece[]
  /** The caption is complete: gives what is left of it. */
  end(): SpokenPiece[]
  /** Words that are heard once, right after the first sentence; at once when that has been given. */
  afterFirst(words: string): SpokenPiece[]
}

/**
 * Sentences are spoken as soon as they are complete. Longer runs are cut: nobody should wait for one endless sentence, or be
 * unable to go back within it.
 *
 * @param options.hasEarlyClause asked while text comes: the first clause of a caption that begins with a long sentence is
 *   given before that sentence is complete.
 */
export function createSpokenPieces({ hasEarlyClause }: { hasEarlyClause: () => boolean }): SpokenPieces {
  let caption: SentenceText = { text: '', sentences: [], completeCount: 0 }
  /** All before this place in the caption has been given. */
  let givenTo = 0
  let hasFirst = false
  let wordsAfterFirst: string | null = null

  /** The next piece of what has come, or null while it is not worth speaking. */
  function next(): { text: string; sentenceId: number; isSentenceEnd: boolean } | null {
    const { text, sentences, completeCount } = caption
    const index = sentences.findIndex(({ end }) => end > givenTo)
    const sentence = sentences[index]
    if (sentence === undefined) return null
    const start = Math.max(givenTo, sentence.start)
    const isComplete = index < completeCount
    const rest = text.slice(start, sentence.end)
    if (givenTo > sentence.start && !/[\p{L}\p{N}\p{S}]/u.test(rest)) {
      // A quotation mark that arrived late.
      givenTo = sentence.end
      return next()
    }
    const cut =
      cutOfLongRun(rest) ??
      (isComplete ? rest.length : null) ??
      (givenTo === 0 && hasEarlyClause() ? earlyClause(text.slice(start)) : null)
    if (cut === null) return null
    givenTo = start + cut
    return {
      text: rest.slice(0, cut).trim(),
      sentenceId: sentence.id,
      isSentenceEnd: isComplete && cut === rest.length
    }
  }

  function takeWordsAfterFirst(): SpokenPiece[] {
    if (!hasFirst || wordsAfterFirst === null) return []
    const words = wordsAfterFirst
    wordsAfterFirst = null
    return [{ text: words, sentenceId: null }]
  }

  function take(): SpokenPiece[] {
    const pieces: SpokenPiece[] = []
    for (let piece = next(); piece !== null; piece = next()) {
      pieces.push({ text: piece.text, sentenceId: piece.sentenceId })
      hasFirst ||= piece.isSentenceEnd
      pieces.push(...takeWordsAfterFirst())
    }
    return pieces
  }

  return {
    read(arrived) {
      caption = arrived
      return take()
    },
    end() {
      const { text, sentences } = caption
      caption = { text, sentences, completeCount: sentences.length }
      return take()
    },
    afterFirst(words) {
      wordsAfterFirst = words
      return takeWordsAfterFirst()
    }
  }
}

/** How long a piece may get, in characters. */
interface Lengths {
  most: number
  /** The first clause is given when this much has come without an end of the sentence … */
  early: number
  /** … unless it is shorter than this: a few words and a gap would be a stutter. */
  earlyLeast: number
}
const alphabetic: Lengths = { most: 250, early: 65, earlyLeast: 40 }
/** For scripts in which a character is a word or a syllable. */
const dense: Lengths = { most: 100, early: 28, earlyLeast: 14 }

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
