import type { Canvas } from '@napi-rs/canvas'
import { readFile } from 'node:fs/promises'
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
  const { data, dimensions } = await network.run(normalized(line.canvas, widthPx), [1, 3, heightPx, widthPx])
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

/** Blue, green and red from -1 to 1, one plane after the other. */
function normalized(line: Canvas, widthPx: number): Float32Array {
  const { width } = line
  const { data } = line.getContext('2d').getImageData(0, 0, width, heightPx)
  const planes = new Float32Array(3 * heightPx * widthPx)
  for (let plane = 0; plane < 3; plane += 1)
    for (let y = 0; y < heightPx; y += 1)
      for (let x = 0; x < width; x += 1)
        planes[(plane * heightPx + y) * widthPx + x] = (data[(y * width + x) * 4 + 2 - plane] ?? 0) / 127.5 - 1
  return planes
}
