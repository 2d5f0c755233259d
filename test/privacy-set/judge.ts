import { overlap } from '#core/areas.ts'
import type { Area } from '#shared/caption.ts'
import type { PrivacyPicture } from './pictures.ts'
import type { PrivateTruth } from './page.ts'

// What counts as found, as a false alarm, and as a leak.

/** Of the box of a value, so much must be hidden. */
const leastCovered = 0.9
/** Of an area that covers a value, so much of the area or of the value must lie in the other. */
const leastShared = 0.2
/** So many characters of a value in a row give it away; of a short value, half. */
const leakedRun = 4

const sizeOf = ({ width, height }: Area): number => width * height

/** The share (0-1) of an area that others cover together. */
export function coveredShare(area: Area, others: readonly Area[]): number {
  const parts = others.map((other) => overlap(area, other)).filter((part) => part !== null)
  const edges = (from: (part: Area) => number[]): number[] =>
    [...new Set(parts.flatMap(from))].toSorted((a, b) => a - b)
  const [xs, ys] = [edges(({ x, width }) => [x, x + width]), edges(({ y, height }) => [y, y + height])]
  let covered = 0
  for (const [column, x] of xs.slice(0, -1).entries())
    for (const [row, y] of ys.slice(0, -1).entries()) {
      const cell = { x, y, width: (xs[column + 1] ?? x) - x, height: (ys[row + 1] ?? y) - y }
      const [centerX, centerY] = [x + cell.width / 2, y + cell.height / 2]
      const isCovered = parts.some(
        (part) =>
          centerX > part.x && centerX < part.x + part.width && centerY > part.y && centerY < part.y + part.height
      )
      if (isCovered) covered += sizeOf(cell)
    }
  return sizeOf(area) === 0 ? 0 : covered / sizeOf(area)
}

/** Whether at least 90 % of a value is hidden; of all its lines together, if it has several. */
export function isFound({ lines }: PrivateTruth, hidden: readonly Area[]): boolean {
  const all = lines.reduce((sum, { area }) => sum + sizeOf(area), 0)
  const covered = lines.reduce((sum, { area }) => sum + sizeOf(area) * coveredShare(area, hidden), 0)
  return covered >= leastCovered * all
}

/** The areas that cover nothing private. */
export function falseAreas(
  { truth, optional }: Pick<PrivacyPicture, 'truth' | 'optional'>,
  hidden: readonly Area[]
): Area[] {
  const wanted = [...truth.flatMap(({ lines }) => lines.map(({ area }) => area)), ...optional]
  return hidden.filter(
    (area) =>
      !wanted.some((one) => {
        const shared = overlap(area, one)
        return shared !== null && sizeOf(shared) >= leastShared * Math.min(sizeOf(area), sizeOf(one))
      })
  )
}

/** The letters and digits, in upper case. */
export const significant = (text: string): string => text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '')

/** Whether so much of a value was read in its place that it is no secret: four characters in a row, or half of a short one. */
export function isLeaked(value: string, read: string): boolean {
  const [wanted, seen] = [significant(value), significant(read)]
  const run = Math.min(leakedRun, Math.ceil(wanted.length / 2))
  if (wanted.length === 0) return false
  return Array.from({ length: wanted.length - run + 1 }, (_, start) => wanted.slice(start, start + run)).some((part) =>
    seen.includes(part)
  )
}

/** What OCR takes for each other. */
const twins: Record<string, string> = { O: '0', Q: '0', I: '1', L: '1', '|': '1', '!': '1', S: '5', B: '8', Z: '2', V: 'U' } // prettier-ignore
const withoutTwins = (text: string): string => significant(text).replaceAll(/[OQIL|!SBZV]/gu, (sign) => twins[sign] ?? sign) // prettier-ignore

/** Of a value, so much must be read in its order; a reader that drops a sign of 40 has read it. */
const leastRead = 0.9

/** Whether a value was read well enough to be found: all of it but for similar letters and a tenth. */
export function isRead(value: string, read: string): boolean {
  const [wanted, seen] = [withoutTwins(value), withoutTwins(read)]
  return seen.includes(wanted) || wanted.length - fewestEdits(wanted, seen) >= leastRead * wanted.length
}

/** The fewest changes that make the text out of any part of another (Sellers 1980). */
function fewestEdits(wanted: string, seen: string): number {
  let row = Array.from({ length: seen.length + 1 }, () => 0)
  for (const [index, sign] of Array.from(wanted).entries()) {
    const next = [index + 1]
    for (let at = 1; at <= seen.length; at += 1)
      next.push(Math.min((row[at - 1] ?? 0) + (seen[at - 1] === sign ? 0 : 1), (row[at] ?? 0) + 1, (next[at - 1] ?? 0) + 1)) // prettier-ignore
    row = next
  }
  return Math.min(...row)
}
