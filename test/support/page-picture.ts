import type { CodeReader, DecodedPicture, PlacedCode, ReadWord, TextReader } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'
import { overlap } from '#core/areas.ts'

/** A word of a page: where OCR says it is, and where its ink really is. */
export interface PageWord {
  text: string
  box: Area
  ink?: Area
}

/** A decoded picture that knows its words and codes. Boxes hide what they cover. */
export interface PagePicture extends DecodedPicture {
  words: PageWord[]
  codes: PlacedCode[]
  boxes: Area[]
}

export function pageOf(
  words: PageWord[],
  { codes = [], width = 1000, height = 800 }: { codes?: PlacedCode[]; width?: number; height?: number } = {}
): PagePicture {
  return page(words, codes, [], { x: 0, y: 0, width, height })
}

/** One line of words, 20 px high, from the left of the page. */
export function lineOf(text: string, y: number, x = 50): PageWord[] {
  let left = x
  return text.split(' ').map((word) => {
    const box = { x: left, y, width: word.length * 10, height: 20 }
    left += box.width + 10
    return { text: word, box }
  })
}

function page(words: PageWord[], codes: PlacedCode[], boxes: Area[], view: Area): PagePicture {
  const picture: PagePicture = {
    words,
    codes,
    boxes,
    width: view.width,
    height: view.height,
    mime: 'image/png',
    sha256: 'abc',
    missing: null,
    encode: () => Promise.resolve({ bytes: new Uint8Array(10), mime: 'image/jpeg', width: 40, height: 30 }),
    crop: () => Promise.reject(new Error('not asked for')),
    pixels: () => ({ width: 1, height: 1, data: new Uint8ClampedArray(4) }),
    withBoxes: (areas) => {
      const all = [...boxes, ...areas]
      return page(
        words.filter(({ box, ink = box }) => !isCovered(ink, all)),
        codes.filter(({ area }) => !isCovered(area, all)),
        all,
        view
      )
    },
    part: async (area) =>
      page(
        words
          .filter(({ box }) => overlap(box, area) !== null)
          .map(({ text, box, ink = box }) => ({ text, box: moved(box, area), ink: moved(ink, area) })),
        codes,
        boxes,
        { x: 0, y: 0, width: area.width, height: area.height }
      )
  }
  return picture
}

function isCovered(ink: Area, boxes: Area[]): boolean {
  return boxes.some((box) => {
    const common = overlap(ink, box)
    return common !== null && common.width * common.height >= 0.95 * ink.width * ink.height
  })
}

function moved(box: Area, by: Area): Area {
  return { ...box, x: box.x - by.x, y: box.y - by.y }
}

/** Reads such pages at once, line by line. */
export const pageReader: TextReader = {
  read: (picture) => {
    const words = (picture as PagePicture).words.map(({ text, box }): ReadWord => ({ text, box, confidence: 95 }))
    const lines = [...new Set(words.map(({ box }) => box.y))].map((y) =>
      words
        .filter(({ box }) => box.y === y)
        .map(({ text }) => text)
        .join(' ')
    )
    return Promise.resolve({ text: lines.join('\n'), words })
  },
  close: () => Promise.resolve()
}

export const pageCodes: CodeReader = { read: (picture) => Promise.resolve((picture as PagePicture).codes) }
