import { view } from './picture-formats.ts'

// BigTIFF differs from TIFF in the width of its numbers only. A file of at most 100 MB needs no wide ones, so its directories are
// written again in the classic form, behind the pixels, which stay where they are (https://www.awaresystems.be/imaging/tiff/bigtiff.html).

/** Bytes per value, by type from 0 to 18; the last three are those that only BigTIFF has. */
const valueBytes = [1, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 1, 1, 8, 8, 8]
/** Their classic counterparts: LONG, SLONG and IFD. */
const wideTypes: Record<number, number> = { 16: 4, 17: 9, 18: 13 }
const maxDirectories = 1000
const maxEntries = 1000

export function isBigTiff(bytes: Uint8Array): boolean {
  const [a, b, c, d] = bytes
  return (a === 0x49 && b === 0x49 && c === 43 && d === 0) || (a === 0x4d && b === 0x4d && c === 0 && d === 43)
}

/** The same pictures as a classic TIFF; null if the file makes no sense. Bytes of another type are returned as they are. */
export function asClassicTiff(bytes: Uint8Array): Uint8Array | null {
  if (!isBigTiff(bytes)) return bytes
  try {
    return rewritten(bytes)
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

function rewritten(bytes: Uint8Array): Uint8Array {
  const data = view(bytes)
  const isLittle = bytes[0] === 0x49
  const offset = (at: number): number => {
    const wide = data.getBigUint64(at, isLittle)
    if (wide > BigInt(bytes.length)) throw new RangeError('An offset is outside the file.')
    return Number(wide)
  }
  const head = Buffer.from(bytes)
  const parts: Buffer[] = [head]
  let length = head.length
  const number = (value: number, size: 2 | 4): Buffer => {
    const written = Buffer.alloc(size)
    if (isLittle) written.writeUIntLE(value, 0, size)
    else written.writeUIntBE(value, 0, size)
    return written
  }
  const append = (part: Buffer): number => {
    const at = length + (length % 2)
    parts.push(Buffer.alloc(length % 2), part)
    length = at + part.length
    return at
  }
  number(42, 2).copy(head, 2)
  // Where the offset of the next directory belongs.
  let link = { part: head, at: 4 }
  let count = 0
  for (let at = offset(8); at !== 0; count += 1) {
    if (count === maxDirectories) throw new RangeError('There are too many pages.')
    const entries = offset(at)
    if (entries > maxEntries) throw new RangeError('There are too many entries.')
    const lines: Buffer[] = []
    for (let entry = at + 8; entry < at + 8 + 20 * entries; entry += 20) {
      const type = data.getUint16(entry + 2, isLittle)
      const values = offset(entry + 4)
      const size = (valueBytes[type] ?? 1) * values
      const from = size > 8 ? offset(entry + 12) : entry + 12
      if (from + size > bytes.length) throw new RangeError('Values are outside the file.')
      const narrow = wideTypes[type]
      const content =
        narrow === undefined
          ? Buffer.from(bytes.subarray(from, from + size))
          : Buffer.concat(Array.from({ length: values }, (_, index) => number(offset(from + 8 * index), 4)))
      const value =
        content.length <= 4 ? Buffer.concat([content, Buffer.alloc(4 - content.length)]) : number(append(content), 4)
      lines.push(
        Buffer.concat([
          Buffer.from(bytes.subarray(entry, entry + 2)),
          number(narrow ?? type, 2),
          number(values, 4),
          value
        ])
      )
    }
    const directory = Buffer.concat([number(entries, 2), ...lines, number(0, 4)])
    number(append(directory), 4).copy(link.part, link.at)
    link = { part: directory, at: directory.length - 4 }
    at = offset(at + 8 + 20 * entries)
  }
  return Buffer.concat(parts)
}
