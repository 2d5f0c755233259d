import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader'
import type { CodeReader } from '#core/ports.ts'
import { DescryError } from '#shared/errors.ts'

/** A code that fills a tenth of a 4K screen's height is still read at this size; more would block the process longer. */
const limit = { maxWidthPx: 1600, maxHeightPx: 1600 }

/** Bar codes and QR codes by zxing. Its WebAssembly comes from disk, where by itself it would fetch it from a CDN. */
export function createZxingReader(): CodeReader {
  let ready: Promise<void> | null = null
  const prepare = async (): Promise<void> => {
    const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
    const wasmBinary = new Uint8Array(await readFile(path)).buffer
    await prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  }
  return {
    async read(picture) {
      try {
        await (ready ??= prepare())
        const { width, height, data } = picture.pixels(limit)
        const found = await readBarcodes({ width, height, data, colorSpace: 'srgb' } as ImageData, {
          maxNumberOfSymbols: 20,
          // As it stands in the code; the default spells control characters out ("<LF>").
          textMode: 'Plain'
        })
        return found.filter((code) => code.isValid).map(({ format, text }) => ({ format, text }))
      } catch (error) {
        ready = null
        throw new DescryError('internal', { message: 'Codes could not be read.', cause: error })
      }
    }
  }
}
