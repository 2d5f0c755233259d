import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { begins, canonRaw, hasBrand, refusedFormats, type RefusedFormat, type Signature } from './signatures.ts'
import { asClassicTiff, isBigTiff } from './big-tiff.ts'
import { readTiffPages } from './tiff-header.ts'
import {
  isSvg,
  latin1,
  readAvif,
  readBmp,
  readGif,
  readHeic,
  readIcon,
  readJpeg,
  readPng,
  readSvg,
  readWebp,
  type PixelSize,
  type StoredPicture
} from './picture-formats.ts'

export const maxPictureBytes = 100_000_000
export const maxPicturePixels = 100_000_000

/** What the bytes say about themselves before anything is decoded. */
export interface PictureHeader extends StoredPicture {
  mime: string
}

interface Format {
  mime: string
  matches: Signature
  read: (bytes: Uint8Array) => (PixelSize & Partial<StoredPicture>) | null
}

/** Icons, and cursors, which differ in one byte. */
export const iconMime = 'image/vnd.microsoft.icon'

const isTiff: Signature = (bytes) => (begins('II*\0', 'MM\0*')(bytes) && !begins(canonRaw)(bytes)) || isBigTiff(bytes)

/** Tried in this order: AVIF before HEIC, since both may name the general brand mif1. */
const formats: Format[] = [
  { mime: 'image/png', matches: begins('\x89PNG\r\n\x1a\n'), read: readPng },
  { mime: 'image/jpeg', matches: begins('\xff\xd8\xff'), read: readJpeg },
  { mime: 'image/gif', matches: begins('GIF87a', 'GIF89a'), read: readGif },
  { mime: 'image/webp', matches: begins('RIFF....WEBP'), read: readWebp },
  { mime: 'image/avif', matches: hasBrand('avif', 'avis'), read: readAvif },
  { mime: 'image/heic', matches: hasBrand('heic', 'heix', 'hevc', 'heim', 'heis', 'mif1', 'msf1'), read: readHeic },
  { mime: 'image/bmp', matches: begins('BM'), read: readBmp },
  { mime: 'image/tiff', matches: isTiff, read: readTiff },
  { mime: iconMime, matches: begins('\0\0\x01\0', '\0\0\x02\0'), read: readIcon },
  { mime: 'image/svg+xml', matches: isSvg, read: readSvg }
]

/** True for a PDF, which is not a picture but has pages. Other bytes may come before its header. */
export function isPdf(bytes: Uint8Array): boolean {
  return latin1(bytes, 0, 1024).includes('%PDF-') && !formats.some((format) => format.matches(bytes))
}

/**
 * Type and size (pixels, as stored) of a picture. Nothing is decoded, so a decompression bomb costs nothing.
 * Errors: bad-image (empty, cut short before the first pixel, not a picture), too-large (bytes or pixels), unsupported
 * (names the type).
 */
export function readPictureHeader(bytes: Uint8Array): PictureHeader {
  if (bytes.length > maxPictureBytes) throw tooManyBytes()
  const format = formats.find((candidate) => candidate.matches(bytes))
  if (!format) throw refusalOf(bytes)
  const size = format.read(bytes)
  if (!size || !(size.width > 0 && size.height > 0)) throw damaged(format.mime)
  refuseTooManyPixels(size)
  const { width, height, isCut = false } = size
  return { mime: format.mime, width, height, isCut }
}

/** The same for a picture that may still be arriving. Errors: also bad-image when it does not end as its format must. */
export function readWholeHeader(bytes: Uint8Array): PictureHeader {
  const header = readPictureHeader(bytes)
  if (header.isCut) throw damaged(header.mime)
  return header
}

/** The error for a picture of this type that cannot be read. */
export function damaged(mime: string, cause?: unknown): DescryError {
  const names: Record<string, string> = { 'image/webp': 'WebP', 'image/svg+xml': 'SVG', [iconMime]: 'ICO' }
  const name = names[mime] ?? mime.slice('image/'.length).toUpperCase()
  return new DescryError('bad-image', { message: t('pictures.damaged', { format: name }), cause })
}

/** True when a file with these first bytes (20,000 are enough) is a picture that can be described. */
export function isPictureHead(bytes: Uint8Array): boolean {
  return formats.some((format) => format.matches(bytes))
}

/** Errors: too-large. */
export function refuseTooManyPixels({ width, height }: PixelSize): void {
  if (width * height > maxPicturePixels)
    throw new DescryError('too-large', { message: t('pictures.too-many-pixels', { width, height }) })
}

function readTiff(bytes: Uint8Array): PixelSize | null {
  const classic = asClassicTiff(bytes)
  const pages = classic && readTiffPages(classic)
  // A camera's full picture is stored deeper in the file; only the thumbnail can be reached.
  if (pages?.length === 0) throw refusal({ name: 'camera-raw' })
  return pages?.[0] ?? null
}

function refusalOf(bytes: Uint8Array): DescryError {
  if (isPdf(bytes)) return refusal({ name: 'PDF', next: 'pictures.save-page-as-png' })
  const format = refusedFormats.find((candidate) => candidate.matches(bytes))
  return format ? refusal(format) : notAPicture(bytes)
}

function notAPicture(bytes: Uint8Array): DescryError {
  if (bytes.length === 0) return new DescryError('bad-image', { message: t('pictures.empty-file') })
  const head = latin1(bytes, 0, 1000)
  if (/^\s*<(?:!doctype\s+html|html)\b/iu.test(head))
    return new DescryError('bad-image', {
      message: t('pictures.web-page'),
      next: t('pictures.web-page.next')
    })
  // oxlint-disable-next-line no-control-regex -- text does not contain these
  if (!/[\0-\u0008\u000e-\u001a]/u.test(head))
    return new DescryError('bad-image', { message: t('pictures.text-file'), next: t('pictures.text-file.next') })
  return new DescryError('bad-image')
}

function refusal({ name, next }: Pick<RefusedFormat, 'name' | 'next'>): DescryError {
  return new DescryError('unsupported', {
    message: t('pictures.unsupported', { format: name }),
    ...(next !== undefined && { next: t(next) })
  })
}

export function tooManyBytes(): DescryError {
  return new DescryError('too-large', {
    message: t('pictures.too-many-bytes', { megabytes: maxPictureBytes / 1e6 })
  })
}
