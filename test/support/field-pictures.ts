import { crc32, deflateSync } from 'node:zlib'
import { createCanvas, type Canvas } from '@napi-rs/canvas'
import { font } from './fonts.ts'

/** Pictures as programs write them that keep their format's rules only more or less. All are generated. */

/** Red top left, green top right, blue bottom left, yellow bottom right, two lines of text between them. */
export function fourCorners(width = 480, height = 320): Canvas {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  context.fillStyle = '#ebebeb'
  context.fillRect(0, 0, width, height)
  const [right, bottom] = [width - 60, height - 60]
  for (const [color, x, y] of [
    ['#dc1414', 0, 0],
    ['#14aa14', right, 0],
    ['#1414dc', 0, bottom],
    ['#f0dc14', right, bottom]
  ] as const) {
    context.fillStyle = color
    context.fillRect(x, y, 60, 60)
  }
  context.fillStyle = '#000000'
  context.font = font(30, { bold: true })
  context.fillText('INVOICE 4711', 110, 140)
  context.fillText('Total 52.40 EUR', 110, 190)
  return canvas
}

/** A PNG's chunks, each with its length and checksum. */
export function chunksOf(png: Uint8Array): Buffer[] {
  const bytes = Buffer.from(png)
  const chunks: Buffer[] = []
  for (let at = 8; at < bytes.length;) {
    const end = at + 12 + bytes.readUInt32BE(at)
    chunks.push(bytes.subarray(at, end))
    at = end
  }
  return chunks
}

export function pngOf(chunks: Buffer[]): Uint8Array {
  return Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), ...chunks])
}

export function chunk(name: string, content: Uint8Array, checksum?: number): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)]
  length.writeUInt32BE(content.length)
  sum.writeUInt32BE(checksum ?? crc32(body))
  return Buffer.concat([length, body, sum])
}

/** The canvas with an alpha channel of zeros, of this depth and with this filter on each row. PNG. */
export function pngWithoutAlpha(canvas: Canvas, depth: 8 | 16, filter: 0 | 1 | 2 | 3 | 4): Uint8Array {
  const { width, height } = canvas
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
  const bytes = depth / 8
  const step = 4 * bytes
  const samples = Buffer.alloc(width * height * step)
  for (let at = 0; at < data.length; at += 1)
    if (at % 4 !== 3) samples.fill(data[at] ?? 0, at * bytes, (at + 1) * bytes)
  const rows: Buffer[] = []
  for (let y = 0; y < height; y += 1) {
    const row = samples.subarray(y * width * step, (y + 1) * width * step)
    const above = y === 0 ? Buffer.alloc(row.length) : samples.subarray((y - 1) * width * step, y * width * step)
    const filtered = row.map((value, at) => {
      const [left, up, upLeft] = [row[at - step] ?? 0, above[at] ?? 0, at < step ? 0 : (above[at - step] ?? 0)]
      const guess = left + up - upLeft
      const distances = [left, up, upLeft].map((one) => Math.abs(guess - one))
      const nearest = [left, up, upLeft][distances.indexOf(Math.min(...distances))] ?? 0
      return value - ([0, left, up, Math.floor((left + up) / 2), nearest][filter] ?? 0)
    })
    rows.push(Buffer.of(filter), Buffer.from(filtered))
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([depth, 6], 8)
  return pngOf([chunk('IHDR', header), chunk('IDAT', deflateSync(Buffer.concat(rows))), chunk('IEND', Buffer.alloc(0))])
}

/** A BMP of 32 bits per pixel with a BITMAPV5HEADER; its alpha channel holds `alpha` everywhere. */
export function bmpWithAlpha(canvas: Canvas, alpha: number, isTopDown = false): Uint8Array {
  const { width, height } = canvas
  const { data } = canvas.getContext('2d').getImageData(0, 0, width, height)
  const bytes = Buffer.alloc(138 + width * height * 4)
  bytes.write('BM', 'latin1')
  bytes.writeUInt32LE(bytes.length, 2)
  bytes.writeUInt32LE(138, 10)
  bytes.writeUInt32LE(124, 14)
  bytes.writeInt32LE(width, 18)
  bytes.writeInt32LE(isTopDown ? -height : height, 22)
  bytes.writeUInt16LE(1, 26)
  bytes.writeUInt16LE(32, 28)
  bytes.writeUInt32LE(3, 30)
  for (const [index, mask] of [0xff0000, 0xff00, 0xff, 0xff000000].entries()) bytes.writeUInt32LE(mask, 54 + 4 * index)
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1) {
      const from = ((isTopDown ? y : height - 1 - y) * width + x) * 4
      const [red = 0, green = 0, blue = 0] = data.subarray(from, from + 3)
      bytes.set([blue, green, red, alpha], 138 + (y * width + x) * 4)
    }
  return bytes
}

/** A WebP turned by its EXIF block, which begins with the prefix that only JPEG has. */
export async function webpWithExifPrefix(orientation: number): Promise<Uint8Array> {
  const upright = fourCorners()
  const stored = createCanvas(320, 480)
  const context = stored.getContext('2d')
  // Orientation 6 is shown after a quarter turn clockwise.
  context.translate(0, 480)
  context.rotate(-Math.PI / 2)
  context.drawImage(upright, 0, 0)
  const webp = Buffer.from(await stored.encode('webp', 95))
  const isExtended = webp.toString('latin1', 12, 16) === 'VP8X'
  const tiff = Buffer.from('MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0', 'latin1')
  tiff.writeUInt16BE(orientation, 18)
  const exif = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff])
  const part = (name: string, content: Uint8Array): Buffer => {
    const head = Buffer.alloc(8)
    head.write(name, 'latin1')
    head.writeUInt32LE(content.length, 4)
    return Buffer.concat([head, content, Buffer.alloc(content.length % 2)])
  }
  const extended = Buffer.alloc(10)
  extended[0] = 0x08 | (isExtended ? (webp[20] ?? 0) : 0)
  extended.writeUIntLE(319, 4, 3)
  extended.writeUIntLE(479, 7, 3)
  const body = Buffer.concat([
    Buffer.from('WEBP'),
    part('VP8X', extended),
    webp.subarray(isExtended ? 30 : 12),
    part('EXIF', exif)
  ])
  return Buffer.concat([part('RIFF', body)])
}

/** What `paint` draws on a transparent canvas. PNG. */
export function onTransparent(
  paint: (context: ReturnType<Canvas['getContext']>) => void,
  width = 480,
  height = 160
): Promise<Uint8Array> {
  const canvas = createCanvas(width, height)
  paint(canvas.getContext('2d'))
  return canvas.encode('png')
}

/** A Windows icon, or a cursor, with these pictures in it: PNG, or bitmaps in one color. */
export function iconOf(
  pictures: (Uint8Array | { width: number; height: number })[],
  kind: 'icon' | 'cursor'
): Uint8Array {
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(kind === 'icon' ? 1 : 2, 2)
  head.writeUInt16LE(pictures.length, 4)
  const parts: Uint8Array[] = [head]
  let at = head.length
  for (const [index, picture] of pictures.entries()) {
    const part = picture instanceof Uint8Array ? picture : redBitmap(picture)
    const entry = 6 + 16 * index
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(part.length, entry + 8)
    head.writeUInt32LE(at, entry + 12)
    if (!(picture instanceof Uint8Array)) head.set([picture.width, picture.height], entry)
    at += part.length
    parts.push(part)
  }
  return Buffer.concat(parts)
}

/** Of 32 bits, with a mask that hides nothing. */
function redBitmap({ width, height }: { width: number; height: number }): Uint8Array {
  const bitmap = Buffer.alloc(40 + width * height * 4 + Math.ceil(width / 32) * 4 * height)
  bitmap.writeUInt32LE(40, 0)
  bitmap.writeInt32LE(width, 4)
  bitmap.writeInt32LE(height * 2, 8)
  bitmap.writeUInt16LE(1, 12)
  bitmap.writeUInt16LE(32, 14)
  for (let pixel = 0; pixel < width * height; pixel += 1) bitmap.set([20, 20, 220, 255], 40 + 4 * pixel)
  return bitmap
}
