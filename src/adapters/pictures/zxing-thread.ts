import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { RgbaImage } from '#core/ports/pictures.ts'
import type { Code } from '#shared/caption.ts'

// The program of the thread that zxing.ts starts: reading a screen's codes takes 100 ms or more, which speech and the window
// would have to wait for.

export interface CodeTask {
  id: number
  image: RgbaImage
}

export type CodeOutcome = { id: number } & ({ codes: Code[] } | { error: unknown })

/** Loads zxing's WebAssembly from disk; by default it would download it from a CDN. */
async function prepare(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  const wasmBinary = new Uint8Array(await readFile(path)).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}

async function codesIn({ width, height, data }: RgbaImage): Promise<Code[]> {
  await prepared
  const found = await readBarcodes({ width, height, data, colorSpace: 'srgb' } as ImageData, {
    maxNumberOfSymbols: 20,
    // Exactly as in the code; the default spells control characters out ("<LF>").
    textMode: 'Plain'
  })
  return found.filter((code) => code.isValid).map(({ format, text }) => ({ format, text }))
}

async function answer({ id, image }: CodeTask): Promise<CodeOutcome> {
  try {
    return { id, codes: await codesIn(image) }
  } catch (error) {
    return { id, error }
  }
}

const prepared = prepare()
// A failure is reported for each picture.
prepared.catch(() => undefined)
parentPort?.on('message', (task: CodeTask) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window's
  void answer(task).then((outcome) => parentPort?.postMessage(outcome))
})
