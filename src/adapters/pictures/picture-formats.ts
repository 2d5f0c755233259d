import { crc32 } from 'node:zlib'
import { svgHead } from './svg-text.ts'

/**
 * How each picture format states its size and end. Readers decode nothing and return the size as stored (before
 * EXIF rotates it), or null when the file makes no sense, or ends before its first pixel.
 */

export interface PixelSize {
  width: number
  height: number
}

export interface StoredPicture extends PixelSize {
  /** The file does not end as its format must, or part of it has a wrong checksum. All pixels may be there nevertheless. */
  isCut: boolean
}

/** The bytes as numbers; reading past their end throws a RangeError. */
export function view(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

/** Bytes as text, one character per byte. */
export function latin1(bytes: Uint8Array, from: number, to: number): string {
  return String.fromCharCode(...bytes.subarray(from, to))
}

export interface PngChunk {
  name: string
  /** What is there of it. */
  content: Uint8Array
  /** It is all there, and its checksum is right. */
  isSound: boolean
}

/** Chunks of length, name, content and checksum, up to the end of the file. */
export function* pngChunks(bytes: Uint8Array): Generator<PngChunk> {
  const data = view(bytes)
  for (let at = 8; at + 8 <= bytes.length; at += 12 + data.getUint32(at)) {
    const end = at + 8 + data.getUint32(at)
    const isSound = end + 4 <= bytes.length && crc32(bytes.subarray(at + 4, end)) === data.getUint32(end)
    yield { name: latin1(bytes, at + 4, at + 8), content: bytes.subarray(at + 8, end), isSound }
  }
}

/** Extra chunks may be damaged; decoders pass over them. */
export function isNeeded({ name }: PngChunk): boolean {
  return /^[A-Z]/u.test(name)
}

export function readPng(bytes: Uint8Array): StoredPicture | null {
  let size: PixelSize | null = null
  let hasPixels = false
  let isCut = false
  for (const chunk of pngChunks(bytes)) {
    if (size === null) {
      if (chunk.name !== 'IHDR' || !chunk.isSound || chunk.content.length < 13) return null
      size = { width: view(chunk.content).getUint32(0), height: view(chunk.content).getUint32(4) }
    }
    if (isNeeded(chunk) && !chunk.isSound) isCut = true
    if (chunk.name === 'IDAT') hasPixels ||= chunk.content.length > 0
    if (chunk.name === 'IEND') return hasPixels ? { ...size, isCut } : null
  }
  return size && hasPixels ? { ...size, isCut: true } : null
}

const startOfImage = 0xd8
const endOfImage = 0xd9
const startOfScan = 0xda

/**
 * Segments up to the end-of-image marker. Some cameras append data after it, or write a byte too many before a marker, which
 * decoders pass over.
 */
export function readJpeg(bytes: Uint8Array): StoredPicture | null {
  const data = view(bytes)
  let size: PixelSize | null = null
  let hasPixels = false
  for (let at = 0; at + 1 < bytes.length;) {
    const marker = data.getUint8(at + 1)
    if (data.getUint8(at) !== 0xff || marker === 0) at = nextMarker(bytes, at + 1)
    else if (marker === endOfImage) return size && hasPixels ? { ...size, isCut: false } : null
    else if (marker === 0xff) at += 1
    else if (marker === startOfImage || isRestart(marker)) at += 2
    else {
      if (at + 4 > bytes.length) break
      const next = at + 2 + data.getUint16(at + 2)
      if (isFrameHeader(marker) && at + 9 <= bytes.length)
        size ??= { width: data.getUint16(at + 7), height: data.getUint16(at + 5) }
      hasPixels ||= marker === startOfScan && next < bytes.length
      at = marker === startOfScan ? nextMarker(bytes, next) : next
    }
  }
  return size && hasPixels ? { ...size, isCut: true } : null
}

/** SOF0-SOF15, without the table markers DHT, JPG and DAC in between. */
function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
}

function isRestart(marker: number): boolean {
  return marker >= 0xd0 && marker <= 0xd7
}

/** The offset of the next marker; in scan data 0xff is followed by 0 or a restart marker's number. */
function nextMarker(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const marker = bytes[at + 1] ?? 0
    if (marker !== 0 && marker !== 0xff && !isRestart(marker)) return at
  }
  return bytes.length
}

/** Blocks up to the trailer. If a frame is larger than the declared screen, decoders enlarge the screen. */
export function readGif(bytes: Uint8Array): StoredPicture | null {
  if (bytes.length < 13) return null
  const data = view(bytes)
  const size = { width: data.getUint16(6, true), height: data.getUint16(8, true) }
  let hasPixels = false
  let at = 13 + colorTableBytes(bytes[10])
  while (at < bytes.length) {
    const block = bytes[at]
    if (block === 0x3b) return hasPixels ? { ...size, isCut: false } : null
    if (block === 0x21) at = endOfSubBlocks(bytes, at + 2)
    else if (block === 0x2c && at + 10 <= bytes.length) {
      size.width = Math.max(size.width, data.getUint16(at + 1, true) + data.getUint16(at + 5, true))
      size.height = Math.max(size.height, data.getUint16(at + 3, true) + data.getUint16(at + 7, true))
      const from = at + 11 + colorTableBytes(bytes[at + 9])
      hasPixels ||= from + 1 < bytes.length
      at = endOfSubBlocks(bytes, from)
    } else break
  }
  return hasPixels ? { ...size, isCut: true } : null
}

export function colorTableBytes(flags = 0): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1)
}

export function endOfSubBlocks(bytes: Uint8Array, from: number): number {
  let at = from
  while ((bytes[at] ?? 0) !== 0) at += 1 + (bytes[at] ?? 0)
  return at + 1
}

/** The first chunk contains the size, in one of three ways; the RIFF header says how long the file is. */
export function readWebp(bytes: Uint8Array): StoredPicture | null {
  if (bytes.length < 30) return null
  const data = view(bytes)
  const isCut = bytes.length < 8 + data.getUint32(4, true)
  const uint24 = (at: number): number => data.getUint16(at, true) + (data.getUint8(at + 2) << 16)
  switch (latin1(bytes, 12, 16)) {
    case 'VP8 ':
      return { width: data.getUint16(26, true) & 0x3fff, height: data.getUint16(28, true) & 0x3fff, isCut }
    case 'VP8L': {
      const bits = data.getUint32(21, true)
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1, isCut }
    }
    case 'VP8X':
      return { width: uint24(24) + 1, height: uint24(27) + 1, isCut }
    default:
      return null
  }
}

/** A negative height means top-down. Only the length of uncompressed pixels can be checked. */
export function readBmp(bytes: Uint8Array): (StoredPicture & { lastPixelEnd: number; end: number }) | null {
  if (bytes.length < 26) return null
  const data = view(bytes)
  const isOld = data.getUint32(14, true) === 12
  const width = isOld ? data.getUint16(18, true) : Math.abs(data.getInt32(18, true))
  const height = isOld ? data.getUint16(20, true) : Math.abs(data.getInt32(22, true))
  if (!isOld && bytes.length < 34) return null
  const bitsPerPixel = data.getUint16(isOld ? 24 : 28, true)
  const isCompressed = !isOld && [1, 2, 4, 5].includes(data.getUint32(30, true))
  const rowBytes = Math.ceil((width * bitsPerPixel) / 8)
  // Each row is padded to a multiple of four bytes.
  const stride = Math.ceil(rowBytes / 4) * 4
  const pixelsAt = data.getUint32(10, true)
  const end = pixelsAt + stride * height
  if (bytes.length < pixelsAt + (isCompressed ? 0 : rowBytes)) return null
  const isCut = !isCompressed && bytes.length < end
  return { width, height, isCut, end, lastPixelEnd: end - stride + rowBytes }
}

/** The largest `ispe` property (image spatial extents); the decoder notices a file that is cut short. */
export function readAvif(bytes: Uint8Array): PixelSize | null {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1_000_000))
  let size: PixelSize | null = null
  for (let at = head.indexOf('ispe'); at >= 0 && at + 16 <= head.length; at = head.indexOf('ispe', at + 4)) {
    const [width, height] = [head.readUInt32BE(at + 8), head.readUInt32BE(at + 12)]
    if (!size || width * height > size.width * size.height) size = { width, height }
  }
  return size
}

/** HEIC uses the same boxes. */
export const readHeic = readAvif

const pngStart = '\x89PNG'

/**
 * The largest picture in an icon or cursor. Its own header counts: the entry of the list has one byte for each side, and cannot be
 * relied on.
 */
export function readIcon(bytes: Uint8Array): StoredPicture | null {
  const data = view(bytes)
  if (bytes.length < 6) return null
  let size: PixelSize | null = null
  let isCut = false
  for (let entry = 6; entry < 6 + 16 * data.getUint16(4, true) && entry + 16 <= bytes.length; entry += 16) {
    const [length, at] = [data.getUint32(entry + 8, true), data.getUint32(entry + 12, true)]
    if (at + length > bytes.length) isCut = true
    if (at + 24 > bytes.length) continue
    // A bitmap is twice as high as the picture, since a mask follows it.
    const one =
      latin1(bytes, at, at + 4) === pngStart
        ? { width: data.getUint32(at + 16), height: data.getUint32(at + 20) }
        : { width: data.getInt32(at + 4, true), height: Math.floor(Math.abs(data.getInt32(at + 8, true)) / 2) }
    if (size === null || one.width * one.height > size.width * size.height) size = one
  }
  return size && { ...size, isCut }
}

/** What may come before the document element. Each part ends at the first possible place, so that no file makes this slow. */
const svgPreamble = [/^<\?[^]*?\?>\s*/u, /^<!--[^]*?-->\s*/u, /^<!DOCTYPE\s+svg[^[>]*(?:\[[^\]]*\]\s*)?>\s*/iu]

/** The document element's start tag and its offset; null if this is not an SVG. */
export function svgStartTag(text: string): { at: number; length: number; name: string; attributes: string } | null {
  let rest = text.replace(/^\uFEFF/u, '').trimStart()
  for (;;) {
    const before = svgPreamble.map((part) => part.exec(rest)?.[0]).find((part) => part !== undefined)
    if (before === undefined) break
    rest = rest.slice(before.length)
  }
  const [tag, name = '', attributes = ''] = /^<((?:\w+:)?svg)\b([^>]*)>/u.exec(rest) ?? []
  return tag === undefined ? null : { at: text.length - rest.length, length: tag.length, name, attributes }
}

export function isSvg(bytes: Uint8Array): boolean {
  return svgStartTag(svgHead(bytes)) !== null
}

const pixelsPerUnit: Record<string, number> = {
  '': 1,
  px: 1,
  pt: 96 / 72,
  pc: 16,
  in: 96,
  cm: 96 / 2.54,
  mm: 96 / 25.4
}

/** Size in CSS pixels. A missing or relative length comes from the viewBox; without one it is 300x150, as in a browser. */
export function readSvg(bytes: Uint8Array): PixelSize | null {
  const tag = svgStartTag(svgHead(bytes))?.attributes
  if (tag === undefined) return null
  const attribute = (name: string): string =>
    new RegExp(`\\s${name}\\s*=\\s*["']([^"']*)["']`, 'u').exec(tag)?.[1] ?? ''
  const length = (name: string): number | null => {
    const [, number, unit = ''] = /^\s*\+?([\d.]+(?:e\+?\d+)?)([a-z]*)\s*$/iu.exec(attribute(name)) ?? []
    const factor = pixelsPerUnit[unit.toLowerCase()]
    return number === undefined || factor === undefined ? null : Number(number) * factor
  }
  const box = attribute('viewBox')
    .trim()
    .split(/[\s,]+/u)
    .map(Number)
  const [boxWidth = 0, boxHeight = 0] = box.length === 4 ? box.slice(2) : [300, 150]
  const [width, height] = [length('width'), length('height')]
  const size = {
    width: width ?? (height === null ? boxWidth : (height * boxWidth) / boxHeight),
    height: height ?? (width === null ? boxHeight : (width * boxHeight) / boxWidth)
  }
  return { width: Math.round(size.width), height: Math.round(size.height) }
}
