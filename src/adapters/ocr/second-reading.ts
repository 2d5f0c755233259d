import type { Canvas } from '../pictures/canvas-package.ts'
import type { LanguageData } from './language-data.ts'
import { isDoubtful, leastConfidence, lineOf, type ReadLine } from './read-line.ts'
import { sideBySide } from './side-by-side.ts'
import { straightLine } from './straight-line.ts'
import { readLineWithTesseract } from './tesseract-line.ts'
import { withAccents } from '#core/pictures/accents.ts'
import { enclosing, grown } from '#core/pictures/rotated-box.ts'
import { hasTwinsOnly, shareOfScript, type Script } from '#core/pictures/text-languages.ts'
import type { ReadWord } from '#core/ports/pictures.ts'

// Runs in the helper process (helper-program.ts). The network knows English and Chinese; Tesseract reads what is in other languages.

/** Each takes 20 to 200 ms. */
const mostReadings = { english: 40, otherLanguages: 120 }
/** Tesseract reads best when letters have about 44 pixels; a line is about half as high again. */
const lineHeightPx = 64
/** The letters of Arabic are smaller in their line. */
const arabicHeightPx = 40
/** What a detector cuts off: the dots of an Ä. Relative to the height of a line. */
const margin = 0.15
/** So many of the letters are of a script, in a line that is. */
const leastOfScript = 0.6
/** The mean of its words, 0-100. Textures are read with less. */
const leastOfScriptConfidence = 70
/** A line that the network is this sure of is Latin when it could be either: "HOME" and "НОМЕ". */
const sureOfLatin = 90

/** A line that it is this sure of need not be read in another script, where no other line of the page is. */
const surelyLatin = 95
/** So many lines without an accent are no German, French, or Polish. */
const plainSamples = 8

type Languages = [LanguageData, ...LanguageData[]]

/** All readings of one line. */
interface LineReadings {
  latin: ReadLine
  /** In another script, if it seems to be in one. */
  other: ReadLine | null
}

/** @param languages English, and what else the user reads. */
export class SecondReader {
  private readonly latin: Languages | null
  private readonly others: { script: Script; languages: Languages }[]
  private readonly hasAccents: boolean
  private readingsLeft: number

  constructor(languages: readonly LanguageData[]) {
    const inScript = (wanted: Script): LanguageData[] => languages.filter(({ script }) => script === wanted)
    const english = languages.filter(({ code }) => code === 'eng')
    const scripts = new Set(languages.map(({ script }) => script))
    const accented = inScript('Latin').filter(({ code }) => code !== 'eng')
    this.hasAccents = accented.length > 0
    // English beside them would take twice the time; put first, it would read "Äpfel" as "Apfel".
    this.latin = notEmpty(this.hasAccents ? accented : english)
    // The network reads Chinese. Names and addresses in Latin letters stand in lines of every script.
    this.others = [...scripts]
      .filter((script) => script !== 'Latin' && script !== 'Chinese')
      .flatMap((script) => {
        const together = notEmpty([...inScript(script), ...english])
        return together ? [{ script, languages: together }] : []
      })
    this.readingsLeft = this.hasAccents || this.others.length > 0 ? mostReadings.otherLanguages : mostReadings.english
  }

  /** Reads lines again where that may be better. */
  async readAll(picture: Canvas, lines: readonly ReadLine[]): Promise<ReadLine[]> {
    const others = await this.readInOtherScripts(picture, lines)
    const rest = lines.filter((line) => !others.has(line))
    const accented = await this.readAccents(picture, rest)
    return chooseReadings(lines.map((line) => ({ latin: accented.get(line) ?? line, other: others.get(line) ?? null })))
  }

  /** Lines that the network is least sure of come first: if none of them is in another script, those that it is sure of are not. */
  private async readInOtherScripts(picture: Canvas, lines: readonly ReadLine[]): Promise<Map<ReadLine, ReadLine>> {
    const found = new Map<ReadLine, ReadLine>()
    for (const { script, languages } of this.others) {
      let isOnPage = false
      const leastSureFirst = lines.toSorted((a, b) => a.confidence - b.confidence)
      await sideBySide(leastSureFirst, async (line) => {
        if (found.has(line) || (line.confidence >= surelyLatin && !isOnPage)) return
        const other = await this.readWith(languages, picture, line)
        if (!other || !isInScript(other, script)) return
        found.set(line, { ...other, script })
        isOnPage ||= !hasTwinsOnly(other.text)
      })
    }
    return found
  }

  /** The longest lines come first: if they have no accents, the page is in English. */
  private async readAccents(picture: Canvas, lines: readonly ReadLine[]): Promise<Map<ReadLine, ReadLine>> {
    const found = new Map<ReadLine, ReadLine>()
    let [plain, accented] = [0, 0]
    const longestFirst = lines.toSorted((a, b) => b.text.length - a.text.length)
    await sideBySide(longestFirst, async (line) => {
      const mayHaveAccents = this.hasAccents && /\p{L}{2}/u.test(line.text) && (accented > 0 || plain < plainSamples)
      if (!isDoubtful(line) && !mayHaveAccents) return
      const second = this.latin && (await this.readWith(this.latin, picture, line))
      if (!second) return
      const better = this.better(line, second)
      found.set(line, better)
      if (/[^\p{ASCII}\p{P}\p{S}]/u.test(better.text)) accented += 1
      else plain += 1
    })
    return found
  }

  private better(first: ReadLine, second: ReadLine): ReadLine {
    if (isDoubtful(first) && second.confidence >= leastConfidence && second.confidence > first.confidence) return second
    if (!this.hasAccents) return first
    return lineOf(withAccents(first.words, second.words), first.box)
  }

  /** Null when enough lines of this picture were read. */
  private async readWith(languages: Languages, picture: Canvas, { box }: ReadLine): Promise<ReadLine | null> {
    if (this.readingsLeft === 0) return null
    this.readingsLeft -= 1
    const isEnglish = languages.every(({ code }) => code === 'eng')
    const isArabic = languages.some(({ script }) => script === 'Arabic')
    const whole = isEnglish ? box : grown(box, margin * box.height)
    const line = straightLine(picture, whole, isArabic ? arabicHeightPx : lineHeightPx)
    const words: ReadWord[] = (await readLineWithTesseract(line.canvas, languages)).map(
      ({ text, confidence, left, right }) => ({ text, confidence, box: enclosing(line.boxOf(left, right)) })
    )
    return lineOf(words, box)
  }
}

function notEmpty(languages: LanguageData[]): Languages | null {
  const [first, ...others] = languages
  return first ? [first, ...others] : null
}

function isInScript({ text, confidence }: ReadLine, script: Script): boolean {
  return (
    confidence >= leastOfScriptConfidence && shareOfScript(text, script) >= leastOfScript && /\p{L}.*\p{L}/u.test(text)
  )
}

/** The right reading of each line. Where letters say nothing ("TAXI" and "ТАХІ"), the rest of the picture does. */
function chooseReadings(lines: readonly LineReadings[]): ReadLine[] {
  const certain = lines.filter(({ other }) => other !== null && !hasTwinsOnly(other.text)).length
  return lines.map(({ latin, other }) => {
    if (other === null) return latin
    const isClear = !hasTwinsOnly(other.text) || latin.confidence < sureOfLatin
    return isClear || certain * 2 > lines.length ? other : latin
  })
}
