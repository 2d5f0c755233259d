import { Worker } from 'node:worker_threads'
import { DescryError } from '#shared/errors.ts'
import { closeNetwork } from './closed-network.ts'
import type { Outcome, Task } from './helper-process.ts'
import type { Reading } from '../ocr/text-engine.ts'
import type { TiffPage } from '../pictures/tiff-header.ts'

/**
 * The helper process: an entry point like main.ts, imported only for its types. Each task loads what it needs, which is
 * most of the time that a small one takes.
 */

const tasks = {
  drawSvg: async (input: { bytes: Uint8Array; width: number; height: number }) =>
    (await import('../pictures/svg-drawing.ts')).drawSvg(input),
  drawTiffPage: async (input: { bytes: Uint8Array; page: TiffPage }) =>
    (await import('../pictures/tiff-page.ts')).drawTiffPage(input),
  loadPdf: async (bytes: Uint8Array) => (await import('../pictures/pdf-document.ts')).loadPdf(bytes),
  countPdfPages: async () => (await import('../pictures/pdf-document.ts')).countPdfPages(),
  drawPdfPage: async (index: number) => (await import('../pictures/pdf-document.ts')).drawPdfPage(index),
  readPdfText: async (index: number) => (await import('../pictures/pdf-document.ts')).readPdfText(index),
  prepareToReadText: async () => (await import('../ocr/text-engine.ts')).prepareToReadText(),
  readText: async (reading: Reading) => (await import('../ocr/text-engine.ts')).readText(reading)
}

export type HelperTasks = typeof tasks

async function perform({ name, input }: Task): Promise<Outcome> {
  try {
    const task = tasks[name as keyof HelperTasks] as (input: unknown) => Promise<unknown>
    return { ok: true, value: await task(input) }
  } catch (error) {
    return { ok: false, failure: error instanceof DescryError ? error.toFailure() : null, reason: String(error) }
  }
}

/** Ends this process with its parent. A picture may keep the main thread busy forever, so another thread watches. */
function watchParent(): void {
  const watch = `
    const parent = process.ppid
    const isThere = () => { try { return process.kill(parent, 0) } catch { return false } }
    setInterval(() => { if (process.ppid !== parent || !isThere()) process.kill(process.pid, 'SIGKILL') }, 1000)`
  const resourceLimits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 }
  new Worker(watch, { eval: true, resourceLimits }).unref()
}

interface ElectronPort {
  on(event: 'message', listener: (message: { data: Task }) => void): void
  postMessage(message: Outcome): void
}

// Before anything that reads pictures is loaded.
closeNetwork()

/** Only in Electron's utility process. */
const electronPort = (process as unknown as { parentPort?: ElectronPort }).parentPort
if (electronPort) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window's
  electronPort.on('message', ({ data }) => void perform(data).then((outcome) => electronPort.postMessage(outcome)))
} else {
  process.on('message', (task: Task) => void perform(task).then((outcome) => process.send?.(outcome)))
  // The helper must not outlive the program that started it.
  process.once('disconnect', () => process.exit())
  watchParent()
}
