import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { readRegularFile } from '../regular-file.ts'
import { maxPictureBytes, tooManyBytes } from './picture-header.ts'

const codes: Record<string, 'not-found' | 'no-permission' | 'unsupported' | 'too-large'> = {
  ENOENT: 'not-found',
  ENOTDIR: 'not-found',
  ENAMETOOLONG: 'not-found',
  ELOOP: 'not-found',
  ERR_INVALID_ARG_VALUE: 'not-found',
  EACCES: 'no-permission',
  EPERM: 'no-permission',
  EISDIR: 'unsupported',
  ENXIO: 'unsupported',
  EFBIG: 'too-large'
}

/**
 * The bytes of a file of at most 100 MB. Errors: not-found, no-permission, too-large (before anything is read),
 * unsupported (a folder, or a pipe or device, which would never end).
 */
export async function readPictureFile(path: string): Promise<Uint8Array> {
  try {
    return await readRegularFile(path, maxPictureBytes)
  } catch (error) {
    const systemCode = (error as NodeJS.ErrnoException).code ?? ''
    const code = codes[systemCode] ?? 'internal'
    if (code === 'too-large') throw tooManyBytes()
    if (code === 'unsupported') throw notAFile(systemCode === 'EISDIR', error)
    if (code === 'no-permission')
      throw new DescryError(code, {
        message: t('pictures.file-no-permission'),
        next: t('pictures.file-no-permission.next'),
        cause: error
      })
    throw new DescryError(code, { cause: error })
  }
}

function notAFile(isFolder: boolean, cause: unknown): DescryError {
  return isFolder
    ? new DescryError('unsupported', {
        message: t('pictures.folder'),
        next: t('pictures.folder.next'),
        cause
      })
    : new DescryError('unsupported', { message: t('pictures.not-a-file'), next: t('pictures.not-a-file.next'), cause })
}
