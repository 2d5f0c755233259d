import { latin1 } from './picture-formats.ts'

/** How a file shows its type in its first bytes. */
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
