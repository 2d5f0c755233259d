import { createInflate } from 'node:zlib'
import { pipeline } from 'node:stream/promises'
import { Readable, Writable } from 'node:stream'
import { colorTableBytes, endOfSubBlocks, isNeeded, latin1, pngChunks, readBmp, view } from './picture-formats.ts'
import { pngChunk } from './png-chunk.ts'

/** A file that does not end as its format must, in a form that decodes as far as there are pixels. */
export interface RepairedPicture {
  bytes: Uint8Array
  /** Pixels are missing; null if only the decoded picture can show that. */
  isIncomplete: boolean | null
}

/** More pixels than any picture may have, at 16 bits in four channels. */
const maxUnpackedBytes = 1_000_000_000

/** For files whose header says that they are cut. Other formats than those here are left to the decoder. */
export async function repairPicture(bytes: Uint8Array, mime: string): Promise<RepairedPicture> {
  switch (mime) {
    case 'image/png':
      return repairPng(bytes)
    case 'image/jpeg':
      return repairJpeg(bytes)
    case 'image/gif':
      return { bytes, isIncomplete: !hasWholeGifFrames(bytes) }
    case 'image/webp':
      return { bytes, isIncomplete: !hasWholeWebpFrame(bytes) }
    case 'image/bmp':
      return repairBmp(bytes)
    default:
      return { bytes, isIncomplete: true }
  }
}

/** The chunks that are needed, with right checksums, and an end. The packed pixels have a checksum of their own. */
async function repairPng(bytes: Uint8Array): Promise<RepairedPicture> {
  const chunks = [...pngChunks(bytes)].filter((chunk) => chunk.name !== 'IEND' && (chunk.isSound || isNeeded(chunk)))
  const packed = chunks.filter(({ name }) => name === 'IDAT').map(({ content }) => content)
  return {
    bytes: Buffer.concat([
      bytes.subarray(0, 8),
      ...chunks.map(({ name, content }) => pngChunk(name, content)),
      pngChunk('IEND', new Uint8Array())
    ]),
    isIncomplete: !(await unpacks(packed))
  }
}

/** Whether the packed pixels of a PNG are whole. Decoders leave out what is missing without a word. */
export async function hasWholePixels(png: Uint8Array): Promise<boolean> {
  return unpacks([...pngChunks(png)].flatMap(({ name, content }) => (name === 'IDAT' ? [content] : [])))
}

/** Skia leaves out the last row for want of its padding. */
function repairBmp(bytes: Uint8Array): RepairedPicture {
  const { end = 0, lastPixelEnd = 0 } = readBmp(bytes) ?? {}
  const isIncomplete = bytes.length < lastPixelEnd
  return { bytes: isIncomplete ? bytes : Buffer.concat([bytes, Buffer.alloc(end - bytes.length)]), isIncomplete }
}

/** Whether zlib data is whole, without keeping what it holds. */
async function unpacks(packed: Uint8Array[]): Promise<boolean> {
  let total = 0
  const count = new Writable({
    write(chunk: Buffer, _, done) {
      total += chunk.length
      done(total > maxUnpackedBytes ? new RangeError('Too much is packed.') : null)
    }
  })
  return pipeline(Readable.from(packed), createInflate(), count).then(
    () => true,
    () => false
  )
}

/**
 * With an end-of-image marker, libjpeg fills what is missing with medium gray; without it, Skia leaves out rows that are
 * there.
 */
function repairJpeg(bytes: Uint8Array): RepairedPicture {
  const end = bytes.at(-1) === 0xff ? bytes.length - 1 : bytes.length
  const isProgressive = bytes.length > 0 && hasProgressiveFrame(bytes)
  return {
    bytes: Buffer.concat([bytes.subarray(0, end), Buffer.of(0xff, 0xd9)]),
    // Its later scans only sharpen what the first has drawn.
    isIncomplete: isProgressive && !hasEveryScan(bytes) ? true : null
  }
}

function hasProgressiveFrame(bytes: Uint8Array): boolean {
  return segments(bytes).some(({ marker }) => marker === 0xc2)
}

/** Whether the scans of a progressive JPEG end with the last bit of the last coefficient of each component. */
function hasEveryScan(bytes: Uint8Array): boolean {
  const frame = segments(bytes).find(({ marker }) => marker === 0xc2)
  const components = frame ? (bytes[frame.at + 9] ?? 0) : 0
  const finished = new Set<number>()
  for (const { marker, at } of segments(bytes)) {
    if (marker !== 0xda) continue
    const count = bytes[at + 4] ?? 0
    const [last = 0, bits = 0] = [bytes[at + 6 + 2 * count], bytes[at + 7 + 2 * count]]
    if (last !== 63 || (bits & 15) !== 0) continue
    for (let index = 0; index < count; index += 1) finished.add(bytes[at + 5 + 2 * index] ?? 0)
  }
  return components > 0 && finished.size === components
}

/** Markers with their offsets, those in scan data left out. */
function segments(bytes: Uint8Array): { marker: number; at: number }[] {
  const found: { marker: number; at: number }[] = []
  for (let at = bytes.indexOf(0xff); at >= 0 && at + 4 <= bytes.length; at = bytes.indexOf(0xff, at)) {
    const marker = bytes[at + 1] ?? 0
    const isSegment = marker >= 0xc0 && marker < 0xff && !(marker >= 0xd0 && marker <= 0xd9)
    if (isSegment) found.push({ marker, at })
    at += isSegment ? 2 + view(bytes).getUint16(at + 2) : marker === 0xff ? 1 : 2
  }
  return found
}

/** Whether only the trailer, or what follows the last frame, is missing. */
function hasWholeGifFrames(bytes: Uint8Array): boolean {
  let at = 13 + colorTableBytes(bytes[10])
  while (at < bytes.length && (bytes[at] === 0x21 || bytes[at] === 0x2c))
    at = endOfSubBlocks(bytes, bytes[at] === 0x21 ? at + 2 : at + 11 + colorTableBytes(bytes[at + 9]))
  return at <= bytes.length
}

/** Whether the first frame is whole; the others, and metadata, may be cut. */
function hasWholeWebpFrame(bytes: Uint8Array): boolean {
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view(bytes).getUint32(at + 4, true)
    if (/^(?:VP8[ L]|ANMF)$/u.test(latin1(bytes, at, at + 4))) return at + 8 + length <= bytes.length
    at += 8 + length + (length % 2)
  }
  return false
}
