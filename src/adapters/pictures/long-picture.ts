import type { DecodedPicture } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'
import type { PixelSize } from './picture-formats.ts'

const longShape = 2.5
const longSidePx = 2000
/** A part is as long as a model's picture, 16:9, which is sent in one piece without being shrunk too much. */
const partShape = 16 / 9
const maxParts = 12
/** Of the part's length: as far round its even place a cut may lie to miss the text … */
const searchShare = 0.15
/** … and so much is in both parts where no such place is found, at least a line or two. */
const overlapShare = 0.08
/** Rows are looked at in a copy this wide, in which the space between two lines is still seen. */
const lookWidthPx = 512
/** A row is empty when its pixels differ by no more, of 255. */
const slightDifference = 24

/** Into how many parts a picture of this size, turned either way, should be cut; 1 leaves it whole. */
export function countParts({ width, height }: PixelSize): number {
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  if (long <= longSidePx || long <= longShape * short) return 1
  return Math.min(maxParts, Math.ceil(long / (short * partShape)))
}

/**
 * The parts of a long picture, from its beginning. They are cut where nothing lies, such as between two paragraphs; where there
 * is no such place they overlap, so that each line of text is whole in one of them.
 */
export function cutParts(picture: DecodedPicture, count: number): Area[] {
  const isTall = picture.height >= picture.width
  const length = isTall ? picture.height : picture.width
  const partLength = length / count
  const { empty, scale } = emptyLines(picture, isTall)
  const starts = [0]
  const ends: number[] = []
  for (let part = 1; part < count; part += 1) {
    const place = part * partLength
    const reach = partLength * searchShare
    const cut = middleOfLongestRun(empty, Math.ceil((place - reach) * scale), Math.floor((place + reach) * scale))
    const overlap = cut === null ? partLength * overlapShare : 0
    const middle = cut === null ? place : cut / scale
    ends.push(Math.round(middle + overlap / 2))
    starts.push(Math.round(middle - overlap / 2))
  }
  ends.push(length)
  return starts.map((start, part) => {
    const partLength = (ends[part] ?? length) - start
    return isTall
      ? { x: 0, y: start, width: picture.width, height: partLength }
      : { x: start, y: 0, width: partLength, height: picture.height }
  })
}

/** For each row of a tall picture, or column of a wide one, in a smaller copy: whether it has one color only. */
function emptyLines(picture: DecodedPicture, isTall: boolean): { empty: boolean[]; scale: number } {
  const scale = Math.min(1, lookWidthPx / Math.min(picture.width, picture.height))
  const { width, height, data } = picture.pixels({
    maxWidthPx: Math.max(1, Math.round(picture.width * scale)),
    maxHeightPx: Math.max(1, Math.round(picture.height * scale))
  })
  const [lines, across] = isTall ? [height, width] : [width, height]
  const [nextLine, nextPixel] = isTall ? [width * 4, 4] : [4, width * 4]
  const empty = Array.from({ length: lines }, (_, line) => {
    for (let channel = 0; channel < 3; channel += 1) {
      let [least, most] = [255, 0]
      for (let pixel = 0; pixel < across; pixel += 1) {
        const value = data[line * nextLine + pixel * nextPixel + channel] ?? 0
        least = Math.min(least, value)
        most = Math.max(most, value)
      }
      if (most - least > slightDifference) return false
    }
    return true
  })
  return { empty, scale: lines / (isTall ? picture.height : picture.width) }
}

function middleOfLongestRun(empty: boolean[], from: number, to: number): number | null {
  let longest = 0
  let middle: number | null = null
  for (let at = from, run = 0; at <= to; at += 1) {
    run = empty[at] === true ? run + 1 : 0
    if (run > longest) {
      longest = run
      middle = at - (run - 1) / 2 + 0.5
    }
  }
  return middle
}
