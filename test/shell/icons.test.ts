import { readFile, readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { loadImage } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { makeIcons } from '../../scripts/make-icons.ts'

const assets = join(import.meta.dirname, '../../assets')
const pngSignature = Buffer.from('89504e470d0a1a0a', 'hex')

describe('icons', () => {
  it('are committed as the script makes them', async () => {
    const made = makeIcons()
    const committed = (await readdir(assets, { recursive: true }))
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => /\.(png|ico|icns)$/u.test(name) && !name.startsWith('samples/'))
    expect(committed.toSorted()).toEqual([...made.keys()].toSorted())
    for (const [name, bytes] of made) {
      expect(bytes.equals(await readFile(join(assets, name))), `assets/${name}: run node scripts/make-icons.ts`).toBe(
        true
      )
    }
  })

  it('give Windows each size, 256 pixels included, as a readable picture', async () => {
    const ico = await readFile(join(assets, 'icon.ico'))
    expect(ico.readUInt16LE(2)).toBe(1)
    const sizes: number[] = []
    for (let index = 0; index < ico.readUInt16LE(4); index += 1) {
      const entry = 6 + 16 * index
      const start = ico.readUInt32LE(entry + 12)
      const png = ico.subarray(start, start + ico.readUInt32LE(entry + 8))
      expect(png.subarray(0, 8)).toEqual(pngSignature)
      const image = await loadImage(png)
      expect(ico.readUInt8(entry) || 256).toBe(image.width)
      sizes.push(image.width)
    }
    expect(sizes).toEqual([16, 24, 32, 48, 64, 128, 256])
  })

  it('give macOS parts that fill the file to its last byte', async () => {
    const icns = await readFile(join(assets, 'icon.icns'))
    expect(icns.toString('latin1', 0, 4)).toBe('icns')
    expect(icns.readUInt32BE(4)).toBe(icns.length)
    const types: string[] = []
    let offset = 8
    while (offset < icns.length) {
      types.push(icns.toString('latin1', offset, offset + 4))
      expect(icns.subarray(offset + 8, offset + 16)).toEqual(pngSignature)
      offset += icns.readUInt32BE(offset + 4)
    }
    expect(offset).toBe(icns.length)
    expect(types).toContain('ic10') // 1024 pixels: the App Store's and the Dock's largest
  })
})
