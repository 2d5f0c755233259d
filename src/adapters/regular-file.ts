import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'

/**
 * The bytes of a file that anybody may have put in its place: a pipe, a device or a folder is refused at once, instead of
 * being read forever.
 *
 * @throws the system's errors; EISDIR for a folder, ENXIO for a pipe or device, EFBIG for more than `maxBytes`, before
 * anything is read.
 */
export async function readRegularFile(path: string, maxBytes = Infinity): Promise<Buffer> {
  // Without O_NONBLOCK, opening a named pipe waits for a writer. Windows has neither.
  await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  const stats = await file.stat()
  if (stats.isDirectory()) throw systemError('EISDIR')
  if (!stats.isFile()) throw systemError('ENXIO')
  if (stats.size > maxBytes) throw systemError('EFBIG')
  return readAll(file, stats.size)
}

/** Reads no more than the file's size: some system files, such as /proc/self/pagemap, have no size and no end. */
async function readAll(file: FileHandle, size: number): Promise<Buffer> {
  const bytes = Buffer.allocUnsafeSlow(size)
  let position = 0
  while (position < size) {
    const { bytesRead } = await file.read(bytes, position, size - position)
    // The file has become shorter.
    if (bytesRead === 0) break
    position += bytesRead
  }
  return bytes.subarray(0, position)
}

function systemError(code: 'EISDIR' | 'ENXIO' | 'EFBIG'): NodeJS.ErrnoException {
  return Object.assign(new Error(code), { code })
}
