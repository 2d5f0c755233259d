import { open } from 'node:fs/promises'

/** How far before its end a file's last mark may stand: some programs append notes of their own. */
const tailBytes = 4096

const pngEnd = Buffer.from([0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82])
const jpegEnd = Buffer.from([0xff, 0xd9])
const gifEnd = Buffer.from([0x3b])

/** Whether a file ends as its format must. True for formats that cannot be told. Throws what the file system throws. */
export async function isCompletePicture(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const read = async (length: number, position: number): Promise<Buffer> => {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
      return buffer.subarray(0, bytesRead)
    }
    const head = await read(16, 0)
    const tail = await read(Math.min(size, tailBytes), Math.max(0, size - tailBytes))
    if (head.subarray(1, 4).toString('latin1') === 'PNG') return tail.includes(pngEnd)
    if (head[0] === 0xff && head[1] === 0xd8) return tail.includes(jpegEnd)
    if (head.subarray(0, 3).toString('latin1') === 'GIF') return tail.includes(gifEnd)
    // RIFF counts what follows its first 8 bytes, BMP counts the whole file.
    if (head.length >= 8 && head.subarray(0, 4).toString('latin1') === 'RIFF') return size >= head.readUInt32LE(4) + 8
    if (head.length >= 6 && head.subarray(0, 2).toString('latin1') === 'BM') return size >= head.readUInt32LE(2)
    return size > 0
  } finally {
    await file.close()
  }
}
