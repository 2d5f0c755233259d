import type { Area } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import type { Outcome, Task } from './helper-process.ts'
import type { Reading } from '../ocr/text-engine.ts'
import type { AnimatedFile } from '../pictures/animation-drawing.ts'
import type { Decodable } from '../pictures/picture-decoding.ts'
import type { TiffPage } from '../pictures/tiff-header.ts'

/** What the helper process does. Each task loads what it needs, which is most of the time that a small one takes. */
const tasks = {
  drawSvg: async (input: { bytes: Uint8Array; width: number; height: number }) =>
    (await import('../pictures/svg-drawing.ts')).drawSvg(input),
  drawTiffPage: async (input: { bytes: Uint8Array; page: TiffPage }) =>
    (await import('../pictures/tiff-page.ts')).drawTiffPage(input),
  chooseFrames: async (file: AnimatedFile) => (await import('../pictures/animation-drawing.ts')).chooseFramesOf(file),
  drawFrame: async (file: AnimatedFile & { index: number }) =>
    (await import('../pictures/animation-drawing.ts')).drawFrameOf(file),
  drawColoredFrame: async (file: AnimatedFile) =>
    (await import('../pictures/animation-drawing.ts')).drawColoredFrameOf(file),
  decodeLargePicture: async (file: Decodable) =>
    (await import('../pictures/large-picture-decoding.ts')).decodeLargePicture(file),
  cropLargePicture: async (input: { file: Decodable; area: Area }) =>
    (await import('../pictures/large-picture-decoding.ts')).cropLargePicture(input),
  loadPdf: async (bytes: Uint8Array) => (await import('../pictures/pdf-document.ts')).loadPdf(bytes),
  countPdfPages: async () => (await import('../pictures/pdf-document.ts')).countPdfPages(),
  drawPdfPage: async (index: number) => (await import('../pictures/pdf-document.ts')).drawPdfPage(index),
  readPdfText: async (index: number) => (await import('../pictures/pdf-document.ts')).readPdfText(index),
  prepareToReadText: async () => (await import('../ocr/text-engine.ts')).prepareToReadText(),
  readText: async (reading: Reading) => (await import('../ocr/text-engine.ts')).readText(reading)
}

export type HelperTasks = typeof tasks

/** Never rejects. */
export async function performTask({ name, input }: Task): Promise<Outcome> {
  try {
    const task = tasks[name as keyof HelperTasks] as (input: unknown) => Promise<unknown>
    return { ok: true, value: await task(input) }
  } catch (error) {
    return { ok: false, failure: error instanceof DescryError ? error.toFailure() : null, reason: String(error) }
  }
}
