import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Worker as Thread } from 'node:worker_threads'
import { createCanvas, ImageData } from '@napi-rs/canvas'
import { createWorker, OEM, PSM, type Page, type Worker } from 'tesseract.js'
import type { Clock, DecodedPicture, ReadText, ReadWord, TextReader } from '#core/ports.ts'
import { DescryError } from '#shared/errors.ts'
import { createSystemClock } from './clock.ts'

/** Twice the size reads small type best (docs/pictures.md has the figures), up to the pixels of a 4K screen. */
const enlargement = 2
const maxPixels = 3840 * 2160
/** Words that Tesseract itself doubts this much are texture, not text. */
const minConfidence = 30

interface Engine {
  recognize: (picture: GreyPicture) => Promise<Page>
  terminate: () => Promise<unknown>
}

/** A thread holds some 200 MB; starting another takes a fraction of a second. */
const longestIdleMs = 60_000

/**
 * OCR in a worker thread that starts with the first picture and stays until there was nothing to read for a minute.
 * Nothing is fetched or written.
 */
export function createTesseractReader(clock: Clock = createSystemClock()): TextReader {
  let engine: Promise<Engine> | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let unread = 0
  let cancelEnd = (): void => undefined

  const dropEngine = async (): Promise<void> => {
    cancelEnd()
    const dropped = engine
    engine = null
    await dropped?.then((running) => running.terminate()).catch(() => undefined)
  }

  const endWhenIdle = (): void => {
    unread -= 1
    if (unread === 0 && engine) cancelEnd = clock.after(longestIdleMs, () => void dropEngine())
  }

  const readNow = async (picture: DecodedPicture, signal: AbortSignal | undefined): Promise<ReadText> => {
    signal?.throwIfAborted()
    try {
      engine ??= startEngine()
      const { recognize } = await unlessAborted(engine, signal)
      const grey = greyPicture(picture)
      return readText(await unlessAborted(recognize(grey), signal), picture.width / grey.width)
    } catch (error) {
      // A running recognition can only be stopped together with its thread; and one that failed is not to be trusted.
      void dropEngine()
      throw error
    }
  }

  return {
    async read(picture, signal) {
      cancelEnd()
      unread += 1
      const turn = queue.then(() => readNow(picture, signal))
      queue = turn.catch(() => undefined).finally(endWhenIdle)
      try {
        return await unlessAborted(turn, signal)
      } catch (error) {
        if (signal?.aborted) throw aborted()
        throw new DescryError('internal', { message: 'The text could not be read.', cause: error })
      }
    },
    close: dropEngine
  }
}

function aborted(): DOMException {
  return new DOMException('Reading the text was stopped.', 'AbortError')
}

/** Settles like `promise`, or rejects as soon as the signal fires. */
function unlessAborted<Value>(promise: Promise<Value>, signal: AbortSignal | undefined): Promise<Value> {
  if (!signal) return promise
  const { promise: stopped, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(aborted())
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  return Promise.race([promise, stopped]).finally(() => signal.removeEventListener('abort', stop))
}

async function startEngine(): Promise<Engine> {
  const { promise: broken, reject } = Promise.withResolvers<never>()
  broken.catch(() => undefined)
  const dataPackage = createRequire(import.meta.url).resolve('@tesseract.js-data/eng/package.json')
  const starting = createWorker('eng', OEM.LSTM_ONLY, {
    langPath: join(dirname(dataPackage), '4.0.0_best_int'),
    gzip: true,
    // Without these two it would download from a CDN and write eng.traineddata into the current directory.
    cacheMethod: 'none',
    // Without it an error in the thread is thrown where nobody can catch it.
    errorHandler: (error: unknown) => reject(new Error(String(error)))
  })
  const worker = await Promise.race([starting, broken])
  const { worker: thread } = worker as Worker & { worker: Thread }
  thread.once('error', reject)
  thread.once('exit', () => reject(new Error('The OCR thread ended.')))
  // Its notes on odd pictures are no business of the terminal.
  thread.stderr.unpipe(process.stderr).resume()
  const setUp = worker.setParameters({ tessedit_pageseg_mode: PSM.AUTO, user_defined_dpi: '200' })
  await Promise.race([setUp, broken])
  return {
    async recognize(picture) {
      const result = worker.recognize(picture.bytes, {}, { blocks: true })
      return (await Promise.race([result, broken])).data
    },
    terminate: () => thread.terminate()
  }
}

interface GreyPicture {
  /** Binary PGM, which Tesseract takes without decoding. */
  bytes: Buffer
  width: number
}

/** Grey, enlarged, dark on light: Tesseract reads light on dark as well, but in twice the time. */
function greyPicture(picture: DecodedPicture): GreyPicture {
  const shrink = Math.min(1, Math.sqrt(maxPixels / (picture.width * picture.height)))
  const source = picture.pixels({
    maxWidthPx: Math.max(1, Math.floor(picture.width * shrink)),
    maxHeightPx: Math.max(1, Math.floor(picture.height * shrink))
  })
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
function readText(page: Page, scale: number): ReadText {
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
