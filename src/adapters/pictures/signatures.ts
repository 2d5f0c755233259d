import type { PlainMessageKey } from '#shared/messages/messages.ts'
import { latin1 } from './picture-formats.ts'

/** Tells a file's type by its first bytes. */
export type Signature = (bytes: Uint8Array) => boolean

/** True when the file begins with one of the given signatures; a dot stands for any byte. */
export function begins(...signatures: string[]): Signature {
  return (bytes) =>
    signatures.some((signature) =>
      Array.from(signature).every((letter, index) => letter === '.' || bytes[index] === letter.charCodeAt(0))
    )
}

/** True for an ISO media file (AVIF, HEIC, MP4 …) that names one of the brands; without brands for any. */
export function hasBrand(...brands: string[]): Signature {
  return (bytes) => {
    if (bytes.length < 16 || latin1(bytes, 4, 8) !== 'ftyp') return false
    const boxBytes = Math.min(new DataView(bytes.buffer, bytes.byteOffset).getUint32(0), 256)
    for (let at = 8; at + 4 <= boxBytes; at += 4) if (brands.includes(latin1(bytes, at, at + 4))) return true
    return brands.length === 0
  }
}

/** True for a ZIP archive whose first kilobytes hold one of the names: Office documents are such archives. */
export function isArchiveOf(...names: string[]): Signature {
  return (bytes) => {
    if (!begins('PK\x03\x04')(bytes)) return false
    const head = latin1(bytes, 0, 8000)
    return names.some((name) => head.includes(name))
  }
}

/** Files that people try, and that Descry recognizes but cannot describe. */
export interface RefusedFormat {
  /** A brand as it is written ("Word"), or a kind that the message `pictures.unsupported` knows ("camera-raw"). */
  name: string
  matches: Signature
  /** What to do instead, if it differs from the error code's own advice: save it as PNG or JPEG. */
  next?: PlainMessageKey
}

/** Looks like a TIFF, except for the letters CR. */
export const canonRaw = 'II*\0....CR'

const saveAsPdf = 'pictures.save-as-pdf'
const takeStill = 'pictures.take-screenshot'
const unpack = 'pictures.unpack-first'

/** Tried in this order, after the formats that can be described: the more precise first. */
export const refusedFormats: RefusedFormat[] = [
  { name: 'camera-raw', matches: begins(canonRaw, 'FUJIFILMCCD-RAW', 'IIRO', 'IIRS', 'MMOR', 'IIU\0') },
  { name: 'camera-raw', matches: hasBrand('crx ') },
  { name: 'JPEG XL', matches: begins('\xff\x0a', '\0\0\0\x0cJXL ') },
  { name: 'JPEG 2000', matches: begins('\0\0\0\x0cjP  ', '\xff\x4f\xff\x51') },
  { name: 'Photoshop', matches: begins('8BPS') },
  { name: 'GIMP', matches: begins('gimp xcf') },
  { name: 'OpenEXR', matches: begins('\x76\x2f\x31\x01') },
  { name: 'DICOM', matches: (bytes) => latin1(bytes, 128, 132) === 'DICM' },
  { name: 'windows-metafile', matches: begins('\xd7\xcd\xc6\x9a', `\x01\0\0\0${'.'.repeat(36)} EMF`) },
  { name: 'PostScript', matches: begins('%!PS', '\xc5\xd0\xd3\xc6'), next: saveAsPdf },
  { name: 'DjVu', matches: begins('AT&TFORM'), next: saveAsPdf },
  { name: 'Word', matches: isArchiveOf('word/'), next: saveAsPdf },
  { name: 'Excel', matches: isArchiveOf('xl/'), next: saveAsPdf },
  { name: 'PowerPoint', matches: isArchiveOf('ppt/'), next: saveAsPdf },
  { name: 'OpenDocument', matches: isArchiveOf('application/vnd.oasis.opendocument'), next: saveAsPdf },
  { name: 'EPUB', matches: isArchiveOf('application/epub+zip'), next: saveAsPdf },
  { name: 'old-office', matches: begins('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1'), next: saveAsPdf },
  { name: 'RTF', matches: begins('{\\rtf'), next: saveAsPdf },
  { name: 'ZIP', matches: begins('PK\x03\x04', 'PK\x05\x06'), next: unpack },
  { name: 'RAR', matches: begins('Rar!\x1a'), next: unpack },
  { name: '7z', matches: begins('7z\xbc\xaf\x27\x1c'), next: unpack },
  { name: 'gzip', matches: begins('\x1f\x8b'), next: unpack },
  {
    name: 'program',
    matches: begins('\x7fELF', 'MZ', '\xcf\xfa\xed\xfe', '\xca\xfe\xba\xbe'),
    next: 'pictures.choose-a-picture'
  },
  { name: 'audio', matches: begins('ID3', 'OggS', 'fLaC', 'RIFF....WAVE'), next: 'pictures.choose-a-picture' },
  { name: 'audio', matches: hasBrand('M4A ', 'M4B '), next: 'pictures.choose-a-picture' },
  {
    name: 'video',
    matches: begins('\x1a\x45\xdf\xa3', 'RIFF....AVI ', '\0\0\x01\xba', '\0\0\x01\xb3', 'FLV\x01', '\x30\x26\xb2\x75'),
    next: takeStill
  },
  { name: 'video', matches: hasBrand(), next: takeStill }
]
