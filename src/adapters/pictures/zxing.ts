import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { CodeOutcome, CodeTask } from './zxing-thread.ts'
import type { CodeReader, PlacedCode, RgbaImage } from '#core/ports/pictures.ts'
import type { Clock } from '#core/ports/time.ts'
import type { Area } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { createIdleClock } from '../clock.ts'

/** At this size a code that is a tenth of a 4K screen's height is still read; a larger one would take longer. */
const limit = { maxWidthPx: 1600, maxHeightPx: 1600 }

/** The thread and its memory, some 40 MB, go after this long without a picture, shortly before memory.ts collects what is left. */
const maxIdleMs = 25_000

/** Next to this file, as source or as built by scripts/build.ts. */
const threadProgram = fileURLToPath(
  new URL(`./zxing-thread.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)
)

/** Reads bar codes and QR codes with zxing, on a thread that starts with the first picture and ends when it is idle. */
export function createZxingReader(clock: Clock = createIdleClock()): CodeReader {
  let thread: CodeThread | null = null
  let readings = 0
  let cancelEnd = (): void => undefined

  function end(): void {
    thread?.end()
    thread = null
  }

  return {
    async read(picture) {
      cancelEnd()
      readings += 1
      try {
        thread ??= startThread()
        const pixels = picture.pixels(limit)
        const codes = await thread.read(pixels)
        const scale = picture.width / pixels.width
        return codes.map(({ format, text, area }) => ({ format, text, area: scaled(area, scale) }))
      } catch (error) {
        end()
        throw new DescryError('internal', { message: t('pictures.codes-not-read'), cause: error })
      } finally {
        readings -= 1
        if (readings === 0) cancelEnd = clock.after(maxIdleMs, end)
      }
    }
  }
}

function scaled({ x, y, width, height }: Area, scale: number): Area {
  return { x: x * scale, y: y * scale, width: width * scale, height: height * scale }
}

interface CodeThread {
  read(image: RgbaImage): Promise<PlacedCode[]>
  end(): void
}

function startThread(): CodeThread {
  const worker = new Worker(threadProgram)
  const waiting = new Map<number, { resolve: (codes: PlacedCode[]) => void; reject: (error: unknown) => void }>()
  let lastId = 0

  function settle(id: number): ReturnType<typeof waiting.get> {
    const asked = waiting.get(id)
    waiting.delete(id)
    // An idle thread does not keep the program alive.
    if (waiting.size === 0) worker.unref()
    return asked
  }
  function fail(error: unknown): void {
    for (const id of waiting.keys()) settle(id)?.reject(error)
  }
  worker.unref()
  worker.on('message', (outcome: CodeOutcome) => {
    const asked = settle(outcome.id)
    if ('codes' in outcome) asked?.resolve(outcome.codes)
    else asked?.reject(outcome.error)
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The thread that reads codes has ended.')))

  return {
    read: (image) =>
      new Promise((resolve, reject) => {
        const task: CodeTask = { id: (lastId += 1), image }
        waiting.set(task.id, { resolve, reject })
        worker.ref()
        // Copied: pixels from Skia cannot be handed over.
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window's
        worker.postMessage(task)
      }),
    end: () => void worker.terminate()
  }
}
