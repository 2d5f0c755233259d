import { expect, it } from 'vitest'
import { asClassicTiff } from '#adapters/pictures/big-tiff.ts'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createFileOpener } from '#adapters/pictures/file-opener.ts'
import { cornerTiffPage, tiffFile } from '#test/tiff-files.ts'

const decoder = createCanvasDecoder()

/** A BigTIFF of RGB pages, white with a red square in the corner, one strip each; offsets are LONG8. */
function bigTiff(pages: number, isBigEndian: boolean): Uint8Array {
  const [width, height] = [48, 32]
  const { pixels } = cornerTiffPage()
  const number = (value: number, size: 2 | 4 | 8): Buffer => {
    const written = Buffer.alloc(size)
    if (size === 8 && isBigEndian) written.writeBigUInt64BE(BigInt(value))
    else if (size === 8) written.writeBigUInt64LE(BigInt(value))
    else if (isBigEndian) written.writeUIntBE(value, 0, size)
    else written.writeUIntLE(value, 0, size)
    return written
  }
  const entry = (tag: number, type: 3 | 4 | 16, value: number): Buffer => {
    const content = number(value, type === 3 ? 2 : type === 4 ? 4 : 8)
    return Buffer.concat([number(tag, 2), number(type, 2), number(1, 8), content, Buffer.alloc(8 - content.length)])
  }
  const mark = Buffer.from(isBigEndian ? 'MM' : 'II')
  const directoryBytes = 8 + 20 * 9 + 8
  const pageBytes = pixels.length + directoryBytes
  const parts = [mark, number(43, 2), number(8, 2), number(0, 2), number(16 + pixels.length, 8)]
  for (let page = 0; page < pages; page += 1) {
    const at = 16 + page * pageBytes
    const entries = [
      entry(256, 3, width),
      entry(257, 4, height),
      entry(258, 3, 8),
      entry(259, 3, 1),
      entry(262, 3, 2),
      entry(273, 16, at),
      entry(277, 3, 3),
      entry(278, 4, height),
      entry(279, 16, pixels.length)
    ]
    const next = page + 1 < pages ? at + pageBytes + pixels.length : 0
    parts.push(Buffer.from(pixels), number(entries.length, 8), ...entries, number(next, 8))
  }
  return Buffer.concat(parts)
}

it.each([false, true])('a BigTIFF is described, big-endian: %s', async (isBigEndian) => {
  const picture = await decoder.decode(bigTiff(1, isBigEndian))
  expect(picture).toMatchObject({ mime: 'image/tiff', width: 48, height: 32 })
  const { data } = picture.pixels({ maxWidthPx: 48, maxHeightPx: 32 })
  expect([...data.subarray(0, 3)]).toEqual([255, 0, 0])
  expect([...data.subarray(-4, -1)]).toEqual([255, 255, 255])
})

it('has its pages', async () => {
  const file = await createFileOpener(decoder).open(bigTiff(3, false))
  expect(file.parts.map(({ label }) => label)).toEqual(['Page 1 of 3', 'Page 2 of 3', 'Page 3 of 3'])
  expect(await decoder.decode((await file.parts[2]?.load()) ?? new Uint8Array())).toMatchObject({ width: 48 })
})

it('wherever it is cut short, it is damaged', async () => {
  const whole = bigTiff(1, false)
  for (const length of [8, 20, whole.length - 60, whole.length - 1])
    await expect(decoder.decode(whole.subarray(0, length)), `${length}`).rejects.toMatchObject({ code: 'bad-image' })
})

it('whose pages go in a circle is damaged', async () => {
  const circle = Buffer.from(bigTiff(1, false))
  circle.writeBigUInt64LE(circle.readBigUInt64LE(8), circle.length - 8)
  await expect(decoder.decode(circle)).rejects.toMatchObject({ code: 'bad-image' })
})

it('leaves a classic TIFF as it is', () => {
  const classic = tiffFile([cornerTiffPage()])
  expect(asClassicTiff(classic)).toBe(classic)
})
