import { basename } from 'node:path'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import type { Captioning } from './captions/captioning.ts'
import type { Items } from './items.ts'
import type { Dependencies } from './dependencies.ts'
import { blankColor } from '#core/facts/blank.ts'
import type { PicturePart } from '#core/ports/pictures.ts'
import type { Item } from '#shared/bridge.ts'
import type { Detail } from '#shared/caption.ts'
import { asDescryError, DescryError, isAbort } from '#shared/errors.ts'
import { failureOfFile } from '#shared/file-failure.ts'

/** Opens files: each page, frame or part is added to the list, and the first is described. */
export interface Opening {
  openPath(path: string, detail?: Detail): Promise<Item>
  openBytes(name: string, bytes: Uint8Array, detail?: Detail): Promise<Item>
}

/** A book of 500 pages would push everything else out of the list. */
const maxParts = 50
/** A frame that is empty at this size is empty. */
const glanceLimit = { maxWidthPx: 512, maxHeightPx: 512 }

export function createOpening(
  dependencies: Pick<Dependencies, 'opener' | 'decoder'>,
  items: Items,
  captioning: Captioning
): Opening {
  /** Many animations fade in, so the first frame that is not blank stands for the whole. */
  async function firstToSee(frames: PicturePart[]): Promise<Uint8Array | null> {
    for (const frame of frames) {
      const bytes = await frame.load()
      if (blankColor((await dependencies.decoder.decode(bytes)).pixels(glanceLimit)) === null) return bytes
    }
    return null
  }

  async function openBytes(name: string, bytes: Uint8Array, detail?: Detail): Promise<Item> {
    const file = await dependencies.opener.open(bytes)
    const isDocument = file.mime === 'application/pdf' || file.parts[0]?.fragment.startsWith('#page')
    const isAnimation = file.parts[0]?.fragment.startsWith('#frame')
    const shown = isAnimation ? ((await firstToSee(file.parts)) ?? bytes) : bytes
    const whole: PicturePart = { label: null, fragment: '', load: async () => shown, text: async () => null }
    // An animation or a long picture is described as a whole; its parts are listed after it.
    const listed = (isDocument || file.parts.length === 1 ? file.parts : [whole, ...file.parts]).slice(0, maxParts)
    // The first part is added last, because the newest item is shown; the others follow it in the list.
    const added = listed.toReversed().map((part) =>
      items.add(
        { origin: 'file', label: part.label === null ? name : `${name}, ${part.label}` },
        {
          bytes: part === listed[0] && !isDocument ? shown : () => part.load(),
          readText: () => part.text(),
          heldBytes: Math.ceil(bytes.length / listed.length),
          windowTitle: null,
          applicationName: null
        }
      )
    )
    const first = added.at(-1)
    if (!first) throw new DescryError('bad-image')
    captioning.start(first.id, { detail, cause: 'command' })
    return first
  }

  return {
    openBytes: (name, bytes, detail) => named(name, () => openBytes(name, bytes, detail)),
    openPath: (path, detail) =>
      named(basename(path), async () => openBytes(basename(path), await readPictureFile(path), detail))
  }
}

/** Adds the file's name to an error, because several files may be opened at once. */
async function named(name: string, open: () => Promise<Item>): Promise<Item> {
  try {
    return await open()
  } catch (cause) {
    if (isAbort(cause)) throw cause
    const { code, ...details } = failureOfFile(name, asDescryError(cause).toFailure())
    throw new DescryError(code, { ...details, cause })
  }
}
