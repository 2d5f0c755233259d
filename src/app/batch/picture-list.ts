import { open, readdir, stat } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { isPdf, isPictureHead } from '#adapters/pictures/picture-header.ts'
import { DescryError } from '#shared/errors.ts'
import { formatList } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'

/** A picture file in the folder. */
export interface PictureFile {
  path: string
  /** Relative to the folder, with / on every system: the name in the output. */
  name: string
  bytes: number
  modifiedMs: number
}

/** The pictures in a folder, and what was left out. */
export interface PictureList {
  files: PictureFile[]
  /** "Left out: 2 subfolders, 1 link."; null if nothing was left out that may contain a picture. */
  leftOut: string | null
}

const headBytes = 20_000
/** A file with such a name is listed as a picture, even if only to report that it is damaged or cannot be read. */
const pictureName = /\.(?:jpe?g|png|gif|webp|avif|hei[cf]|bmp|tiff?|svgz?|ico|cur)$/iu

/**
 * The picture files of a folder, recognized by their content and sorted by name. Links are not followed: they may lead
 * out of the folder or in a circle. Hidden files and folders are skipped. Errors: not-found, no-permission.
 */
export async function listPictures(
  folder: string,
  options: { isRecursive: boolean },
  signal: AbortSignal
): Promise<PictureList> {
  const files: PictureFile[] = []
  const leftOut: LeftOut = { folders: 0, unreadable: 0, links: 0, pdfs: 0 }
  const visit = async (directory: string): Promise<void> => {
    const entries = await readdir(directory, { withFileTypes: true })
    for (const entry of entries.toSorted((one, other) => (one.name < other.name ? -1 : 1))) {
      signal.throwIfAborted()
      // The second is left behind when a run is killed while writing alt text.
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
      message: t('batch.folder-unreadable'),
      next: t('batch.folder-unreadable.next'),
      cause: error
    })
  }
  return { files, leftOut: leftOutSentence(leftOut) }
}

function unlessStopped(otherwise: () => void, signal: AbortSignal): () => void {
  return () => {
    signal.throwIfAborted()
    otherwise()
  }
}

type LeftOut = Record<'folders' | 'unreadable' | 'links' | 'pdfs', number>

function leftOutSentence(counts: LeftOut): string | null {
  const names = ['folders', 'unreadable', 'links', 'pdfs'] as const
  const parts = names
    .filter((name) => counts[name] > 0)
    .map((name) => t(`batch.left-out.${name}`, { count: counts[name] }))
  return parts.length === 0 ? null : t('batch.left-out', { what: formatList(parts) })
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
