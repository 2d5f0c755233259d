// @module-tag linux
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { maxHelperBytes } from '#adapters/helper/helper-limits.ts'
import { drawTiff, openPdf } from '#adapters/pictures/drawn-formats.ts'
import { isPdf } from '#adapters/pictures/picture-header.ts'
import { readTiffPages } from '#adapters/pictures/tiff-header.ts'
import { bombs } from '#test/bombs.ts'
import { rememberingStart } from '#test/helper-processes.ts'
import { pdfFile } from '#test/pdf-files.ts'

/** Peak resident memory so far, in bytes; 0 once it has ended. */
function peakBytes(pid: number | undefined): number {
  try {
    return Number(/VmHWM:\s+(\d+)/u.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}

// Side by side, because each takes seconds.
test('four files that want gigabytes at once are too large, and Descry goes on', { timeout: 120_000 }, async () => {
  const names = [
    'PDF: a picture of 100 megapixels',
    'PDF: 20 pictures of 100 megapixels',
    'TIFF: 100 megapixels of 16 bits',
    'TIFF: 100 megapixels of 4 bits, through PDF'
  ]
  const { startHelper, started } = rememberingStart()
  // Their usual time limit could come first on a busy computer.
  const timeoutMs = 100_000
  const draw = async (bytes: Uint8Array): Promise<unknown> => {
    const [page] = (isPdf(bytes) ? null : readTiffPages(bytes)) ?? []
    if (page) return drawTiff(bytes, page, startHelper, timeoutMs)
    const file = await openPdf(bytes, startHelper, timeoutMs)
    try {
      return await file.parts[0]?.load()
    } finally {
      await file.close()
    }
  }
  let peak = 0
  const timer = setInterval(() => (peak = Math.max(peak, ...started.map(({ pid }) => peakBytes(pid)))), 10)
  const outcomes = await Promise.all(
    names.map(async (name) => {
      const bytes = await bombs.find((bomb) => bomb.name === name)!.make()
      return draw(bytes).catch((error: unknown) => error)
    })
  )
  clearInterval(timer)
  const words = { code: 'too-large', message: 'This picture takes too much memory to draw.' }
  expect(outcomes).toMatchObject(names.map(() => words))
  expect(peak).toBeGreaterThan(maxHelperBytes * 0.9)
  // What it takes between two looks at its memory, on a busy computer.
  expect(peak).toBeLessThan(maxHelperBytes * 1.5)

  const file = await openPdf(pdfFile([{ lines: ['Dear neighbour'] }]), startHelper)
  expect(await file.parts[0]?.text()).toBe('Dear neighbour')
  await file.close()
})
