import type { DecodedPicture } from '#core/ports/pictures.ts'
import type { Size } from '#core/areas.ts'
import type { Area } from '#shared/caption.ts'

const longShape = 2.5
const longSidePx = 2000
/** Parts are 16:9, because models don't shrink that shape too much. */
const partShape = 16 / 9
const maxParts = 12
/** How far a cut may move from its evenly spaced position to avoid text, as a share of the part's length. */
const searchShare = 0.15
/** How much two parts overlap if every such position has text, as a share of the part's length: a line or two. */
const overlapShare = 0.08
/** Rows are checked in a copy of this width, where the space between two lines is still visible. */
const lookWidthPx = 512
/** A row is empty if its pixels differ by at most this many levels out of 255. */
const slightDifference = 24

/** How many parts a picture of this size, portrait or landscape, should be cut into; 1 leaves it whole. */
export function countParts({ width, height }: Size): number {
  const [long, short] = [Math.max(width, height), Math.min(width, height)]
  if (long <= longSidePx || long <= longShape * short) return 1
  return Math.min(maxParts, Math.ceil(long / (short * partShape)))
}

/**
 * The parts of a long picture, in order. Cuts go through empty rows, such as those between two paragraphs. If there is
 * no empty row, the parts overlap, so that each line of text is complete in one of them.
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

/** Whether each row of a tall picture, or column of a wide one, has only one color, in a smaller copy. */
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
