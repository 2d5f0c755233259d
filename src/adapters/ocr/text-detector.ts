import { createCanvas, type Canvas } from '../pictures/canvas-package.ts'
import { networkInput } from './network-input.ts'
import { loadNetwork, type Network } from './onnx.ts'
import { alongText, scaledBox, type RotatedBox } from '#core/pictures/rotated-box.ts'
import { linesOnMap } from '#core/pictures/text-map.ts'

// Runs in the helper process (helper-program.ts).

/** A first look at this many pixels on the long side decides in 0.1 s whether there is text. */
const firstLookPx = 960
/** Where its lines are lower than this, or it has but a hint of text, a second look finds them all, in up to 0.5 s. */
const goodLinePx = 24
const leastHint = 0.1
const secondLookPx = 1920
/** Larger does not show more. */
const largestScale = 1.5
/** A second look at little more would find the same. */
const leastGain = 1.2
/** The network takes sides that are multiples of this. */
const stridePx = 32

const scales = [
  { mean: 0.485, deviation: 0.229 },
  { mean: 0.456, deviation: 0.224 },
  { mean: 0.406, deviation: 0.225 }
] as const

let network: Promise<Network> | null = null

export async function prepareToDetectText(): Promise<void> {
  network ??= loadNetwork('detection')
  await network
}

/**
 * Where lines of text are, with their width along the letters, in pixels of the picture, in no particular order. Textures
 * and objects are seldom text.
 */
export async function detectText(picture: Canvas): Promise<RotatedBox[]> {
  const longSidePx = Math.max(picture.width, picture.height)
  const first = await look(picture, Math.min(1, firstLookPx / longSidePx))
  if (first.lines.length === 0 && !first.likelihood.some((one) => one >= leastHint)) return []
  const linePx = middle(first.lines.map(({ height }) => height)) * first.scale
  const wanted = first.lines.length === 0 ? largestScale : (first.scale * goodLinePx) / linePx
  const scale = Math.min(wanted, largestScale, secondLookPx / longSidePx)
  return scale < first.scale * leastGain ? first.lines : (await look(picture, scale)).lines
}

interface Look {
  /** In pixels of the picture. */
  lines: RotatedBox[]
  /** For each pixel of what was looked at, how likely it belongs to text. */
  likelihood: Float32Array
  /** The size of what was looked at, relative to the picture. */
  scale: number
}

async function look(picture: Canvas, scale: number): Promise<Look> {
  const fitted = (side: number): number => Math.max(stridePx, Math.round((side * scale) / stridePx) * stridePx)
  const [width, height] = [fitted(picture.width), fitted(picture.height)]
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.imageSmoothingQuality = 'high'
  context.drawImage(picture, 0, 0, width, height)
  const detector = await (network ??= loadNetwork('detection'))
  const { data: likelihood } = await detector.run(networkInput(canvas, scales), [1, 3, height, width])
  const lines = linesOnMap({ width, height, likelihood }).map((line) =>
    alongText(scaledBox(line, picture.width / width, picture.height / height))
  )
  return { lines, likelihood, scale }
}

function middle(numbers: readonly number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0
}
