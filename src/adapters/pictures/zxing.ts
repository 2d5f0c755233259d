import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type * as Zxing from 'zxing-wasm/reader'
import type { Clock } from '#core/ports/time.ts'
import type { CodeReader } from '#core/ports/pictures.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { createIdleClock } from '../clock.ts'

/** At this size a code that is a tenth of a 4K screen's height is still read; a larger one would block the process longer. */
const limit = { maxWidthPx: 1600, maxHeightPx: 1600 }

/** Its memory, some 30 MB, is freed after this long without reading, shortly before memory.ts collects what is left. */
const maxIdleMs = 25_000

// zxing-wasm has one engine per program.
let engine: Promise<typeof Zxing> | null = null
let readings = 0
let cancelEnd = (): void => undefined

/** Loads its WebAssembly from disk; by default it would download it from a CDN. */
async function startEngine(): Promise<typeof Zxing> {
  const zxing = await import('zxing-wasm/reader')
  const path = createRequire(import.meta.url).resolve('zxing-wasm/reader/zxing_reader.wasm')
  const wasmBinary = new Uint8Array(await readFile(path)).buffer
  await zxing.prepareZXingModule({ overrides: { wasmBinary }, fireImmediately: true })
  return zxing
}

async function endEngine(): Promise<void> {
  const zxing = await engine
  if (readings > 0) return
  engine = null
  zxing?.purgeZXingModule()
}

/** Reads bar codes and QR codes with zxing, which is loaded for the first picture. */
export function createZxingReader(clock: Clock = createIdleClock()): CodeReader {
  return {
    async read(picture) {
      cancelEnd()
      readings += 1
      try {
        const { readBarcodes } = await (engine ??= startEngine())
        const { width, height, data } = picture.pixels(limit)
        const found = await readBarcodes({ width, height, data, colorSpace: 'srgb' } as ImageData, {
          maxNumberOfSymbols: 20,
          // Exactly as in the code; the default spells control characters out ("<LF>").
          textMode: 'Plain'
        })
        return found.filter((code) => code.isValid).map(({ format, text }) => ({ format, text }))
      } catch (error) {
        engine = null
        throw new DescryError('internal', { message: t('pictures.codes-not-read'), cause: error })
      } finally {
        readings -= 1
        if (readings === 0) cancelEnd = clock.after(maxIdleMs, () => void endEngine())
      }
    }
  }
}
