import { deflateSync } from 'node:zlib'

/** TIFF files made on the spot for tests. Always the same bytes. */

export interface TiffFilePage {
  width: number
  height: number
  /** Samples in the order of the file. */
  pixels: Uint8Array
  samplesPerPixel?: 1 | 3 | 4
  isDeflated?: boolean
  /** Entries beside the usual ones, and instead of them: tag to value. */
  tags?: Record<number, number>
}

/** RGB, white with a red square of 16 pixels in its top left corner. */
export function cornerTiffPage(tags: Record<number, number> = {}, isDeflated = false): TiffFilePage {
  const [width, height] = [48, 32]
  const pixels = new Uint8Array(width * height * 3).fill(255)
  for (let y = 0; y < 16; y += 1) for (let x = 0; x < 16; x += 1) pixels.set([255, 0, 0], (y * width + x) * 3)
  return { width, height, pixels, isDeflated, tags }
}

/** Each value is a LONG, but for the orientation, a SHORT as cameras and scanners write it. */
export function tiffFile(pages: readonly TiffFilePage[], isBigEndian = false): Uint8Array {
  const parts: Buffer[] = [Buffer.from(isBigEndian ? 'MM\0*\0\0\0\0' : 'II*\0\0\0\0\0', 'latin1')]
  let at = 8
  let nextAt = 4
  const write = (bytes: Buffer, value: number, offset: number, length: 2 | 4): void => {
    if (isBigEndian) bytes.writeUIntBE(value, offset, length)
    else bytes.writeUIntLE(value, offset, length)
  }
  for (const { width, height, pixels, samplesPerPixel = 3, isDeflated = false, tags = {} } of pages) {
    const stored = isDeflated ? deflateSync(pixels) : Buffer.from(pixels)
    const entries = Object.entries({
      256: width,
      257: height,
      258: 8,
      259: isDeflated ? 8 : 1,
      262: samplesPerPixel === 1 ? 1 : 2,
      273: at,
      277: samplesPerPixel,
      278: height,
      279: stored.length,
      ...(samplesPerPixel === 4 && { 338: 2 }),
      ...tags
    })
    const directory = Buffer.alloc(2 + 12 * entries.length + 4)
    write(directory, entries.length, 0, 2)
    for (const [index, [tag, value]] of entries.entries()) {
      const isShort = tag === '274'
      write(directory, Number(tag), 2 + 12 * index, 2)
      write(directory, isShort ? 3 : 4, 4 + 12 * index, 2)
      write(directory, 1, 6 + 12 * index, 4)
      write(directory, value, 10 + 12 * index, isShort ? 2 : 4)
    }
    const file = Buffer.concat([...parts, stored])
    write(file, file.length, nextAt, 4)
    nextAt = file.length + directory.length - 4
    parts.splice(0, parts.length, file, directory)
    at = file.length + directory.length
  }
  return Buffer.concat(parts)
}
