import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { parentPort } from 'node:worker_threads'
import { prepareZXingModule, readBarcodes, type ReadResult } from 'zxing-wasm/reader'
import type { PlacedCode, RgbaImage } from '#core/ports/pictures.ts'
import type { Area } from '#shared/caption.ts'

// The program of the thread that zxing.ts starts: reading a screen's codes takes 100 ms or more, which speech and the window
// would have to wait for.

export interface CodeTask {
  id: number
  image: RgbaImage
}

/** Areas are in pixels of the task's image. */
export type CodeOutcome = { id: number } & ({ codes: PlacedCode[] } | { error: unknown })

/** Loads zxing's WebAssembly from disk; by default it would download it from a CDN. */
async function prepare(): Promise<void> {
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  const wasmBinary = new Uint8Array(await readFile(path)).buffer
  await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
}

async function codesIn({ width, height, data }: RgbaImage): Promise<PlacedCode[]> {
  await prepared
  const found = await readBarcodes({ width, height, data, colorSpace: 'srgb' } as ImageData, {
    maxNumberOfSymbols: 20,
    // Exactly as in the code; the default spells control characters out ("<LF>").
    textMode: 'Plain'
  })
  return found
    .filter((code) => code.isValid)
    .map(({ format, text, position }) => ({ format, text, area: boxAround(position) }))
}

function boxAround({ topLeft, topRight, bottomLeft, bottomRight }: ReadResult['position']): Area {
  const corners = [topLeft, topRight, bottomLeft, bottomRight]
  const x = Math.min(...corners.map((corner) => corner.x))
  const y = Math.min(...corners.map((corner) => corner.y))
  return {
    x,
    y,
    width: Math.max(...corners.map((corner) => corner.x)) - x,
    height: Math.max(...corners.map((corner) => corner.y)) - y
  }
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
