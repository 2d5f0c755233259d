import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { makeSamples } from '../../scripts/make-samples.ts'

const assets = join(import.meta.dirname, '../../assets')

async function pixels(picture: Buffer): Promise<Uint8ClampedArray> {
  const image = await loadImage(picture)
  const context = createCanvas(image.width, image.height).getContext('2d')
  context.drawImage(image, 0, 0)
  return context.getImageData(0, 0, image.width, image.height).data
}

describe('the sample pictures', () => {
  const made = makeSamples()

  it('are committed as the script draws them', async () => {
    expect((await readdir(join(assets, 'samples'))).map((name) => `samples/${name}`).toSorted()).toEqual(
      [...made.keys()].toSorted()
    )
    for (const [name, drawn] of made) {
      const [one, other] = [await pixels(drawn), await pixels(await readFile(join(assets, name)))]
      expect(other.length, name).toBe(one.length)
      // Another processor may round differently, not more.
      const farthest = one.reduce((most, level, index) => Math.max(most, Math.abs(level - (other[index] ?? 0))), 0)
      expect(farthest, `assets/${name}: run node scripts/make-samples.ts`).toBeLessThanOrEqual(8)
    }
  })

  it('are small enough to be part of every copy', () => {
    for (const [name, bytes] of made) expect(bytes.length, name).toBeLessThan(150_000)
  })
})
