import { createCanvas, type Canvas, type Image } from './canvas-package.ts'
import { latin1, pngChunks, view } from './picture-formats.ts'
import { readTiffPages } from './tiff-header.ts'

/**
 * The EXIF orientation (1-8) that the decoder has not applied: Skia handles JPEG and most WebP, but not a PNG's eXIf chunk
 * or an AVIF's boxes. 1 is upright.
 */
export function orientationLeft(bytes: Uint8Array, mime: string): number {
  if (mime === 'image/png') return pngOrientation(bytes)
  if (mime === 'image/webp') return webpOrientation(bytes)
  return mime === 'image/avif' ? avifOrientation(bytes) : 1
}

/** The picture as it should be seen. */
export function turnUpright(stored: Canvas | Image, orientation: number): Canvas {
  const { width, height } = stored
  const isTurned = orientation >= 5
  const canvas = createCanvas(isTurned ? height : width, isTurned ? width : height)
  const context = canvas.getContext('2d')
  context.setTransform(...transformFor(orientation, width, height))
  context.drawImage(stored, 0, 0)
  return canvas
}

/** The chunk holds a TIFF of its own (https://www.w3.org/TR/png-3/#eXIf). */
function pngOrientation(bytes: Uint8Array): number {
  for (const { name, content } of pngChunks(bytes)) if (name === 'eXIf') return exifOrientation(content)
  return 1
}

/** Skia applies the orientation unless the block has JPEG's prefix, which some programs write. */
function webpOrientation(bytes: Uint8Array): number {
  const data = view(bytes)
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = data.getUint32(at + 4, true)
    const content = bytes.subarray(at + 8, at + 8 + length)
    if (latin1(bytes, at, at + 4) === 'EXIF') return hasJpegPrefix(content) ? exifOrientation(content) : 1
    at += 8 + length + (length % 2)
  }
  return 1
}

const jpegPrefix = 'Exif\0\0'

function hasJpegPrefix(block: Uint8Array): boolean {
  return latin1(block, 0, jpegPrefix.length) === jpegPrefix
}

function exifOrientation(block: Uint8Array): number {
  return readTiffPages(hasJpegPrefix(block) ? block.subarray(jpegPrefix.length) : block)?.[0]?.orientation ?? 1
}

/** Orientations by angle, in quarter turns counterclockwise. */
const afterRotation = [1, 8, 3, 6]
const thenTopToBottom = [4, 5, 2, 7]
const thenLeftToRight = [2, 7, 4, 5]

/** `irot` rotates, then `imir` mirrors; EXIF does not count in an AVIF (ISO/IEC 23000-22, 7.3.6.7). */
function avifOrientation(bytes: Uint8Array): number {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1_000_000))
  const property = (name: string): number | undefined => {
    const at = head.indexOf(`\0\0\0\x09${name}`, 0, 'latin1')
    return at < 0 ? undefined : head[at + 8]
  }
  const mirror = property('imir')
  const orientations = mirror === undefined ? afterRotation : (mirror & 1) === 0 ? thenTopToBottom : thenLeftToRight
  return orientations[(property('irot') ?? 0) & 3] ?? 1
}

/** The transform that turns a picture with this EXIF orientation upright. */
function transformFor(
  orientation: number,
  width: number,
  height: number
): [number, number, number, number, number, number] {
  switch (orientation) {
    case 2:
      return [-1, 0, 0, 1, width, 0]
    case 3:
      return [-1, 0, 0, -1, width, height]
    case 4:
      return [1, 0, 0, -1, 0, height]
    case 5:
      return [0, 1, 1, 0, 0, 0]
    case 6:
      return [0, 1, -1, 0, height, 0]
    case 7:
      return [0, -1, -1, 0, height, width]
    case 8:
      return [0, -1, 1, 0, 0, width]
    default:
      return [1, 0, 0, 1, 0, 0]
  }
}
