import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { drawChart, drawDialog, drawLetter, drawProduct } from './sample-drawing.ts'

/** The sample pictures by their path under assets/. `node scripts/make-samples.ts` writes them; a test compares. */
export function makeSamples(): Map<string, Buffer> {
  return new Map([
    ['samples/dialog.png', drawDialog().toBuffer('image/png')],
    ['samples/chart.png', drawChart().toBuffer('image/png')],
    ['samples/letter.png', drawLetter().toBuffer('image/png')],
    ['samples/product.jpg', drawProduct().toBuffer('image/jpeg', 80)]
  ])
}

if (import.meta.main) {
  const assets = join(import.meta.dirname, '..', 'assets')
  for (const [name, bytes] of makeSamples()) {
    const path = join(assets, name)
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, bytes)
  }
}
