import { paperLayouts } from './layouts-paper.ts'
import type { Layout } from './layouts-paper.ts'
import { screenLayouts } from './layouts-screen.ts'
import { photo } from './photo.ts'
import { chanceFrom, type Chance } from './random.ts'
import { someWear, worn } from './sheet.ts'
import { wordLists, type WordList } from './words.ts'

export interface GroundingAnswer {
  kind: 'right' | 'wrong-digit' | 'invented-word' | 'paraphrase'
  caption: string
  /** Exact substrings of the caption that are false. */
  wrong: string[]
}

export interface GroundingCase {
  id: string
  seed: number
  layout: string
  /** PNG; the same bytes each time. */
  render(): Promise<Uint8Array>
  /** BCP 47, of the captions. */
  language: string
  answers: GroundingAnswer[]
  /** Every piece of text in the picture. Only for the test of the sets. */
  texts: string[]
}

const layoutsOfASet = 21
const casesOfALayout = 3
const photosOfASet = 6

/** A set of pictures, each with possible answers of a model. Two seeds share no contents and not all layouts. */
export function groundingCases(seed: number): GroundingCase[] {
  const layouts: Record<string, Layout> = { ...paperLayouts, ...screenLayouts }
  const names = chanceFrom(seed * 7919).some(Object.keys(layouts), layoutsOfASet)
  const cases = names.flatMap((name) =>
    Array.from({ length: casesOfALayout }, (_, index) =>
      drawnCase(seed, `${seed}-${name.replaceAll(' ', '-')}-${index + 1}`, name, layouts[name] as Layout)
    )
  )
  const photos = Array.from({ length: photosOfASet }, (_, index) =>
    photoCase(seed, `${seed}-photo-${index + 1}`, index % 2 === 1)
  )
  return [...cases, ...photos]
}

function drawnCase(seed: number, id: string, name: string, layout: Layout): GroundingCase {
  const chance = chanceFrom(hash(id))
  const { language, sheet, right, paraphrase, inventions = [] } = layout(chance)
  const wear = someWear(chance, sheet.sizePx)
  const noiseSeed = chance.whole(1, 2 ** 31)
  return {
    id,
    seed,
    layout: name,
    language,
    texts: sheet.texts,
    answers: answers(chance, sheet.texts, right, paraphrase, inventions, []),
    render: async () => (await worn(sheet.paint(30), wear, chanceFrom(noiseSeed), sheet.theme.paper)).encode('png')
  }
}

function photoCase(seed: number, id: string, hasPlate: boolean): GroundingCase {
  const chance = chanceFrom(hash(id))
  const { right, paraphrase, inventions, wrongDigits, plate, paint } = photo(chance, hasPlate)
  const noiseSeed = chance.whole(1, 2 ** 31)
  const texts = plate === null ? [] : [plate]
  return {
    id,
    seed,
    layout: hasPlate ? 'photo with a plate' : 'photo without text',
    language: 'en',
    texts,
    answers: answers(chance, texts, right, paraphrase, inventions, wrongDigits),
    render: async () => paint(chanceFrom(noiseSeed)).encode('png')
  }
}

// ---- captions -------------------------------------------------------------------------------------------------------

const digitMark = /\{#([^{}]+)\}/gu
const wordMark = /\{@([^{}|]+)\|([a-zA-Z]+)\}/gu
const falseMark = /\{!([^{}]+)\}/u

function answers(
  chance: Chance,
  texts: string[],
  right: string,
  paraphrase: string,
  inventions: string[],
  wrongDigits: string[]
): GroundingAnswer[] {
  return [
    { kind: 'right', caption: unmarked(right), wrong: [] },
    { kind: 'wrong-digit', ...(withWrongDigit(chance, texts, right) ?? withSentence(right, chance.pick(wrongDigits))) },
    { kind: 'invented-word', ...withInvention(chance, texts, right, inventions) },
    { kind: 'paraphrase', caption: paraphrase, wrong: [] }
  ]
}

function unmarked(caption: string): string {
  return caption.replaceAll(digitMark, '$1').replaceAll(wordMark, '$1').replaceAll(new RegExp(falseMark, 'gu'), '$1')
}

function withWrongDigit(
  chance: Chance,
  texts: string[],
  right: string
): Pick<GroundingAnswer, 'caption' | 'wrong'> | null {
  const marks = [...right.matchAll(digitMark)]
  if (marks.length === 0) return null
  for (let attempt = 0; attempt < 500; attempt += 1) {
    const mark = chance.pick(marks)
    const wrong = misread(chance, mark[1] ?? '')
    const caption = replaced(right, mark, wrong)
    if (isPossible(wrong) && !isSeen(texts, wrong) && caption.split(wrong).length === 2)
      return { caption, wrong: [wrong] }
  }
  throw new Error(`No digit of this caption can be wrong: ${right}`)
}

/** Misreads a number: one wrong digit, two digits swapped, one too many or too few. */
function misread(chance: Chance, token: string): string {
  const places = [...token.matchAll(/\d/gu)].map(({ index }) => index)
  const place = chance.pick(places)
  const digit = Number(token[place])
  const before = token.slice(0, place)
  const isNumber = /^[^\d]*\d{3,}[^\d]*$/u.test(token)
  const way = isNumber ? chance.whole(1, 10) : 1
  if (way === 9) return before + token.slice(place + 1)
  if (way === 10) return before + token[place] + token.slice(place)
  if (way >= 7 && /\d/u.test(token[place + 1] ?? ''))
    return before + token[place + 1] + token[place] + token.slice(place + 2)
  const others = [1, 2, 3, 4, 5, 6, 7, 8, 9].filter((other) => other !== digit)
  return before + String(chance.pick(others)) + token.slice(place + 1)
}

/** A misread time or date must still exist. */
function isPossible(token: string): boolean {
  const time = /(\d\d):(\d\d)/u.exec(token)
  if (time !== null && (Number(time[1]) > 23 || Number(time[2]) > 59)) return false
  const date = /^(\d\d)[./](\d\d)[./]\d{4}$/u.exec(token) ?? /^\d{4}-(?<month>\d\d)-(?<day>\d\d)$/u.exec(token)
  if (date !== null) {
    const [day, month] = date.groups ? [date.groups.day, date.groups.month] : [date[1], date[2]]
    if (Number(day) > 28 || Number(month) > 12 || Number(month) === 0) return false
  }
  const written = /^(\d+) \p{L}+ \d{4}$/u.exec(token)
  return (written === null || Number(written[1]) <= 28) && !/^[1-9]x/u.test(token)
}

function withInvention(
  chance: Chance,
  texts: string[],
  right: string,
  inventions: string[]
): Pick<GroundingAnswer, 'caption' | 'wrong'> {
  const marks = [...right.matchAll(wordMark)]
  if (inventions.length > 0 && (marks.length === 0 || chance.happens(0.4)))
    return withSentence(right, chance.pick(inventions))
  const mark = chance.pick(marks)
  const others = wordLists[mark[2] as WordList].filter((word) => !isSeen(texts, word))
  const wrong = chance.pick(others)
  return { caption: replaced(right, mark, wrong), wrong: [wrong] }
}

function withSentence(right: string, sentence: string): Pick<GroundingAnswer, 'caption' | 'wrong'> {
  return { caption: `${unmarked(right)} ${unmarked(sentence)}`, wrong: [falseMark.exec(sentence)?.[1] ?? ''] }
}

function replaced(right: string, mark: RegExpExecArray, wrong: string): string {
  return unmarked(right.slice(0, mark.index)) + wrong + unmarked(right.slice(mark.index + mark[0].length))
}

function isSeen(texts: string[], wanted: string): boolean {
  return texts.some((text) => text.toLowerCase().includes(wanted.toLowerCase()))
}

/** FNV-1a: contents depend on the seed and the name of a case, not on its position. */
function hash(text: string): number {
  let value = 2166136261
  for (const character of text) value = Math.imul(value ^ (character.codePointAt(0) ?? 0), 16777619) >>> 0
  return value
}
