import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { clearAllCache } from './pictures/canvas-package.ts'
import type { Clock } from '#core/ports/time.ts'
import type { PictureDecoder } from '#core/ports/pictures.ts'
import { createIdleClock } from './clock.ts'

/** After the last picture was decoded; by then its description is finished and its codes are read. */
const quietMs = 30_000

/** Returns unneeded memory to the system. */
export interface MemoryCare {
  /** Returns it in half a minute, unless a picture is decoded in the meantime. */
  soon(): void
  /** Wraps the decoder: half a minute after each picture, memory is returned. */
  after(decoder: PictureDecoder): PictureDecoder
}

/**
 * Decoded pictures and startup leave megabytes that V8 has no reason to collect while little happens, and that
 * the C library then keeps. So both are asked to return them when Descry is idle: docs/decisions/0043.
 */
export function createMemoryCare(clock: Clock = createIdleClock()): MemoryCare {
  let cancel = (): void => undefined
  function soon(): void {
    cancel()
    cancel = clock.after(quietMs, () => void tidyMemory())
  }
  return {
    soon,
    after: (decoder) => ({
      decode(bytes) {
        soon()
        return decoder.decode(bytes)
      }
    })
  }
}

type Collect = (options: { type: 'major'; execution: 'sync'; flavor: 'last-resort' }) => void
let collect: Collect | null = null
let trim: Promise<() => void> | null = null

/** Collects garbage and returns free memory, in 30 to 100 ms. */
export async function tidyMemory(): Promise<void> {
  setFlagsFromString('--expose-gc')
  collect ??= runInNewContext('globalThis.gc') as Collect
  // This flavor also returns the space for new objects, up to 32 MB.
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' })
  // Decoded pictures that Skia might draw again.
  clearAllCache()
  const trimNow = await (trim ??= loadTrim().catch(() => () => undefined))
  trimNow()
}

const mmapThreshold = -3
const largeBytes = 1024 * 1024

/**
 * Only glibc keeps freed memory, and it has a call that returns it. That call misses the end of a thread's arena, so from now
 * on large blocks, such as decoded pictures, are allocated outside the arenas. https://man7.org/linux/man-pages/man3/mallopt.3.html
 */
async function loadTrim(): Promise<() => void> {
  if (process.platform !== 'linux') return () => undefined
  const { default: koffi } = await import('koffi')
  const glibc = koffi.load('libc.so.6')
  const mallopt = glibc.func('int mallopt(int, int)') as (option: number, value: number) => number
  const mallocTrim = glibc.func('int malloc_trim(size_t)') as (pad: number) => number
  mallopt(mmapThreshold, largeBytes)
  return () => void mallocTrim(0)
}
