import type { Canvas } from '../pictures/canvas-package.ts'
import { readFile } from 'node:fs/promises'
import { networkInput } from './network-input.ts'
import { loadNetwork, networkFile, type Network } from './onnx.ts'
import { straightLine } from './straight-line.ts'
import { runsOf } from '#core/pictures/ctc.ts'
import { enclosing, type RotatedBox } from '#core/pictures/rotated-box.ts'
import type { ReadWord } from '#core/ports/pictures.ts'

// Runs in the helper process (helper-program.ts).

/** What the network takes. */
const heightPx = 48
/** It was trained with lines of at least this width; shorter ones are padded with zeros. */
const leastWidthPx = 320

/** Levels from -1 to 1. */
const fromMinusOneToOne = { mean: 0.5, deviation: 0.5 }
const scales = [fromMinusOneToOne, fromMinusOneToOne, fromMinusOneToOne] as const

interface Recognizer {
  network: Network
  /** The first is "nothing", the last is the space. */
  characters: string[]
}

let recognizer: Promise<Recognizer> | null = null

export async function prepareToRecognizeText(): Promise<void> {
  recognizer ??= load()
  await recognizer
}

async function load(): Promise<Recognizer> {
  const [network, keys] = await Promise.all([
    loadNetwork('recognition'),
    readFile(networkFile('ppocr_keys_v1.txt'), 'utf8')
  ])
  return { network, characters: ['', ...keys.split('\n'), ' '] }
}

/** The words of one line, with places in pixels of the picture. */
export async function recognizeLine(picture: Canvas, box: RotatedBox): Promise<ReadWord[]> {
  recognizer ??= load()
  const { network, characters } = await recognizer
  const line = straightLine(picture, box, heightPx)
  const widthPx = Math.max(leastWidthPx, line.canvas.width)
  const { data, dimensions } = await network.run(networkInput(line.canvas, scales, widthPx), [1, 3, heightPx, widthPx])
  const steps = dimensions[1] ?? 0
  const pxPerStep = widthPx / steps
  // What lies in the padding is not text.
  const used = Math.min(steps, Math.ceil(line.canvas.width / pxPerStep) + 2)
  return runsOf({ steps: used, characters, probabilities: data }).map((run) => {
    const [first, last] = [run[0], run.at(-1)]
    const left = (first?.firstStep ?? 0) * pxPerStep
    const right = Math.min(line.canvas.width, ((last?.lastStep ?? 0) + 1) * pxPerStep)
    return {
      text: run.map(({ text }) => text).join(''),
      confidence: (100 * run.reduce((sum, { probability }) => sum + probability, 0)) / run.length,
      box: enclosing(line.boxOf(left, right))
    }
  })
}
