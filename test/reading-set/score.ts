import { languagesToRead } from '#adapters/ocr/language-data.ts'
import { readText } from '#adapters/ocr/text-engine.ts'
import { wordRecall } from '../support/texts.ts'
import type { ReadingPicture } from './pictures.ts'

export interface ReadingScore {
  /** The share of the words in the picture that were read, 0-1. */
  recall: number
  /** The share of the words read that are in the picture, 0-1. */
  precision: number
  /** What was not read, and what was read instead. */
  misses: { unread: string[]; wrong: string[] }
}

/** Reads a picture as Descry does for someone who reads its language. Accents and case count, punctuation at the ends of words does not. */
export async function scoreReading(picture: ReadingPicture): Promise<ReadingScore> {
  const image = picture.render()
  const languages = languagesToRead([picture.language])
  const { text } = await readText({ picture: image, sourceWidth: image.width, languages })
  const [expected, read] = [wordsIn(picture.lines.join(' ')), wordsIn(text)]
  return {
    recall: wordRecall(expected, read),
    precision: read.length === 0 ? 1 : wordRecall(read, expected),
    misses: { unread: without(expected, read), wrong: without(read, expected) }
  }
}

function wordsIn(text: string): string[] {
  return text
    .split(/\s+/u)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '')
}

function without(words: readonly string[], others: readonly string[]): string[] {
  const left = [...others]
  return words.filter((word) => {
    const index = left.indexOf(word)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
}
