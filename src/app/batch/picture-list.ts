import { open, readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { isPictureHead } from '#adapters/pictures/picture-header.ts'
import { DescryError } from '#shared/errors.ts'

/** A picture file in the folder. */
export interface PictureFile {
  path: string
  /** From the folder, with / on every system: the name in the output. */
  name: string
  bytes: number
  modifiedMs: number
}

const headBytes = 20_000

/**
 * The picture files of a folder by their content, in the order of their names. Links are not followed: they may lead
 * out of the folder or in a circle. Errors: not-found, no-permission.
 */
export async function listPictures(
  folder: string,
  options: { isRecursive: boolean },
  signal: AbortSignal
): Promise<PictureFile[]> {
  const found: PictureFile[] = []
  const visit = async (directory: string): Promise<void> => {
    const entries = await readdir(directory, { withFileTypes: true })
    for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      signal.throwIfAborted()
      const path = join(directory, entry.name)
      if (entry.isDirectory() && options.isRecursive) await visit(path).catch(ignoreUnreadable)
      const isLeftOver = entry.name.endsWith('_exiftool_tmp')
      if (!entry.isFile() || isLeftOver || !(await looksLikePicture(path))) continue
      const { size, mtimeMs } = await stat(path)
      found.push({ path, name: relative(folder, path).replaceAll('\\', '/'), bytes: size, modifiedMs: mtimeMs })
    }
  }
  try {
    await visit(folder)
  } catch (error) {
    if (error instanceof DescryError || signal.aborted) throw error
    throw new DescryError((error as NodeJS.ErrnoException).code === 'EACCES' ? 'no-permission' : 'not-found', {
      message: 'This folder cannot be read.',
      next: 'Check its name.',
      cause: error
    })
  }
  return found
}

async function looksLikePicture(path: string): Promise<boolean> {
  try {
    await using file = await open(path)
    const head = new Uint8Array(headBytes)
    const { bytesRead } = await file.read(head, 0, headBytes)
    return isPictureHead(head.subarray(0, bytesRead))
  } catch {
    return false
  }
}

function ignoreUnreadable(error: unknown): void {
  if ((error as NodeJS.ErrnoException).code !== 'EACCES') throw error
}
