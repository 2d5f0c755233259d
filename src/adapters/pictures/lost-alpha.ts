import { inflateSync } from 'node:zlib'
import { createCanvas, ImageData, type Canvas } from './canvas-package.ts'
import { pngChunks, view, type PixelSize } from './picture-formats.ts'

// Some programs write 32 bits per pixel and leave the alpha channel at zero. Every viewer shows such pictures as opaque, but a
// decoder that takes the channel at its word loses all colors.

/** The colors of a picture whose alpha channel is zero everywhere; null if the format has none, or its colors are not there. */
export function withoutAlpha(bytes: Uint8Array, mime: string, size: PixelSize): Canvas | null {
  if (size.width * size.height > maxPixels) return null
  const pixels = mime === 'image/bmp' ? bmpColors(bytes, size) : mime === 'image/png' ? pngColors(bytes, size) : null
  if (pixels === null || pixels.every((value, at) => at % 4 === 3 || value === 0)) return null
  const canvas = createCanvas(size.width, size.height)
  canvas.getContext('2d').putImageData(new ImageData(pixels, size.width, size.height), 0, 0)
  return canvas
}

/** Decoded here in JavaScript, which takes a second for this many. */
const maxPixels = 30_000_000

/** Only 32 bits per pixel, uncompressed, of 8 bits per channel. */
function bmpColors(bytes: Uint8Array, { width, height }: PixelSize): Uint8ClampedArray | null {
  const data = view(bytes)
  const compression = data.getUint32(30, true)
  if (data.getUint16(28, true) !== 32 || ![0, 3, 6].includes(compression)) return null
  const masks = compression === 0 ? [0xff0000, 0xff00, 0xff] : [54, 58, 62].map((at) => data.getUint32(at, true))
  const shifts = masks.map((mask) => Math.log2(mask / 255))
  if (!shifts.every((shift) => [0, 8, 16, 24].includes(shift))) return null
  const pixelsAt = data.getUint32(10, true)
  const isTopDown = data.getInt32(22, true) < 0
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255)
  for (let y = 0; y < height; y += 1) {
    const row = pixelsAt + (isTopDown ? y : height - 1 - y) * width * 4
    for (let x = 0; x < width; x += 1) {
      const at = row + x * 4
      if (at + 4 > bytes.length) continue
      for (const [channel, shift] of shifts.entries())
        pixels[(y * width + x) * 4 + channel] = bytes[at + shift / 8] ?? 0
    }
  }
  return pixels
}

/** Only gray or color with alpha, of 8 or 16 bits, not interlaced (https://www.w3.org/TR/png-3/#9Filters). */
function pngColors(bytes: Uint8Array, { width, height }: PixelSize): Uint8ClampedArray | null {
  const [depth = 0, type = 0, , , interlace = 0] = bytes.subarray(24, 29)
  if (![4, 6].includes(type) || ![8, 16].includes(depth) || interlace !== 0) return null
  const packed = [...pngChunks(bytes)].flatMap(({ name, content }) => (name === 'IDAT' ? [content] : []))
  const pixelBytes = (type === 6 ? 4 : 2) * (depth / 8)
  const rowBytes = width * pixelBytes
  const rows = unpacked(Buffer.concat(packed), (rowBytes + 1) * height)
  if (rows === null) return null
  const pixels = new Uint8ClampedArray(width * height * 4).fill(255)
  let above: Uint8Array = new Uint8Array(rowBytes)
  for (let y = 0; y < height; y += 1) {
    const from = y * (rowBytes + 1)
    const row = rows.subarray(from + 1, from + 1 + rowBytes)
    unfilter(row, above, rows[from] ?? 0, pixelBytes)
    for (let x = 0; x < width; x += 1)
      for (let channel = 0; channel < 3; channel += 1)
        pixels[(y * width + x) * 4 + channel] = row[x * pixelBytes + (type === 6 ? channel * (depth / 8) : 0)] ?? 0
    above = row
  }
  return pixels
}

function unpacked(packed: Uint8Array, length: number): Uint8Array | null {
  try {
    const rows = inflateSync(packed, { maxOutputLength: length + 1 })
    return rows.length >= length ? rows : null
  } catch {
    return null
  }
}

function unfilter(row: Uint8Array, above: Uint8Array, filter: number, pixelBytes: number): void {
  for (let at = 0; at < row.length; at += 1) {
    const left = row[at - pixelBytes] ?? 0
    const up = above[at] ?? 0
    const upLeft = above[at - pixelBytes] ?? 0
    const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, upLeft)][filter] ?? 0
    row[at] = (row[at] ?? 0) + predicted
  }
}

function paeth(left: number, up: number, upLeft: number): number {
  const estimate = left + up - upLeft
  const [toLeft, toUp, toUpLeft] = [left, up, upLeft].map((value) => Math.abs(estimate - value)) as [
    number,
    number,
    number
  ]
  if (toLeft <= toUp && toLeft <= toUpLeft) return left
  return toUp <= toUpLeft ? up : upLeft
}
