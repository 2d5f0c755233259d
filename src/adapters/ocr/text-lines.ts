import type { Canvas } from '../pictures/canvas-package.ts'
import type { LanguageData } from './language-data.ts'
import { leastConfidence, leastSure, lineOf, type ReadLine } from './read-line.ts'
import { SecondReader } from './second-reading.ts'
import { recognizeLine } from './text-recognizer.ts'
import { flipped, isUpright, type RotatedBox } from '#core/pictures/rotated-box.ts'

// Runs in the helper process (helper-program.ts).

/** As many lines are read, from both ends if need be, to find out how a page lies. */
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
  const samples = await readSamples(picture, boxes.filter(isOfPage), {
    isPageUpright,
    // What the network cannot read at all, such as Arabic, is not to be turned around by chance.
    leastBackward: hasOtherScripts ? leastConfidence : 0
  })
  const lines: ReadLine[] = []
  for (const box of boxes) {
    // What stands across the page, such as a label beside a chart, may be read from either end.
    const line = isOfPage(box)
      ? (samples.lines.get(box) ?? (await readLine(picture, samples.isFlipped ? flipped(box) : box)))
      : surest(await readLine(picture, box), await readLine(picture, flipped(box)))
    lines.push(line)
  }
  return new SecondReader(languages).readAll(picture, lines)
}

interface Samples {
  /** The lines of the page begin at their other end. */
  isFlipped: boolean
  /** Those read to find that out, from the right end. */
  lines: Map<RotatedBox, ReadLine>
}

/** Reads the longest lines of a page to find out how it lies. The first reading is enough for an ordinary page. */
async function readSamples(
  picture: Canvas,
  boxes: RotatedBox[],
  { isPageUpright, leastBackward }: { isPageUpright: boolean; leastBackward: number }
): Promise<Samples> {
  const longest = boxes.toSorted((a, b) => b.width - a.width).slice(0, directionSamples)
  const readFrom = async (end: (box: RotatedBox) => RotatedBox): Promise<Samples['lines']> => {
    const lines: Samples['lines'] = new Map()
    for (const box of longest) lines.set(box, await readLine(picture, end(box)))
    return lines
  }
  const forward = await readFrom((box) => box)
  if (meanConfidence(forward) >= leastSure && !isPageUpright) return { isFlipped: false, lines: forward }
  const backward = await readFrom(flipped)
  const isFlipped = meanConfidence(backward) > meanConfidence(forward) && meanConfidence(backward) >= leastBackward
  return { isFlipped, lines: isFlipped ? backward : forward }
}

function meanConfidence(lines: ReadonlyMap<unknown, ReadLine>): number {
  let sum = 0
  for (const { confidence } of lines.values()) sum += confidence
  return lines.size === 0 ? 0 : sum / lines.size
}

async function readLine(picture: Canvas, box: RotatedBox): Promise<ReadLine> {
  return lineOf(await recognizeLine(picture, box), box)
}

function surest(one: ReadLine, other: ReadLine): ReadLine {
  return other.confidence > one.confidence ? other : one
}
