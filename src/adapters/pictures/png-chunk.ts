import { crc32 } from 'node:zlib'

/** A chunk as PNG stores it: length, name, content, checksum (https://www.w3.org/TR/png-3/#5Chunk-layout). */
export function pngChunk(name: string, content: Uint8Array): Buffer {
  const chunk = Buffer.alloc(12 + content.length)
  chunk.writeUInt32BE(content.length, 0)
  chunk.write(name, 4, 'latin1')
  chunk.set(content, 8)
  chunk.writeUInt32BE(crc32(chunk.subarray(4, -4)), chunk.length - 4)
  return chunk
}
