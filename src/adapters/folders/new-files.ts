import type { BigIntStats } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { asDescryError } from '#shared/errors.ts'
import { readPictureFile } from '../pictures/picture-file.ts'
import { readWholeHeader } from '../pictures/picture-header.ts'

/** Excludes hidden files and temporary names of editors and downloads, which are work in progress. A name may have lines. */
const pictureName = /^(?![.~]).+\.(?:png|jpe?g|webp|gif|bmp|tiff?|avif|hei[cf])$/isu
/** exiftool writes this next to a picture, then renames it over the picture: an old picture with new metadata. */
const rewriting = /^(.+)_exiftool_tmp$/su
const rewritingMs = 10_000

const tickMs = 50
const maxWaitForOrderMs = 1000

export interface NewFilesOptions {
  /** A file is checked when it has not changed for this long. */
  settleMs: number
  /** A file that has not changed for this long is reported even if its end is missing. */
  giveUpMs: number
}

/** The picture files of one folder. Other files are ignored. */
export interface NewFiles {
  /** The file exists; it is new if it has changed since `sinceMs` (Date.now()). */
  find(name: string, sinceMs: number): Promise<void>
  /** Something happened to the file. */
  arrive(name: string): void
  close(): void
}

/** An incomplete file, as it was when it last changed. */
interface Growing {
  size: bigint
  changedNs: bigint
  sinceMs: number
  /** It stopped changing while its end was missing. */
  isCut: boolean
  arrivedMs: number
}

/** Whether a picture's end is missing. One that fails for another reason is complete, and the user should hear why. */
async function isCutShort(path: string): Promise<boolean> {
  try {
    readWholeHeader(await readPictureFile(path))
    return false
  } catch (error) {
    return asDescryError(error).code === 'bad-image'
  }
}

/**
 * The same for a picture under any name: a renamed old picture is not new, one written over an old one is. The time is not
 * part of it, since touching a file does not change it.
 */
function identity(name: string, found: BigIntStats): string {
  return `${found.ino}:${found.birthtimeNs > 0n ? found.birthtimeNs : name}:${found.size}`
}

/** Reports each new picture file of a folder once, when it is complete, in order of arrival. */
export function createNewFiles(
  folder: string,
  { settleMs, giveUpMs }: NewFilesOptions,
  onPicture: (path: string) => void
): NewFiles {
  /** Files that are not new, or have been reported. */
  const known = new Set<string>()
  /** In order of arrival. */
  const growing = new Map<string, Growing>()
  /** Pictures that exiftool is writing, and since when. */
  const rewritten = new Map<string, number>()
  let tick: NodeJS.Timeout | undefined
  let isEnded = false

  const inspect = (name: string): Promise<BigIntStats> => stat(join(folder, name), { bigint: true })

  async function look(name: string, file: Growing, mayReport: boolean): Promise<void> {
    const path = join(folder, name)
    const found = await inspect(name)
    const id = identity(name, found)
    if (isRewritten(name)) known.add(id)
    if (!found.isFile() || known.has(id)) {
      growing.delete(name)
      return
    }
    const nowMs = performance.now()
    if (found.size !== file.size || found.mtimeNs !== file.changedNs) {
      growing.set(name, { ...file, size: found.size, changedNs: found.mtimeNs, sinceMs: nowMs, isCut: false })
      return
    }
    const quietMs = nowMs - file.sinceMs
    if (quietMs < settleMs || !mayReport) return
    if (quietMs < giveUpMs) {
      // Checked once per change: only a change can bring the end.
      file.isCut ||= await isCutShort(path)
      if (file.isCut || isEnded) return
    }
    known.add(id)
    growing.delete(name)
    onPicture(path)
  }

  async function lookAtAll(): Promise<void> {
    // Setting an existing key keeps its place, so the order of arrival stays.
    let isOrderSafe = true
    for (const [name, file] of growing) {
      await look(name, file, isOrderSafe).catch(() => growing.delete(name))
      if (isEnded) return
      // Later files wait for this one, unless it is cut short or keeps growing.
      const left = growing.get(name)
      if (left && !left.isCut && performance.now() - left.arrivedMs < maxWaitForOrderMs) isOrderSafe = false
    }
    tick = growing.size > 0 ? setTimeout(() => void lookAtAll(), tickMs) : undefined
  }

  function isRewritten(name: string): boolean {
    const sinceMs = rewritten.get(name)
    rewritten.delete(name)
    return sinceMs !== undefined && performance.now() - sinceMs < rewritingMs
  }

  function arrive(name: string): void {
    const picture = rewriting.exec(name)?.[1]
    // A picture that has just arrived is reported anyway, with the new metadata.
    if (picture !== undefined && !growing.has(picture)) rewritten.set(picture, performance.now())
    if (!pictureName.test(name) || growing.has(name)) return
    const nowMs = performance.now()
    growing.set(name, { size: -1n, changedNs: -1n, sinceMs: nowMs, isCut: false, arrivedMs: nowMs })
    tick ??= setTimeout(() => void lookAtAll(), 0)
  }

  return {
    async find(name, sinceMs) {
      if (!pictureName.test(name)) return
      const found = await inspect(name).catch(() => null)
      // A file that an event has reported in the meantime is new.
      if (!found || growing.has(name)) return
      if (Number(found.mtimeMs) > sinceMs) arrive(name)
      else known.add(identity(name, found))
    },
    arrive,
    close() {
      isEnded = true
      clearTimeout(tick)
    }
  }
}
