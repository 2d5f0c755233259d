import { DescryError } from '#shared/errors.ts'
import {
  isSvg,
  latin1,
  readAvif,
  readBmp,
  readGif,
  readJpeg,
  readPng,
  readSvg,
  readWebp,
  type PixelSize
} from './picture-formats.ts'

export const maxPictureBytes = 100_000_000
export const maxPicturePixels = 100_000_000

/** What the bytes say about themselves before anything is decoded. */
export interface PictureHeader extends PixelSize {
  mime: string
}

interface Format {
  /** As it is said: "PNG". */
  name: string
  mime: string
  matches: (bytes: Uint8Array) => boolean
  /** Null where Descry cannot decode the format. */
  read: ((bytes: Uint8Array) => PixelSize | null) | null
}

/** True when the file begins with one of the given signatures; a dot stands for any byte. */
function begins(...signatures: string[]): (bytes: Uint8Array) => boolean {
  return (bytes) =>
    signatures.some((signature) =>
      Array.from(signature).every((letter, index) => letter === '.' || bytes[index] === letter.charCodeAt(0))
    )
}

/** True for an ISO media file (AVIF, HEIC, MP4 …) that names one of the brands. */
function hasBrand(...brands: string[]): (bytes: Uint8Array) => boolean {
  return (bytes) => {
    if (bytes.length < 16 || latin1(bytes, 4, 8) !== 'ftyp') return false
    const boxBytes = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), 256)
    for (let at = 8; at + 4 <= boxBytes; at += 4) if (brands.includes(latin1(bytes, at, at + 4))) return true
    return false
  }
}

/** In order of trial: AVIF before HEIC, since both may name the general brand mif1; SVG, being text, last. */
const formats: Format[] = [
  { name: 'PNG', mime: 'image/png', matches: begins('\x89PNG\r\n\x1a\n'), read: readPng },
  { name: 'JPEG', mime: 'image/jpeg', matches: begins('\xff\xd8\xff'), read: readJpeg },
  { name: 'GIF', mime: 'image/gif', matches: begins('GIF87a', 'GIF89a'), read: readGif },
  { name: 'WebP', mime: 'image/webp', matches: begins('RIFF....WEBP'), read: readWebp },
  { name: 'AVIF', mime: 'image/avif', matches: hasBrand('avif', 'avis'), read: readAvif },
  { name: 'BMP', mime: 'image/bmp', matches: begins('BM'), read: readBmp },
  { name: 'PDF', mime: 'application/pdf', matches: begins('%PDF-'), read: null },
  { name: 'TIFF', mime: 'image/tiff', matches: begins('II*\0', 'MM\0*', 'II+\0', 'MM\0+'), read: null },
  {
    name: 'HEIC',
    mime: 'image/heic',
    matches: hasBrand('heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1'),
    read: null
  },
  { name: 'Video', mime: 'video/mp4', matches: hasBrand('isom', 'iso2', 'mp41', 'mp42', 'qt  ', 'M4V '), read: null },
  { name: 'JPEG XL', mime: 'image/jxl', matches: begins('\xff\x0a', '\0\0\0\x0cJXL '), read: null },
  { name: 'JPEG 2000', mime: 'image/jp2', matches: begins('\0\0\0\x0cjP  ', '\xff\x4f\xff\x51'), read: null },
  { name: 'Photoshop', mime: 'image/vnd.adobe.photoshop', matches: begins('8BPS'), read: null },
  { name: 'Icon', mime: 'image/x-icon', matches: begins('\0\0\x01\0', '\0\0\x02\0'), read: null },
  { name: 'SVG', mime: 'image/svg+xml', matches: isSvg, read: readSvg }
]

/**
 * Type and size (pixels, as stored) of a picture, from its bytes alone: nothing is decoded, so a bomb costs nothing.
 * Errors: bad-image (empty, cut short, no picture at all), too-large (bytes or pixels), unsupported (names the type).
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader {
  if (bytes.length > maxPictureBytes) throw tooManyBytes()
  const format = formats.find((candidate) => candidate.matches(bytes))
  if (!format) throw new DescryError('bad-image')
  if (!format.read) throw new DescryError('unsupported', { message: `${format.name} files are not supported.` })
  const size = format.read(bytes)
  if (!size || !(size.width > 0 && size.height > 0)) throw new DescryError('bad-image')
  if (size.width * size.height > maxPicturePixels)
    throw new DescryError('too-large', { message: `The picture is too large: ${size.width} by ${size.height} pixels.` })
  return { mime: format.mime, ...size }
}

export function tooManyBytes(): DescryError {
  return new DescryError('too-large', {
    message: `The picture is too large: more than ${maxPictureBytes / 1e6} megabytes.`
  })
}
