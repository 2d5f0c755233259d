import { inflateRawSync } from 'node:zlib'

const endRecord = 0x06054b50
const stored = 0
const deflated = 8

/**
 * The files of a zip archive whose checksum was verified. Supports ordinary archives only, not zip64.
 *
 * @throws Error for any other archive.
 */
export function zipEntries(archive: Buffer): Map<string, Buffer> {
  let end = archive.length - 22
  while (end >= 0 && archive.readUInt32LE(end) !== endRecord) end -= 1
  if (end < 0) throw new Error('This is not a zip archive.')
  const entries = new Map<string, Buffer>()
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const method = archive.readUInt16LE(at + 10)
    const packedBytes = archive.readUInt32LE(at + 20)
    const nameBytes = archive.readUInt16LE(at + 28)
    const name = archive.toString('utf8', at + 46, at + 46 + nameBytes)
    const local = archive.readUInt32LE(at + 42)
    // After the entry's own header, whose name and extra field vary in length.
    const from = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const packed = archive.subarray(from, from + packedBytes)
    if (method !== stored && method !== deflated) throw new Error(`${name} is packed in an unknown way.`)
    entries.set(name, method === deflated ? inflateRawSync(packed) : packed)
    at += 46 + nameBytes + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32)
  }
  return entries
}
