import { colorTableBytes, endOfSubBlocks, latin1, view, type PixelSize } from './picture-formats.ts'
import { pngChunk } from './png-chunk.ts'

/**
 * The frames of an animated GIF, PNG or WebP, each as a still picture, because Skia decodes only the first frame of an
 * animation. Only containers are taken apart here; the last frame may be cut.
 */
export interface AnimationFrame {
  /** Its position in the animation. */
  x: number
  y: number
  width: number
  height: number
  /** Created on demand: a hostile file may have millions of frames, or large parts that all of them share. */
  still: () => Uint8Array
  /** Its transparent pixels replace what was there before. */
  replaces: boolean
  /** What happens to its area before the next frame. */
  afterwards: 'stays' | 'cleared' | 'as-before'
}

export interface Animation extends PixelSize {
  frames: AnimationFrame[]
}

/** Later frames are left out; five minutes of video have this many. */
const maxFrames = 5000

/** Null if this is not an animation. */
export function readAnimation(bytes: Uint8Array, mime: string): Animation | null {
  const read = { 'image/gif': readGifFrames, 'image/png': readPngFrames, 'image/webp': readWebpFrames }[mime]
  const animation = read?.(bytes)
  return animation && animation.frames.length > 1 ? animation : null
}

const disposals = { 2: 'cleared', 3: 'as-before' } as const

/** https://www.w3.org/Graphics/GIF/spec-gif89a.txt */
function readGifFrames(bytes: Uint8Array): Animation {
  const data = view(bytes)
  const frames: AnimationFrame[] = []
  const head = bytes.subarray(0, 13 + colorTableBytes(bytes[10]))
  let control = new Uint8Array()
  for (let at = head.length; at < bytes.length && bytes[at] !== 0x3b && frames.length < maxFrames;) {
    const isImage = bytes[at] === 0x2c
    if (isImage && at + 10 > bytes.length) break
    const end = endOfSubBlocks(bytes, isImage ? at + 11 + colorTableBytes(bytes[at + 9]) : at + 2)
    if (isImage) {
      const [x, y, width, height] = [1, 3, 5, 7].map((offset) => data.getUint16(at + offset, true)) as Box
      const disposal = ((control[3] ?? 0) >> 2) & 7
      const still = gifStill(head, control, bytes.subarray(at, end), width, height)
      frames.push({ x, y, width, height, still, replaces: false, afterwards: disposals[disposal as 2] ?? 'stays' })
      control = new Uint8Array()
    } else if (bytes[at + 1] === 0xf9) control = bytes.slice(at, end)
    at = end
  }
  return { width: data.getUint16(6, true), height: data.getUint16(8, true), frames }
}

/** A GIF the size of its frame, placed at its corner. */
function gifStill(
  head: Uint8Array,
  control: Uint8Array,
  image: Uint8Array,
  width: number,
  height: number
): () => Uint8Array {
  return () => {
    const still = Buffer.concat([head, control, image, Buffer.of(0x3b)])
    still.writeUInt16LE(width, 6)
    still.writeUInt16LE(height, 8)
    still.writeUInt32LE(0, head.length + control.length + 1)
    return still
  }
}

type Box = [x: number, y: number, width: number, height: number]

/** https://www.w3.org/TR/png-3/#apng-frame-based-animation */
function readPngFrames(bytes: Uint8Array): Animation {
  const data = view(bytes)
  const header = Buffer.from(bytes.subarray(16, 29))
  const shared: Buffer[] = []
  const frames: (Omit<AnimationFrame, 'still'> & { pixels: Uint8Array[] })[] = []
  for (let at = 8; at + 12 <= bytes.length; at += 12 + data.getUint32(at)) {
    const name = latin1(bytes, at + 4, at + 8)
    const content = bytes.subarray(at + 8, at + 8 + data.getUint32(at))
    if (name === 'fcTL') {
      if (frames.length === maxFrames) break
      if (content.length < 26) break
      const [width, height, x, y] = [4, 8, 12, 16].map((offset) => view(content).getUint32(offset)) as Box
      const afterwards = disposals[((content[24] ?? 0) + 1) as 2] ?? 'stays'
      frames.push({ x, y, width, height, replaces: content[25] === 0, afterwards, pixels: [] })
    } else if (name === 'IDAT') frames.at(-1)?.pixels.push(content)
    else if (name === 'fdAT') frames.at(-1)?.pixels.push(content.subarray(4))
    else if (frames.length === 0 && name !== 'IHDR' && name !== 'acTL') shared.push(pngChunk(name, content))
  }
  return {
    width: header.readUInt32BE(0),
    height: header.readUInt32BE(4),
    frames: frames.map(({ x, y, width, height, replaces, afterwards, pixels }) => {
      const still = (): Uint8Array => {
        const size = Buffer.from(header)
        size.writeUInt32BE(width, 0)
        size.writeUInt32BE(height, 4)
        const data = pngChunk('IDAT', Buffer.concat(pixels))
        const signature = bytes.subarray(0, 8)
        return Buffer.concat([signature, pngChunk('IHDR', size), ...shared, data, pngChunk('IEND', Buffer.alloc(0))])
      }
      return { x, y, width, height, replaces, afterwards, still }
    })
  }
}

/** https://developers.google.com/speed/webp/docs/riff_container */
function readWebpFrames(bytes: Uint8Array): Animation {
  const data = view(bytes)
  const uint24 = (at: number): number => data.getUint16(at, true) + (data.getUint8(at + 2) << 16)
  const frames: AnimationFrame[] = []
  for (let at = 12; at + 8 <= bytes.length && frames.length < maxFrames;) {
    const end = at + 8 + data.getUint32(at + 4, true)
    if (latin1(bytes, at, at + 4) === 'ANMF' && at + 24 <= bytes.length) {
      const [width, height] = [uint24(at + 14) + 1, uint24(at + 17) + 1]
      const flags = data.getUint8(at + 23)
      frames.push({
        x: uint24(at + 8) * 2,
        y: uint24(at + 11) * 2,
        width,
        height,
        still: webpStill(bytes.subarray(at + 24, end), width, height),
        replaces: (flags & 2) !== 0,
        afterwards: (flags & 1) === 0 ? 'stays' : 'cleared'
      })
    }
    at = end + (end % 2)
  }
  return { width: uint24(24) + 1, height: uint24(27) + 1, frames }
}

/** The header says how large it is, and that there may be transparency. */
function webpStill(chunks: Uint8Array, width: number, height: number): () => Uint8Array {
  return () => {
    const head = Buffer.alloc(30)
    head.write('RIFF....WEBPVP8X', 'latin1')
    head.writeUInt32LE(22 + chunks.length, 4)
    head.writeUInt32LE(10, 16)
    head[20] = 0x10
    head.writeUIntLE(width - 1, 24, 3)
    head.writeUIntLE(height - 1, 27, 3)
    return Buffer.concat([head, chunks])
  }
}
