import { splitSentences } from '#core/speaking/sentences.ts'

/** Two captions of one picture, sentence by sentence. */
export interface Comparison {
  /** Said by both, in the words of the first. */
  both: string[]
  /** About the same thing, but not the same: one of the two is wrong, or they use other words. */
  different: { first: string; second: string }[]
  onlyFirst: string[]
  onlySecond: string[]
}

/** Share of the shorter sentence's words that the other must hold for both to be about the same thing. */
const sameSubjectShare = 0.5
/** More words of its own on each side than this, and the sentences are about different things. */
const maxOwnWords = 3

/**
 * Compares by words alone, and carefully: sentences agree only when one says nothing that the other lacks, numbers
 * included. Where each has a word of its own ("a brown dog", "a brown cat") they are told as different, never as agreed;
 * so other words for the same thing are told as different, too.
 *
 * @param language BCP 47, of both.
 */
export function compareCaptions(first: string, second: string, language: string): Comparison {
  const [ones, others] = [first, second].map((caption) =>
    splitSentences(caption, { language }).map((sentence) => ({ sentence, words: wordsOf(sentence, language) }))
  ) as [Sentence[], Sentence[]]
  const comparison: Comparison = { both: [], different: [], onlyFirst: [], onlySecond: [] }
  const left = new Set(others)
  for (const one of ones) {
    const match = bestMatch(one, left)
    if (match === null) {
      comparison.onlyFirst.push(one.sentence)
      continue
    }
    left.delete(match.other)
    if (match.isAgreed) comparison.both.push(one.sentence)
    else comparison.different.push({ first: one.sentence, second: match.other.sentence })
  }
  comparison.onlySecond = [...left].map(({ sentence }) => sentence)
  return comparison
}

/** From 0 to 1: the share of the sentences on which both agree. */
export function agreement({ both, different, onlyFirst, onlySecond }: Comparison): number {
  const all = 2 * (both.length + different.length) + onlyFirst.length + onlySecond.length
  return all === 0 ? 0 : (2 * both.length) / all
}

/** What is said: first what both say, then where they differ, then what only one says. */
export function comparisonText(comparison: Comparison, names: { first: string; second: string }): string {
  const { both, different, onlyFirst, onlySecond } = comparison
  const parts: string[] = []
  if (both.length > 0) parts.push('Both say:', ...both)
  else parts.push('They agree on nothing.')
  for (const pair of different)
    parts.push('They differ.', `${names.first}: ${pair.first}`, `${names.second}: ${pair.second}`)
  if (onlyFirst.length > 0) parts.push(`Only ${names.first}:`, ...onlyFirst)
  if (onlySecond.length > 0) parts.push(`Only ${names.second}:`, ...onlySecond)
  return parts.join('\n')
}

interface Sentence {
  sentence: string
  words: Set<string>
}

function bestMatch(one: Sentence, others: Iterable<Sentence>): { other: Sentence; isAgreed: boolean } | null {
  let best: { other: Sentence; isAgreed: boolean; share: number } | null = null
  for (const other of others) {
    const common = [...one.words].filter((word) => other.words.has(word)).length
    const own = one.words.size - common
    const its = other.words.size - common
    const shorter = Math.min(one.words.size, other.words.size)
    const share = shorter === 0 ? 0 : common / shorter
    const isAgreed = Math.min(own, its) === 0 && common > 0 && hasSameFigures(one, other)
    const isAboutTheSame = share >= sameSubjectShare && Math.min(own, its) <= maxOwnWords
    if (!isAgreed && !isAboutTheSame) continue
    if (!best || Number(isAgreed) * 2 + share > Number(best.isAgreed) * 2 + best.share)
      best = { other, isAgreed, share }
  }
  return best
}

/** A figure that only one of them names is nothing that both say. */
function hasSameFigures(one: Sentence, other: Sentence): boolean {
  const figures = ({ words }: Sentence): string[] => [...words].filter((word) => /\p{N}|^no$/u.test(word)).toSorted()
  return figures(one).join(' ') === figures(other).join(' ')
}

/** Words that say that something is not so, in some languages: they turn a sentence round and must never be lost. */
const negations = new Set(
  'no not never none nobody nothing without kein keine keinen keiner nicht nie ohne ne pas aucun aucune sans sin nunca ningún ninguna non senza nessun nessuna não sem niet geen zonder'.split(
    ' '
  )
)
const articles = new Set(
  'a an the is are was were be in on at of to and with it its there this that which from by for as has have der die das den dem des ein eine einen einem einer ist sind und mit im in auf an zu von es le la les un une des du de et avec est sont dans sur il y el los las una y con es está están en il lo gli e con è di da o os um uma com em no na'.split(
    ' '
  )
)

/** What counts in a sentence: its words without the small ones and without most of their endings, and its figures. */
function wordsOf(sentence: string, language: string): Set<string> {
  const words = new Set<string>()
  for (const { segment, isWordLike } of new Intl.Segmenter(language, { granularity: 'word' }).segment(sentence)) {
    if (!isWordLike) continue
    const word = segment.normalize('NFKC').toLocaleLowerCase(language)
    if (/\p{N}/u.test(word)) words.add(word.replace(/[.,](?=\d{3}\b)/gu, ''))
    else if (negations.has(word)) words.add('no')
    else if (!articles.has(word)) words.add(stem(word))
  }
  return words
}

/** "windows" and "window", "runs" and "running" as one; short words stay whole. */
function stem(word: string): string {
  if (word.length < 5) return word.replace(/(?<=..)s$/u, '')
  return word.replace(/(?:ing|ed|es|en|er|e|s|n)$/u, '').replace(/(.)\1$/u, '$1')
}
