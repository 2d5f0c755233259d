import type { ReadText } from '#core/ports/pictures.ts'
import type { Code, Unconfirmed } from '#shared/caption.ts'
import { findClaims, mostClaims, type Claim } from './claims.ts'
import { findWrongItems, findWrongWeekdays } from './contradictions.ts'
import { gatherEvidence, mayBeUnread, neighborsOf, type Evidence } from './evidence.ts'
import { blur, wordPattern } from './folding.ts'
import { checkCode, checkCount, checkQuantity } from './number-check.ts'
import { isInOtherLanguage } from './picture-language.ts'
import { checkWords, type ClaimedWord, type Verdict } from './word-check.ts'

export interface GroundingInput {
  caption: string
  read: ReadText
  codes: Code[]
  /** The caption's, BCP 47. */
  language: string
  /** A PDF page's own text, which is certain. */
  knownText: string | null
}

export interface GroundingResult {
  /** From left to right. */
  unconfirmed: Unconfirmed[]
  /** For each unconfirmed claim the nearest reading, for "The picture may say …"; or null. */
  nearest: (string | null)[]
  /** The caption contains text that OCR did not read with confidence, so it is neither confirmed nor marked. */
  isTextUnchecked: boolean
}

interface Mark extends Unconfirmed {
  nearest: string | null
}

interface Judged {
  claim: Claim
  /** The claim, or its words. */
  words: ClaimedWord[]
  verdicts: Verdict[]
}

/** Finds numbers, codes, names and quotations in a caption that are not in the picture, as far as OCR can tell. */
export function checkGrounding(input: GroundingInput): GroundingResult {
  const { caption, language } = input
  const all = findClaims(caption, language)
  const claims = all.slice(0, mostClaims)
  const evidence = gatherEvidence(input.read, input.codes, input.knownText, language)
  const mentioned = new Set(wordsIn(caption).map(({ text }) => blur(text)))
  const judged = claims.map((claim) => judge(claim, claims, caption, mentioned, evidence))
  const isForeign = isOtherLanguage(evidence.text, language, judged)
  const marks: Mark[] = []
  let isTextUnchecked = all.length > mostClaims
  for (const one of judged) {
    // None of it is there, and the picture is in another language, so it is a translation.
    const isTranslated = isForeign && one.claim.quantity === null && one.verdicts.every(({ is }) => is !== 'found')
    const isAbsent = !isTranslated && isReadElsewhere(one, judged, evidence, caption)
    const verdicts = one.verdicts.map((verdict): Verdict => {
      if (isTranslated) return { is: 'open' }
      if (verdict.is !== 'absent') return verdict
      return isAbsent ? { is: 'wrong', nearest: null } : { is: 'open' }
    })
    marks.push(...marksOf(one.words, verdicts, caption))
    // A name need not be written in the picture.
    if (one.claim.kind !== 'name' && verdicts.some(({ is }) => is === 'open')) isTextUnchecked = true
  }
  const contradictions = isForeign
    ? []
    : [
        ...findWrongItems(caption, claims, mentioned, evidence),
        ...findWrongWeekdays(wordsIn(caption), language, mentioned, evidence)
      ]
  const isMarked = ({ start, end }: ClaimedWord): boolean => marks.some((mark) => mark.start < end && mark.end > start)
  marks.push(...contradictions.filter((one) => !isMarked(one)))
  marks.sort((a, b) => a.start - b.start)
  return {
    unconfirmed: marks.map(({ text, start, end }) => ({ text, start, end })),
    nearest: marks.map(({ nearest }) => nearest),
    isTextUnchecked
  }
}

function judge(
  claim: Claim,
  claims: readonly Claim[],
  caption: string,
  mentioned: ReadonlySet<string>,
  evidence: Evidence
): Judged {
  const after = caption.slice(claim.end)
  if (claim.quantity !== null) {
    const others = claims.flatMap((other) => (other.quantity === null || other === claim ? [] : [other.quantity]))
    const neighbors = neighborsOf(caption, claim)
    const verdict = claim.isGuess
      ? checkCount(claim.quantity, others, neighbors, evidence)
      : checkQuantity(claim.quantity, others, contextOf(claim, caption), after, neighbors, evidence)
    return { claim, words: [claim], verdicts: [verdict] }
  }
  if (claim.kind === 'code') return { claim, words: [claim], verdicts: [checkCode(claim.text, evidence)] }
  const words = wordsIn(claim.text, claim.start).filter(
    ({ text, start, end }) =>
      (claim.kind === 'quotation' || /^\p{Lu}/u.test(text)) &&
      !claims.some((other) => other !== claim && other.kind !== 'quotation' && other.start < end && other.end > start)
  )
  const all = wordsIn(caption)
  const before = all
    .filter(({ end }) => end <= claim.start)
    .slice(-reach)
    .toReversed()
  const behind = all.filter(({ start }) => start >= claim.end).slice(0, reach)
  const texts = (some: readonly ClaimedWord[]): string[] => some.map(({ text }) => text)
  return { claim, words, verdicts: checkWords(words, texts(before), texts(behind), mentioned, evidence) }
}

/** How many words on either side may show where a word belongs. */
const reach = 2
const leastOthers = 3
const leastFoundShare = 0.8

/**
 * A claim that was not read at all counts as invented only if OCR seems to have read the whole picture. If unread text
 * was not searched for, the caption's other claims must have been found, except for a few that OCR is unsure of; or, if
 * there are few others, OCR must have been sure of everything. If two things are missing, it is more likely that OCR
 * missed a part of the picture than that the model invented both.
 */
function isReadElsewhere(one: Judged, judged: readonly Judged[], evidence: Evidence, caption: string): boolean {
  const { claim } = one
  const absent = one.words.filter((_, index) => one.verdicts[index]?.is === 'absent')
  if (absent.some(({ text }) => mayBeUnread(text, evidence))) return false
  const isReadWhole = evidence.unread !== null
  if (isReadWhole && isSaidToBeWritten(claim, caption)) return true
  const others = judged
    .filter((other) => other !== one && !other.claim.isGuess)
    .flatMap(({ verdicts }) => verdicts.map(({ is }) => is))
  if (claim.isGuess) return isReadWhole && areSiblingsFound(one, judged)
  if (others.length < leastOthers) return evidence.isReadWell
  if (others.includes('absent') && !isReadWhole) return false
  return others.filter((is) => is !== 'open').length >= leastFoundShare * others.length
}

const leastSiblings = 3
const leastPlaces = 2

/** All others of its kind that the caption mentions were found: the other buttons, the other towns. */
function areSiblingsFound({ claim }: Judged, judged: readonly Judged[]): boolean {
  if (claim.kind !== 'name') return false
  const names = judged.filter((other) => other.claim.kind === 'name' && other.claim.text !== claim.text)
  const areFound = (siblings: readonly Judged[], least: number): boolean =>
    new Set(siblings.map((sibling) => sibling.claim.text)).size >= least &&
    siblings.every(({ verdicts }) => verdicts.every(({ is }) => is === 'found'))
  if (
    claim.isPlace &&
    areFound(
      names.filter((other) => other.claim.isPlace),
      leastPlaces
    )
  )
    return true
  return areFound(
    names.filter((other) => other.claim.isGuess),
    leastSiblings
  )
}

const written =
  /\b(?:says|reads?|reading|words?|text|written|labell?ed|marked|titled|called|named|sagt|lautet|steht|heißt|Aufschrift|beschriftet|dit|indique|intitulé|dice|pone|titulado)[:\s]*["“„«'‘]?\s?$/iu

/** Whether the caption says that it is written there; a name, or a number the model knows, need not be. */
function isSaidToBeWritten({ kind, start }: Claim, caption: string): boolean {
  return (
    kind === 'quotation' || kind === 'code' || written.test(caption.slice(Math.max(0, start - contextReach), start))
  )
}

function wordsIn(text: string, offset = 0): ClaimedWord[] {
  return [...text.matchAll(wordPattern)].map(({ 0: word, index }) => ({
    text: word,
    start: offset + index,
    end: offset + index + word.length
  }))
}

/** Adjacent wrong words become one mark; if most words are wrong, everything from the first to the last does. */
function marksOf(words: readonly ClaimedWord[], verdicts: readonly Verdict[], caption: string): Mark[] {
  const wrong = words.flatMap((word, index) => {
    const verdict = verdicts[index]
    return verdict?.is === 'wrong' ? [{ ...word, index, nearest: verdict.nearest }] : []
  })
  const isMostly = wrong.length > words.length / 2
  const runs: (typeof wrong)[] = []
  for (const word of wrong) {
    const run = runs.at(-1)
    if (run && (isMostly || run.at(-1)?.index === word.index - 1)) run.push(word)
    else runs.push([word])
  }
  return runs.flatMap((run) => {
    const [first, last] = [run[0], run.at(-1)]
    if (!first || !last) return []
    const nearest = run.every((word) => word.nearest !== null) ? run.map((word) => word.nearest).join(' ') : null
    return [{ text: caption.slice(first.start, last.end), start: first.start, end: last.end, nearest }]
  })
}

const contextReach = 40

/** The words around a number in its sentence, the one after it first. */
function contextOf(claim: Claim, caption: string): string[] {
  const words = (text: string): string[] => text.match(/[\p{L}\p{M}]{3,}/gu) ?? []
  const after = caption.slice(claim.end, claim.end + contextReach).split(/[.!?\n]/u)[0] ?? ''
  const before =
    caption
      .slice(Math.max(0, claim.start - contextReach), claim.start)
      .split(/[.!?\n]/u)
      .at(-1) ?? ''
  const [next, ...further] = words(after)
  return [...(next === undefined ? [] : [next]), ...words(before).toReversed(), ...further]
}

/** The picture's text is in another language than the caption, and the caption does not just copy it. */
function isOtherLanguage(text: string, language: string, judged: readonly Judged[]): boolean {
  if (!isInOtherLanguage(text, language)) return false
  const verdicts = judged.filter(({ claim }) => claim.quantity === null).flatMap((one) => one.verdicts)
  return verdicts.filter(({ is }) => is === 'found').length <= verdicts.length / 2
}
