import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { maxPictureBytes, tooManyBytes } from './picture-header.ts'

const codes: Record<string, 'not-found' | 'no-permission' | 'unsupported'> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  ENAMETOOLONG: 'not-found',
  ELOOP: 'not-found',
  ERR_INVALID_ARG_VALUE: 'not-found',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  EISDIR: 'unsupported',
  ENXIO: 'unsupported'
}

/**
 * The bytes of a file of at most 100 MB. Errors: not-found, no-permission, too-large (before anything is read),
 * unsupported (a folder, or a pipe or device, which would never end).
 */
export async function readPictureFile(path: string): Promise<Uint8Array> {
  try {
    // Without O_NONBLOCK, opening a named pipe waits for a writer. Windows has neither.
    await using file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    const stats = await file.stat()
    if (!stats.isFile()) throw notAFile(stats.isDirectory())
    if (stats.size > maxPictureBytes) throw tooManyBytes()
    return await readAll(file, stats.size)
  } catch (error) {
    if (error instanceof DescryError) throw error
    const code = codes[(error as NodeJS.ErrnoException).code ?? ''] ?? 'internal'
    if (code === 'unsupported') throw notAFile((error as NodeJS.ErrnoException).code === 'EISDIR', error)
    if (code === 'no-permission')
      throw new DescryError(code, {
        message: t('pictures.file-no-permission'),
        next: t('pictures.file-no-permission.next'),
        cause: error
      })
    throw new DescryError(code, { cause: error })
  }
}

/** Reads no more than the file's size: some system files, such as /proc/self/pagemap, have no size and no end. */
async function readAll(file: FileHandle, size: number): Promise<Uint8Array> {
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

function notAFile(isFolder: boolean, cause?: unknown): DescryError {
  return isFolder
    ? new DescryError('unsupported', {
        message: t('pictures.folder'),
        next: t('pictures.folder.next'),
        cause
      })
    : new DescryError('unsupported', { message: t('pictures.not-a-file'), next: t('pictures.not-a-file.next'), cause })
}
