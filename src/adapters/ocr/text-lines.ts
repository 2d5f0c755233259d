import type { Canvas } from '@napi-rs/canvas'
import type { LanguageData } from './language-data.ts'
import { leastConfidence, leastSure, lineOf, type ReadLine } from './read-line.ts'
import { SecondReader } from './second-reading.ts'
import { recognizeLine } from './text-recognizer.ts'
import { flipped, isUpright, type RotatedBox } from '#core/pictures/rotated-box.ts'

// Runs in the helper process (helper-program.ts).

/** As many lines are read from both ends to find out how a page lies. */
const directionSamples = 3

/**
 * Reads lines, in their order; each from the end at which it begins, because pages are scanned upside down and sideways.
 *
 * @param languages English, and what else may be expected.
 */
export async function readLines(
  picture: Canvas,
  boxes: readonly RotatedBox[],
  languages: readonly LanguageData[]
): Promise<ReadLine[]> {
  const isPageUpright = boxes.filter(isUpright).length * 2 > boxes.length
  const isOfPage = (box: RotatedBox): boolean => isUpright(box) === isPageUpright
  const hasOtherScripts = languages.some(({ script }) => script !== 'Latin' && script !== 'Chinese')
  const isFlipped = await isReadBackward(picture, boxes.filter(isOfPage), {
    isPageUpright,
    // What the network cannot read at all, such as Arabic, is not to be turned around by chance.
    leastBackward: hasOtherScripts ? leastConfidence : 0
  })
  const lines: ReadLine[] = []
  for (const box of boxes) {
    // What stands across the page, such as a label beside a chart, may be read from either end.
    const line = isOfPage(box)
      ? await readLine(picture, isFlipped ? flipped(box) : box)
      : surest(await readLine(picture, box), await readLine(picture, flipped(box)))
    lines.push(line)
  }
  return new SecondReader(languages).readAll(picture, lines)
}

/** Whether the lines of a page begin at their other end. An ordinary page is found out by its first reading. */
async function isReadBackward(
  picture: Canvas,
  boxes: RotatedBox[],
  { isPageUpright, leastBackward }: { isPageUpright: boolean; leastBackward: number }
): Promise<boolean> {
  const samples = boxes.toSorted((a, b) => b.width - a.width).slice(0, directionSamples)
  const meanOf = async (some: RotatedBox[]): Promise<number> => {
    let sum = 0
    for (const box of some) sum += (await readLine(picture, box)).confidence
    return some.length === 0 ? 0 : sum / some.length
  }
  const forward = await meanOf(samples)
  if (forward >= leastSure && !isPageUpright) return false
  const backward = await meanOf(samples.map(flipped))
  return backward > forward && backward >= leastBackward
}

async function readLine(picture: Canvas, box: RotatedBox): Promise<ReadLine> {
  return lineOf(await recognizeLine(picture, box), box)
}

function surest(one: ReadLine, other: ReadLine): ReadLine {
  return other.confidence > one.confidence ? other : one
}
