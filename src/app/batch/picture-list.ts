import { open, readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { isPdf, isPictureHead } from '#adapters/pictures/picture-header.ts'
import { DescryError } from '#shared/errors.ts'

/** A picture file in the folder. */
export interface PictureFile {
  path: string
  /** From the folder, with / on every system: the name in the output. */
  name: string
  bytes: number
  modifiedMs: number
}

/** What a folder holds, and what in it is left out. */
export interface PictureList {
  files: PictureFile[]
  /** Such as "2 folders inside, 1 link"; null where nothing is left out that may hold a picture. */
  leftOut: string | null
}

const headBytes = 20_000
/** A file of such a name is one of the pictures, if only to say that it is damaged or may not be read. */
const pictureName = /\.(?:jpe?g|png|gif|webp|avif|hei[cf]|bmp|tiff?|svg)$/iu

/**
 * The picture files of a folder by their content, in the order of their names. Links are not followed: they may lead
 * out of the folder or in a circle. Hidden files and folders are no pictures of the user's. Errors: not-found, no-permission.
 */
export async function listPictures(
  folder: string,
  options: { isRecursive: boolean },
  signal: AbortSignal
): Promise<PictureList> {
  const files: PictureFile[] = []
  const leftOut = { folders: 0, unreadable: 0, links: 0, pdfs: 0 }
  const visit = async (directory: string): Promise<void> => {
    const entries = await readdir(directory, { withFileTypes: true })
    for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      signal.throwIfAborted()
      // The second is what a kill left of an alt text.
      if (entry.name.startsWith('.') || entry.name.endsWith('_exiftool_tmp')) continue
      const path = join(directory, entry.name)
      if (entry.isSymbolicLink()) leftOut.links += 1
      else if (entry.isDirectory() && !options.isRecursive) leftOut.folders += 1
      else if (entry.isDirectory()) await visit(path).catch(unlessStopped(() => (leftOut.unreadable += 1), signal))
      else if (entry.isFile()) {
        const kind = await kindOf(path)
        if (kind === 'pdf') leftOut.pdfs += 1
        if (kind !== 'picture' && !(kind !== 'pdf' && pictureName.test(entry.name))) continue
        const { size, mtimeMs } = await stat(path).catch(() => ({ size: 0, mtimeMs: 0 }))
        files.push({ path, name: relative(folder, path).replaceAll('\\', '/'), bytes: size, modifiedMs: mtimeMs })
      }
    }
  }
  try {
    await visit(folder)
  } catch (error) {
    signal.throwIfAborted()
    throw new DescryError((error as NodeJS.ErrnoException).code === 'EACCES' ? 'no-permission' : 'not-found', {
      message: 'This folder cannot be read.',
      next: 'Check its name.',
      cause: error
    })
  }
  return { files, leftOut: told(leftOut) }
}

function unlessStopped(otherwise: () => void, signal: AbortSignal): () => void {
  return () => {
    signal.throwIfAborted()
    otherwise()
  }
}

function told({ folders, unreadable, links, pdfs }: Record<string, number>): string | null {
  const some = (count = 0, one: string, many: string): string[] =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : many}`]
  const all = [
    ...some(folders, 'folder inside', 'folders inside'),
    ...some(unreadable, 'folder that cannot be read', 'folders that cannot be read'),
    ...some(links, 'link', 'links'),
    ...some(pdfs, 'PDF', 'PDFs')
  ]
  return all.length === 0 ? null : all.join(', ')
}

async function kindOf(path: string): Promise<'picture' | 'pdf' | 'other' | 'unreadable'> {
  try {
    await using file = await open(path)
    const bytes = new Uint8Array(headBytes)
    const head = bytes.subarray(0, (await file.read(bytes, 0, headBytes)).bytesRead)
    if (isPictureHead(head)) return 'picture'
    return isPdf(head) ? 'pdf' : 'other'
  } catch {
    return 'unreadable'
  }
}
