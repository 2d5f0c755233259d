import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createWorker, OEM, PSM, type Worker } from 'tesseract.js'
import type { ReadText, ReadWord, RgbaImage } from '#core/ports/pictures.ts'
import { GrayPage, type Pgm } from './gray-page.ts'
import {
  confidenceOfGuess,
  doubtfulWords,
  isSure,
  withSecondLook,
  type SecondLook
} from '#core/pictures/second-look.ts'
import { findTextRegions } from '#core/pictures/text-regions.ts'

// Runs in the helper process (helper-program.ts).

/** How many lines are read again one by one, some 25 ms each. */
const maxSecondLooks = 40

let engine: Promise<Worker> | null = null

export async function prepareToReadText(): Promise<void> {
  engine ??= startEngine()
  await engine
}

export interface Reading {
  picture: RgbaImage
  /** The picture is enlarged to at most this many pixels. */
  maxPixels: number
  /** Width of the source in pixels, the unit of all places. */
  sourceWidth: number
}

/** Reads the whole picture, then line by line what looks like text but was not read, or not with confidence. */
export async function readText({ picture, maxPixels, sourceWidth }: Reading): Promise<ReadText> {
  engine ??= startEngine()
  const worker = await engine
  const page = new GrayPage(picture)
  const all = await readLines(worker, page.whole(maxPixels), PSM.AUTO)
  const lines = all.map((line) => line.filter(({ confidence }) => confidence > confidenceOfGuess))

  const words = lines.flat()
  const doubtful = doubtfulWords(words)
  const regions = findTextRegions(
    page.image(),
    words.filter((word) => !doubtful.has(word)).map(({ box }) => box)
  )
  const looks: SecondLook[] = []
  for (const region of regions.slice(0, maxSecondLooks)) {
    const readings = [(await readLines(worker, page.line(region), PSM.SINGLE_LINE)).flat()]
    if (!isSure(readings[0] ?? []))
      readings.push((await readLines(worker, page.line(region, { isWidened: true }), PSM.SINGLE_LINE)).flat())
    looks.push({ region, readings })
  }
  for (const region of regions.slice(maxSecondLooks)) looks.push({ region, readings: [] })
  const seen = withSecondLook(lines, looks)

  const scale = sourceWidth / picture.width
  const scaled = ({ x, y, width, height }: ReadWord['box']): ReadWord['box'] => ({
    x: Math.round(x * scale),
    y: Math.round(y * scale),
    width: Math.round(width * scale),
    height: Math.round(height * scale)
  })
  return {
    text: seen.lines
      .map((line) => line.filter(({ confidence }) => confidence > confidenceOfGuess).map((word) => word.text))
      .filter((line) => line.length > 0)
      .map((line) => line.join(' '))
      .join('\n'),
    words: seen.lines.flat().map(({ text, confidence, box }) => ({ text, confidence, box: scaled(box) })),
    unread: seen.unread.map(scaled)
  }
}

async function startEngine(): Promise<Worker> {
  const dataPackage = createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json')
  const worker = await createWorker('eng', OEM.LSTM_ONLY, {
    langPath: join(dirname(dataPackage), '4.0.0_best_int'),
    gzip: true,
    // Without langPath and cacheMethod it would download data from a CDN and write eng.traineddata to the current directory.
    cacheMethod: 'none',
    // A broken engine cannot be trusted, so the next picture gets a new process.
    errorHandler: () => process.exit(1)
  })
  await worker.setParameters({ user_defined_dpi: '200' })
  return worker
}

/** Words in the pixels of the source, line by line. */
async function readLines(worker: Worker, { bytes, scaleX, scaleY, x, y }: Pgm, mode: PSM): Promise<ReadWord[][]> {
  await worker.setParameters({ tessedit_pageseg_mode: mode })
  const { data } = await worker.recognize(bytes, {}, { blocks: true, text: false })
  const lines = (data.blocks ?? []).flatMap((block) => block.paragraphs).flatMap((paragraph) => paragraph.lines)
  return lines.map((line) =>
    line.words
      .filter((word) => word.text.trim() !== '')
      .map(({ text, confidence, bbox }) => ({
        text,
        confidence,
        box: {
          x: x + bbox.x0 * scaleX,
          y: y + bbox.y0 * scaleY,
          width: (bbox.x1 - bbox.x0) * scaleX,
          height: (bbox.y1 - bbox.y0) * scaleY
        }
      }))
  )
}
