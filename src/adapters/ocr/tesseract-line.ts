import type { Canvas } from '../pictures/canvas-package.ts'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { createWorker, OEM, PSM, type RecognizeResult, type Worker } from 'tesseract.js'
import type { LanguageData } from './language-data.ts'

// Runs in the helper process (helper-program.ts). Tesseract reads lines that the network is not sure of, and those in languages that it
// does not know.

/** A word of a line; `left` and `right` in pixels of the line's canvas. */
export interface LineWord {
  text: string
  /** 0-100. */
  confidence: number
  left: number
  right: number
}

/** Has the languages of `codes`; reads one line at a time. */
interface Engine {
  codes: string
  worker: Promise<Worker>
  isBusy: boolean
}

/** A second engine for the same languages is started only when two lines are to be read at once. */
const engines: Engine[] = []

/** Reads one level line of text, best at 60 to 70 pixels height. Words are in the order in which they are read, also from right to left. */
export async function readLineWithTesseract(
  line: Canvas,
  languages: readonly [LanguageData, ...LanguageData[]]
): Promise<LineWord[]> {
  const codes = languages.map(({ code }) => code).join('+')
  let engine = engines.find((one) => one.codes === codes && !one.isBusy)
  if (!engine) engines.push((engine = { codes, worker: startEngine(languages), isBusy: true }))
  engine.isBusy = true
  try {
    return wordsOf(await (await engine.worker).recognize(darkOnLight(line), {}, { blocks: true, text: false }))
  } finally {
    engine.isBusy = false
  }
}

function wordsOf({ data }: RecognizeResult): LineWord[] {
  return (data.blocks ?? [])
    .flatMap(({ paragraphs }) => paragraphs)
    .flatMap(({ lines }) => lines)
    .flatMap(({ words }) => words)
    .filter(({ text }) => text.trim() !== '')
    .map(({ text, confidence, bbox }) => ({ text, confidence, left: bbox.x0, right: bbox.x1 }))
}

async function startEngine([first, ...others]: readonly [LanguageData, ...LanguageData[]]): Promise<Worker> {
  const loaded = [first.code]
  const worker = await createWorker(loaded, OEM.LSTM_ONLY, {
    langPath: dirname(first.path),
    gzip: first.path.endsWith('.gz'),
    // Without langPath and cacheMethod it would download data from a CDN and write eng.traineddata to the current directory.
    cacheMethod: 'none',
    // A broken engine cannot be trusted, so the next picture gets a new process.
    errorHandler: () => process.exit(1)
  })
  // It looks for data in one folder only, so the rest is put where it would unpack it; what `loaded` names it does not load again.
  for (const { code, path } of others) {
    const data = await readFile(path)
    await worker.FS('writeFile', [`./${code}.traineddata`, path.endsWith('.gz') ? gunzipSync(data) : data])
    loaded.push(code)
  }
  if (others.length > 0) await worker.reinitialize(loaded.join('+'), OEM.LSTM_ONLY)
  await worker.setParameters({ user_defined_dpi: '200', tessedit_pageseg_mode: PSM.SINGLE_LINE })
  return worker
}

/** A binary PGM, which Tesseract takes without decoding: gray, with full contrast, dark letters on light. */
function darkOnLight(line: Canvas): Buffer {
  const { width, height } = line
  const { data } = line.getContext('2d').getImageData(0, 0, width, height)
  const gray = new Uint8Array(width * height)
  for (let from = 0, to = 0; from < data.length; from += 4, to += 1)
    gray[to] = ((data[from] ?? 0) * 77 + (data[from + 1] ?? 0) * 150 + (data[from + 2] ?? 0) * 29) >> 8
  const sorted = gray.toSorted()
  const levelAt = (share: number): number => sorted[Math.floor(share * (sorted.length - 1))] ?? 0
  const [darkest, middle, lightest] = [levelAt(0.02), levelAt(0.5), levelAt(0.98)]
  // Most of a line is background.
  const isLightOnDark = middle - darkest < lightest - middle
  const [black, white] = isLightOnDark ? [lightest, darkest] : [darkest, lightest]
  const factor = 255 / (white - black || 1)
  for (let index = 0; index < gray.length; index += 1)
    gray[index] = Math.max(0, Math.min(255, Math.round(((gray[index] ?? 0) - black) * factor)))
  return Buffer.concat([Buffer.from(`P5\n${width} ${height}\n255\n`), gray])
}
