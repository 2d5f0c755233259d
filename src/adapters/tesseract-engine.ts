import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { createCanvas, ImageData } from '@napi-rs/canvas'
import { createWorker, OEM, PSM, type Page, type Worker } from 'tesseract.js'
import type { ReadText, ReadWord, RgbaImage } from '#core/ports.ts'

// Runs in the helper process (helper-program.ts).

/** Twice the size reads small type best (docs/pictures.md has the figures). */
const enlargement = 2
/** Words that Tesseract itself doubts this much are texture, not text. */
const minConfidence = 30

let engine: Promise<Worker> | null = null

export async function prepareToReadText(): Promise<void> {
  engine ??= startEngine()
  await engine
}

export interface Reading {
  picture: RgbaImage
  /** It is enlarged up to this many. */
  maxPixels: number
  /** Width of the source in pixels, in which places are told. */
  sourceWidth: number
}

export async function readText({ picture, maxPixels, sourceWidth }: Reading): Promise<ReadText> {
  engine ??= startEngine()
  const grey = greyPicture(picture, maxPixels)
  const { data } = await (await engine).recognize(grey.bytes, {}, { blocks: true })
  return wordsOf(data, sourceWidth / grey.width)
}

async function startEngine(): Promise<Worker> {
  const dataPackage = createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json')
  const worker = await createWorker('eng', OEM.LSTM_ONLY, {
    langPath: join(dirname(dataPackage), '4.0.0_best_int'),
    gzip: true,
    // Without these two it would download from a CDN and write eng.traineddata into the current directory.
    cacheMethod: 'none',
    // An engine that broke is not to be trusted: the next picture gets a new process.
    errorHandler: () => process.exit(1)
  })
  await worker.setParameters({ tessedit_pageseg_mode: PSM.AUTO, user_defined_dpi: '200' })
  return worker
}

interface GreyPicture {
  /** Binary PGM, which Tesseract takes without decoding. */
  bytes: Buffer
  width: number
}

/** Grey, enlarged, dark on light: Tesseract reads light on dark as well, but in twice the time. */
function greyPicture(source: RgbaImage, maxPixels: number): GreyPicture {
  const scale = Math.max(1, Math.min(enlargement, Math.sqrt(maxPixels / (source.width * source.height))))
  const width = Math.round(source.width * scale)
  const height = Math.round(source.height * scale)
  const small = createCanvas(source.width, source.height)
  small.getContext('2d').putImageData(new ImageData(source.data, source.width, source.height), 0, 0)
  const context = createCanvas(width, height).getContext('2d')
  context.imageSmoothingQuality = 'high'
  context.drawImage(small, 0, 0, width, height)
  const { data } = context.getImageData(0, 0, width, height)

  const head = Buffer.from(`P5\n${width} ${height}\n255\n`)
  const bytes = Buffer.alloc(head.length + width * height)
  bytes.set(head)
  let sum = 0
  for (let from = 0, to = head.length; from < data.length; from += 4, to += 1) {
    const grey = ((data[from] ?? 0) * 77 + (data[from + 1] ?? 0) * 150 + (data[from + 2] ?? 0) * 29) >> 8
    bytes[to] = grey
    sum += grey
  }
  if (sum / (width * height) < 128)
    for (let at = head.length; at < bytes.length; at += 1) bytes[at] = 255 - (bytes[at] ?? 0)
  return { bytes, width }
}

/** `scale`: source pixels for one pixel of the picture that was read. */
function wordsOf(page: Page, scale: number): ReadText {
  const lines = (page.blocks ?? []).flatMap((block) => block.paragraphs).flatMap((paragraph) => paragraph.lines)
  const read = lines.map((line) =>
    line.words
      .filter((word) => word.confidence >= minConfidence && word.text.trim() !== '')
      .map<ReadWord>(({ text, confidence, bbox }) => ({
        text,
        confidence,
        box: {
          x: Math.round(bbox.x0 * scale),
          y: Math.round(bbox.y0 * scale),
          width: Math.round((bbox.x1 - bbox.x0) * scale),
          height: Math.round((bbox.y1 - bbox.y0) * scale)
        }
      }))
  )
  const text = read
    .filter((words) => words.length > 0)
    .map((words) => words.map((word) => word.text).join(' '))
    .join('\n')
  return { text, words: read.flat() }
}
