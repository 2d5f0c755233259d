import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { createWorker, OEM } from 'tesseract.js'
import { createCanvasDecoder } from '../../src/adapters/pictures/canvas.ts'
import { createTextReader } from '../../src/adapters/ocr/text-reader.ts'
import { createZxingReader } from '../../src/adapters/pictures/zxing.ts'
import { readLocalFacts } from '../../src/core/facts/local-facts.ts'
import { pagePicture, photoPicture, terminalPicture, textHeavyPicture } from '../../test/support/pictures.ts'
import { wordRecall, wordsOf } from '../../test/support/texts.ts'
import { median, type BenchRow } from './row.ts'

const gpt4oMini = { maxWidthPx: 1365, maxHeightPx: 768 }
const runs = 5

/** Medians of `runs` runs, after one to warm up. */
async function timed(work: () => Promise<unknown>): Promise<number> {
  await work()
  const times: number[] = []
  for (let round = 0; round < runs; round += 1) {
    const from = performance.now()
    await work()
    times.push(performance.now() - from)
  }
  return median(times)
}

/** Decodes and re-encodes the whole picture, as a program does that sends it in full. */
async function encodeWhole(bytes: Uint8Array): Promise<void> {
  const image = await loadImage(bytes)
  const canvas = createCanvas(image.width, image.height)
  canvas.getContext('2d').drawImage(image, 0, 0)
  await canvas.encode('png')
}

/** Pictures to request-ready bytes, local facts, and OCR. */
export async function bench(): Promise<BenchRow[]> {
  const decoder = createCanvasDecoder()
  const codes = createZxingReader()
  const reader = createTextReader()
  const tesseract = await createWorker('eng', OEM.LSTM_ONLY, {
    langPath: join(
      dirname(fileURLToPath(import.meta.resolve('@tesseract.js-data/eng/package.json'))),
      '4.0.0_best_int'
    ),
    cacheMethod: 'none'
  })
  const rows: BenchRow[] = []
  try {
    for (const [name, bytes] of [
      ['4K photo', await photoPicture(3840, 2160, 'png')],
      ['4K text', await textHeavyPicture()]
    ] as const) {
      let sentBytes = 0
      const oursMs = await timed(async () => {
        sentBytes = (await (await decoder.decode(bytes)).encode(gpt4oMini)).bytes.length
      })
      const share = Math.round((100 * sentBytes) / bytes.length)
      rows.push({
        name: `${name} PNG to JPEG ready to send`,
        oursMs,
        naiveMs: await timed(() => encodeWhole(bytes)),
        note: `naive: the whole picture re-encoded as PNG; ${kilobytes(sentBytes)} sent, ${share} % of the PNG's ${kilobytes(bytes.length)}; goal 250 ms, 400 KB`
      })
      const picture = await decoder.decode(bytes)
      rows.push({
        name: `${name}: local facts`,
        oursMs: await timed(() => readLocalFacts(picture, codes)),
        naiveMs: null,
        note: 'blank, kind, codes'
      })
    }
    for (const [name, { bytes, words }] of [
      ['page', await pagePicture()],
      ['terminal', await terminalPicture()],
      ['photo without text', { bytes: await photoPicture(1600, 900), words: [] as string[] }]
    ] as const) {
      const picture = await decoder.decode(bytes)
      let text = ''
      const oursMs = await timed(async () => {
        text = (await reader.read(picture)).text
      })
      const naiveMs = await timed(async () => {
        await tesseract.recognize(Buffer.from(bytes))
      })
      const recall = Math.round(1000 * wordRecall(words, wordsOf(text))) / 10
      const found =
        words.length === 0
          ? `${wordsOf(text).length} words invented`
          : `${recall} % of ${words.length} words; goal 95 %, 3000 ms`
      rows.push({
        name: `Text in a 1600x900 ${name}`,
        oursMs,
        naiveMs,
        note: `naive: tesseract.js, the whole picture; ${found}`
      })
    }
  } finally {
    await Promise.all([reader.close(), tesseract.terminate()])
  }
  return rows
}

function kilobytes(bytes: number): string {
  return `${Math.round(bytes / 1000)} KB`
}
