import { deflateSync } from 'node:zlib'

/** Generated TIFF files for tests. Always the same bytes. */

export interface TiffFilePage {
  width: number
  height: number
  /** Samples in file order. */
  pixels: Uint8Array
  samplesPerPixel?: 1 | 3 | 4
  isDeflated?: boolean
  /** Additional or replacing entries: tag to value, or to a list of SHORTs. */
  tags?: Record<number, number | readonly number[]>
}

/** RGB, white with a red 16-pixel square in the top left corner. */
export function cornerTiffPage(tags: TiffFilePage['tags'] = {}, isDeflated = false): TiffFilePage {
  const [width, height] = [48, 32]
  const pixels = new Uint8Array(width * height * 3).fill(255)
  for (let y = 0; y < 16; y += 1) for (let x = 0; x < 16; x += 1) pixels.set([255, 0, 0], (y * width + x) * 3)
  return { width, height, pixels, isDeflated, tags }
}

/** Each value is a LONG, except the orientation, a SHORT as cameras and scanners write it. */
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
    const entries = Object.entries<number | readonly number[]>({
      256: width,
      257: height,
      258: 8,
      259: isDeflated ? 8 : 1,
      262: samplesPerPixel === 1 ? 1 : 2,
      277: samplesPerPixel,
      ...(322 in tags ? { 324: at, 325: stored.length } : { 273: at, 278: height, 279: stored.length }),
      ...(samplesPerPixel === 4 && { 338: 2 }),
      ...tags
    })
    const file = Buffer.concat([...parts, stored])
    const directory = Buffer.alloc(2 + 12 * entries.length + 4)
    const lists: Buffer[] = []
    let listAt = file.length + directory.length
    write(directory, entries.length, 0, 2)
    for (const [index, [tag, value]] of entries.entries()) {
      const isList = typeof value === 'object'
      const isShort = isList || tag === '274'
      write(directory, Number(tag), 2 + 12 * index, 2)
      write(directory, isShort ? 3 : 4, 4 + 12 * index, 2)
      write(directory, isList ? value.length : 1, 6 + 12 * index, 4)
      write(directory, isList ? listAt : value, 10 + 12 * index, isShort && !isList ? 2 : 4)
      if (!isList) continue
      const list = Buffer.alloc(2 * value.length)
      for (const [place, one] of value.entries()) write(list, one, 2 * place, 2)
      listAt += list.length
      lists.push(list)
    }
    write(file, file.length, nextAt, 4)
    nextAt = file.length + directory.length - 4
    parts.splice(0, parts.length, file, directory, ...lists)
    at = listAt
  }
  return Buffer.concat(parts)
}

/** PackBits rows without any compression. */
function packBits(pixels: Uint8Array, rowBytes: number): Uint8Array {
  const parts: Uint8Array[] = []
  for (let row = 0; row < pixels.length; row += rowBytes)
    for (let at = row; at < row + rowBytes; at += 128) {
      const run = pixels.subarray(at, Math.min(at + 128, row + rowBytes))
      parts.push(Uint8Array.of(run.length - 1), run)
    }
  return Buffer.concat(parts)
}

/** A white 48x32 picture with a black square in the top left corner, as libtiff compresses it. */
const group4 = '350357ffffffe4d4193fffffff001001'
const group3 = '001a81a8006a06a'.repeat(8) + '00135064'.repeat(16)
const group3InTwoDimensions = '001d40d4002c0075035000b'.repeat(4) + '0019a832000b'.repeat(8)

export const tiffWays = [
  'PackBits',
  'a tile wider than the page',
  'CMYK',
  'gray with 4 bits',
  'a palette of 16 colors',
  'JPEG',
  'fax, group 4',
  'fax, group 4, bits the other way round',
  'fax, group 3',
  'fax, group 3 in two dimensions'
] as const

/** The corner page in the formats of scanners, fax machines and printing software: red, or black where there is no color. */
export function storedInManyWays(jpeg: Uint8Array): Record<(typeof tiffWays)[number], Uint8Array> {
  const { width, height, pixels } = cornerTiffPage()
  const gray = Uint8Array.from({ length: width * height }, (_, at) => (pixels[at * 3 + 1] === 255 ? 255 : 0))
  const one = { width, height, samplesPerPixel: 1 } as const
  const cmyk = Uint8Array.from(Array.from(gray, (level) => (level === 255 ? [0, 0, 0, 0] : [0, 255, 255, 0])).flat())
  const nibbles = Uint8Array.from({ length: gray.length / 2 }, (_, at) => (gray[at * 2] === 255 ? 0xff : 0))
  const tile = new Uint8Array(64 * 32 * 3)
  for (let y = 0; y < height; y += 1) tile.set(pixels.subarray(y * width * 3, (y + 1) * width * 3), y * 64 * 3)
  const palette = Array.from({ length: 48 }, (_, at) => (at === 0 || at % 16 === 15 ? 65_535 : 0))
  const fax = (hex: string, tags: TiffFilePage['tags']): TiffFilePage => ({
    ...one,
    pixels: Buffer.from(hex, 'hex'),
    tags: { 258: 1, 262: 1, ...tags }
  })
  const pages: Record<(typeof tiffWays)[number], TiffFilePage> = {
    PackBits: { width, height, pixels: packBits(pixels, width * 3), tags: { 259: 32_773 } },
    'a tile wider than the page': { width, height, pixels: tile, tags: { 322: 64, 323: 32 } },
    CMYK: { width, height, samplesPerPixel: 4, pixels: cmyk, tags: { 262: 5, 338: 0 } },
    'gray with 4 bits': { ...one, pixels: nibbles, tags: { 258: 4 } },
    'a palette of 16 colors': { ...one, pixels: nibbles, tags: { 258: 4, 262: 3, 320: palette } },
    JPEG: { width, height, pixels: jpeg, tags: { 259: 7, 262: 6 } },
    'fax, group 4': fax(group4, { 259: 4 }),
    'fax, group 4, bits the other way round': fax(mirrored(group4), { 259: 4, 266: 2 }),
    'fax, group 3': fax(group3, { 259: 3, 292: 0 }),
    'fax, group 3 in two dimensions': fax(group3InTwoDimensions, { 259: 3, 292: 1 })
  }
  return Object.fromEntries(Object.entries(pages).map(([name, page]) => [name, tiffFile([page])])) as Record<
    keyof typeof pages,
    Uint8Array
  >
}

function mirrored(hex: string): string {
  const bytes = Array.from(Buffer.from(hex, 'hex'), (byte) =>
    Number.parseInt(Array.from(byte.toString(2).padStart(8, '0')).toReversed().join(''), 2)
  )
  return Buffer.from(bytes).toString('hex')
}
