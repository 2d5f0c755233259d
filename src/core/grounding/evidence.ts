import { overlapAcross, overlapDown } from '#core/areas.ts'
import type { Area, Code } from '#shared/caption.ts'
import type { ReadText, ReadWord } from '#core/ports/pictures.ts'
import { blur, fold, withDigitsMended } from './folding.ts'
import { findQuantities, type Quantity } from './quantities.ts'

/** From this confidence on, a word counts as read. */
export const sureConfidence = 80
const likelyConfidence = 60

/** A run of letters and digits in the picture. */
export interface Token {
  text: string
  blurred: string
  isSure: boolean
  /** Sure, or nearly: some of its letters may be wrong, but not most of them. */
  isLikely: boolean
  line: number
  /** Null for text that is known without OCR. */
  box: Area | null
}

export interface ReadQuantity {
  quantity: Quantity
  isSure: boolean
  /** Part of a date or time: it can confirm a claim, but not contradict one. */
  isPart: boolean
  /** The words before and after it in its line, blurred. */
  previous: string | null
  next: string | null
  line: number
  box: Area | null
}

/** Everything known about the text in a picture. */
export interface Evidence {
  /** In reading order. */
  tokens: Token[]
  sureFirst: Token[]
  quantities: ReadQuantity[]
  /** All tokens, and neighbors joined without a space or hyphen; blurred. */
  spellings: ReadonlySet<string>
  /** The whole text without spaces and punctuation; folded, and blurred. */
  squeezed: readonly [folded: string, blurred: string]
  text: string
  /** OCR read nearly everything it saw with confidence, so anything it did not find is not there. */
  isReadWell: boolean
  /** Areas that look like text but were not read; null if they were not searched for. */
  unread: readonly Area[] | null
}

interface Line {
  words: { text: string; confidence: number; box: Area | null }[]
}

/** @param language The caption's, BCP 47, for the names of months. */
export function gatherEvidence(read: ReadText, codes: Code[], knownText: string | null, language: string): Evidence {
  const certain = [knownText ?? '', ...codes.map((code) => code.text)].join('\n').split('\n')
  const lines: Line[] = [
    ...linesOf(read.words),
    ...certain.map((line) => ({
      words: line
        .split(/\s+/u)
        .filter(Boolean)
        .map((text) => ({ text, confidence: 100, box: null }))
    }))
  ].filter(({ words }) => words.length > 0)

  const tokens = lines.flatMap((line, index) => tokensOf(line, index))
  const squeezed = tokens.map(({ text }) => fold(text)).join('')
  return {
    tokens,
    sureFirst: tokens.toSorted((a, b) => Number(b.isSure) - Number(a.isSure)),
    quantities: lines.flatMap((line, index) => quantitiesOf(line, index, language)),
    spellings: spellingsOf(tokens),
    squeezed: [squeezed, blur(squeezed)],
    text: lines.map(({ words }) => words.map(({ text }) => text).join(' ')).join('\n'),
    isReadWell: isReadWell(tokens),
    unread: read.unread ?? null
  }
}

function linesOf(words: ReadWord[]): Line[] {
  const lines: Line[] = []
  let last: Area | null = null
  for (const word of words) {
    const { box } = word
    const middle = box.y + box.height / 2
    const goesOn: boolean = last !== null && box.x >= last.x && middle > last.y && middle < last.y + last.height
    if (goesOn) lines.at(-1)?.words.push(word)
    else lines.push({ words: [word] })
    last = box
  }
  return lines
}

function tokensOf(line: Line, index: number): Token[] {
  return line.words.flatMap(({ text, confidence, box }) =>
    [...text.matchAll(/[\p{L}\p{M}\p{N}|$]+(?:['’](?:t|ll|ve|re|d|m)(?![\p{L}\p{N}]))?/giu)]
      .filter(([run]) => /[\p{L}\p{N}]/u.test(run))
      .map(([run]) => ({
        text: run,
        blurred: blur(run),
        isSure: confidence >= sureConfidence,
        isLikely: confidence >= likelyConfidence,
        line: index,
        box
      }))
  )
}

function spellingsOf(tokens: readonly Token[]): Set<string> {
  const spellings = new Set<string>()
  for (const [index, { text, blurred }] of tokens.entries()) {
    spellings.add(blurred)
    for (const more of [2, 3]) {
      const run = tokens.slice(index, index + more)
      if (run.length === more)
        spellings.add(
          blur(
            text +
              run
                .slice(1)
                .map((token) => token.text)
                .join('')
          )
        )
    }
  }
  return spellings
}

function quantitiesOf(line: Line, index: number, language: string): ReadQuantity[] {
  const joined = line.words.map(({ text }) => text).join(' ')
  const found = [joined, withDigitsMended(joined)].flatMap((text) =>
    findQuantities(text, language).map((quantity) => {
      const words = wordsWithin(line, quantity.start, quantity.end)
      const isSure = words.every(({ confidence }) => confidence >= sureConfidence)
      const { previous, next } = neighborsOf(text, quantity)
      return { quantity, isSure, isPart: false, previous, next, line: index, box: words[0]?.box ?? null }
    })
  )
  // A date consists of numbers, and columns of numbers look like one number with spaces in it.
  const parts = found.flatMap(({ quantity, ...place }) =>
    partsOf(quantity).flatMap((part) =>
      findQuantities(part, language).map((one): ReadQuantity =>
        Object.assign({}, place, { quantity: one, isPart: quantity.kind !== 'number' })
      )
    )
  )
  return [...found, ...parts]
}

/** For "22 253 107": each of the numbers, and each adjacent pair. */
function partsOf({ kind, text }: Quantity): string[] {
  if (kind !== 'number') return text.split(/\D+/u)
  const groups = text.split(' ')
  const pairs = groups.length > 2 ? groups.slice(1).map((group, index) => `${groups[index]} ${group}`) : []
  return groups.length === 1 ? [] : [...groups, ...pairs]
}

/** The words right before and right after something in a text, blurred. */
export function neighborsOf(
  text: string,
  { start, end }: { start: number; end: number }
): { previous: string | null; next: string | null } {
  const before = /(\p{L}+)[^\p{L}\p{N}]{0,2}$/u.exec(text.slice(Math.max(0, start - longestWord), start))?.[1]
  const after = /^[^\p{L}\p{N}]{0,2}(\p{L}+)/u.exec(text.slice(end))?.[1]
  return { previous: before === undefined ? null : blur(before), next: after === undefined ? null : blur(after) }
}

const longestWord = 40

function wordsWithin(line: Line, start: number, end: number): Line['words'] {
  let at = 0
  return line.words.filter(({ text }) => {
    const [from, to] = [at, at + text.length]
    at = to + 1
    return from < end && to > start
  })
}

const leastSureShare = 0.75

/** Widths of letters, relative to the height of their line. */
const [narrowestLetter, widestLetter] = [0.35, 1.2]

/** Whether something unread is long enough to contain this text; with `isAlone`, to be exactly this text. */
export function mayBeUnread(text: string, { unread }: Evidence, { isAlone = false } = {}): boolean {
  return (
    unread?.some(({ width, height }) => {
      const least = width / (height * text.length)
      return least >= narrowestLetter && (!isAlone || least <= widestLetter)
    }) ?? false
  )
}

function isReadWell(tokens: readonly Token[]): boolean {
  const words = tokens.filter(({ text }) => text.length >= 2)
  const letters = (some: readonly Token[]): number => some.reduce((sum, { text }) => sum + text.length, 0)
  const sure = words.filter(({ isSure }) => isSure)
  return sure.length >= 2 && letters(sure) >= leastSureShare * letters(words)
}

/** In the same row, or one right below the other, like a value below its label. */
export function isBeside(one: Pick<Token, 'line' | 'box'>, other: Pick<Token, 'line' | 'box'>): boolean {
  if (one.line === other.line) return true
  if (!one.box || !other.box) return false
  const gap = -overlapDown(one.box, other.box)
  const isClose = gap < 1.5 * Math.max(one.box.height, other.box.height)
  return isInRow(one.box, other.box) || (isClose && overlapAcross(one.box, other.box) > 0)
}

export function isInRow(one: Area, other: Area): boolean {
  return overlapDown(one, other) > Math.min(one.height, other.height) / 2
}
