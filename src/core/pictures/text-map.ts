import { boxAround, grown, type Position, type RotatedBox } from './rotated-box.ts'

/** For each pixel, how likely it is to belong to a line of text, from 0 to 1. The output of a text detection network. */
export interface TextMap {
  width: number
  height: number
  likelihood: Float32Array
}

/** A pixel with more than this is text … */
const minLikelihood = 0.3
/** … and a group of adjacent pixels with at least this mean is a line. */
const minMeanLikelihood = 0.55
const minPixels = 12
const minSidePx = 2.5
/** The network marks the middle of each line; the line is larger by this much, relative to area over perimeter. */
const expansion = 1.6

/**
 * The lines of text in a map, in its pixels. This is the postprocessing of "Real-time Scene Text Detection with
 * Differentiable Binarization" (Liao et al., 2020, https://arxiv.org/abs/1911.08947).
 */
export function linesOnMap(map: TextMap): RotatedBox[] {
  const { likelihood } = map
  const isSeen = new Uint8Array(likelihood.length)
  const lines: RotatedBox[] = []
  for (let start = 0; start < likelihood.length; start += 1) {
    if (isSeen[start] === 1 || (likelihood[start] ?? 0) <= minLikelihood) continue
    const { edge, pixels, mean } = groupAt(start, map, isSeen)
    if (pixels < minPixels || mean < minMeanLikelihood) continue
    const box = boxAround(edge)
    if (box === null || Math.min(box.width, box.height) < minSidePx) continue
    const { width, height } = box
    lines.push(grown(box, (width * height * expansion) / (2 * (width + height))))
  }
  return lines
}

interface Group {
  /** Its outermost pixels. */
  edge: Position[]
  pixels: number
  /** Of the likelihoods. */
  mean: number
}

const neighbors = [
  [-1, -1],
  [0, -1],
  [1, -1],
  [-1, 0],
  [1, 0],
  [-1, 1],
  [0, 1],
  [1, 1]
] as const

/** All likely pixels connected to this one, also at corners. Marks them as seen. */
function groupAt(start: number, { width, height, likelihood }: TextMap, isSeen: Uint8Array): Group {
  const edge: Position[] = []
  const open = [start]
  isSeen[start] = 1
  let [sum, pixels] = [0, 0]
  for (let at = open.pop(); at !== undefined; at = open.pop()) {
    const [x, y] = [at % width, Math.floor(at / width)]
    sum += likelihood[at] ?? 0
    pixels += 1
    let isEdge = false
    for (const [right, down] of neighbors) {
      const [otherX, otherY] = [x + right, y + down]
      const other = otherY * width + otherX
      const isInside = otherX >= 0 && otherX < width && otherY >= 0 && otherY < height
      if (!isInside || (likelihood[other] ?? 0) <= minLikelihood) isEdge = true
      else if (isSeen[other] === 0) {
        isSeen[other] = 1
        open.push(other)
      }
    }
    if (isEdge) edge.push([x, y])
  }
  return { edge, pixels, mean: sum / pixels }
}
