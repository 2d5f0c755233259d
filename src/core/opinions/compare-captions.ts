import { readSentence, saysAlso, type ComparedSentence } from './compared-sentence.ts'
import { detectLanguage } from '#core/speaking/language.ts'
import { sentencesIn } from '#core/text/sentences.ts'
import { t } from '#shared/messages/messages.ts'

/** Two captions of one picture, sentence by sentence. */
export interface Comparison {
  /** Sentences on which both agree, in the words of the one that says less. */
  both: string[]
  /** About the same thing but different: one of them is wrong, or they use different words. */
  different: { first: string; second: string }[]
  onlyFirst: string[]
  onlySecond: string[]
}

/** The share of the shorter sentence's words that the other must have for both to be about the same thing. */
const sameSubjectShare = 0.5
/** With more words of their own on each side, two sentences are about different things. */
const maxOwnWords = 3

/**
 * Compares by words alone, and cautiously: two sentences agree only if one says everything that the other says, in the
 * same order. Anything beyond that counts as its own. Different words for the same thing count as different, never as
 * agreement. In languages other than English, German, French, and Spanish, only equal sentences agree.
 *
 * @param expected BCP 47; used unless the captions are clearly in another language.
 */
export function compareCaptions(first: string, second: string, expected: string): Comparison {
  const language = detectLanguage(`${first}\n${second}`, expected) ?? expected
  const read = (caption: string): ComparedSentence[] =>
    sentencesIn(caption, language).map((sentence) => readSentence(sentence, language))
  const [ones, others] = [read(first), read(second)]
  const says = (one: ComparedSentence, other: ComparedSentence): boolean => saysAlso(one, other, language)
  /** Indexes in `others` by indexes in `ones`. */
  const agreed = new Map<number, number>()
  const differing = new Map<number, number>()
  const isFree = (place: number): boolean => ![...agreed.values(), ...differing.values()].includes(place)

  for (const [index, one] of ones.entries()) {
    const place = others.findIndex(
      (other, place) =>
        isFree(place) &&
        (says(one, other) || says(other, one)) &&
        // "It" must mean the same thing, too.
        (!(one.leansOnBefore || other.leansOnBefore) || (place > 0 && agreed.get(index - 1) === place - 1))
    )
    if (place >= 0) agreed.set(index, place)
  }
  for (const [index, one] of ones.entries()) {
    if (agreed.has(index)) continue
    const shares = others.map((other, place) => (isFree(place) ? sameSubject(one, other) : 0))
    const best = Math.max(0, ...shares)
    if (best >= sameSubjectShare) differing.set(index, shares.indexOf(best))
  }

  const comparison: Comparison = { both: [], different: [], onlyFirst: [], onlySecond: [] }
  const hasMore = new Set<number>()
  for (const [index, one] of ones.entries()) {
    const [same, unlike] = [others[agreed.get(index) ?? -1], others[differing.get(index) ?? -1]]
    if (same) {
      comparison.both.push(says(same, one) ? one.text : same.text)
      if (!says(same, one)) comparison.onlyFirst.push(one.text)
      if (!says(one, same)) hasMore.add(others.indexOf(same))
    } else if (unlike) comparison.different.push({ first: one.text, second: unlike.text })
    else comparison.onlyFirst.push(one.text)
  }
  comparison.onlySecond = others.filter((_other, place) => isFree(place) || hasMore.has(place)).map(({ text }) => text)
  return comparison
}

/** From 0 to 1: how certain it is that both are about the same thing. */
function sameSubject(one: ComparedSentence, other: ComparedSentence): number {
  const common = [...one.subject].filter((word) => other.subject.has(word)).length
  const fewer = Math.min(one.subject.size, other.subject.size)
  return fewer === 0 || fewer - common > maxOwnWords ? 0 : common / fewer
}

/** From 0 to 1: the share of sentences on which both agree. */
export function agreement({ both, different, onlyFirst, onlySecond }: Comparison): number {
  const all = 2 * (both.length + different.length) + onlyFirst.length + onlySecond.length
  return all === 0 ? 0 : (2 * both.length) / all
}

/** One line for each sentence: first what both say, then what they word differently, then what only one says. */
export function comparisonText(comparison: Comparison, names: { first: string; second: string }): string {
  const { both, different, onlyFirst, onlySecond } = comparison
  const lines: string[] = []
  const says = (name: string, sentence: string): string => t('caption.opinion.says', { name, sentence })
  if (both.length > 0) lines.push(t('caption.opinion.both-say'), ...both)
  else if (different.length === 0) lines.push(t('caption.opinion.agree-on-nothing'))
  for (const pair of different)
    lines.push(t('caption.opinion.worded-differently'), says(names.first, pair.first), says(names.second, pair.second))
  if (onlyFirst.length > 0) lines.push(t('caption.opinion.only', { name: names.first }), ...onlyFirst)
  if (onlySecond.length > 0) lines.push(t('caption.opinion.only', { name: names.second }), ...onlySecond)
  return lines.join('\n')
}
