import { basename } from 'node:path'
import { readPictureFile } from '#adapters/picture-file.ts'
import type { Captioning } from './captioning.ts'
import type { Items } from './items.ts'
import type { Parts } from './parts.ts'
import type { PicturePart } from '#core/ports.ts'
import type { Item } from '#shared/bridge.ts'
import type { Detail } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'

/** Files that the user opens: each of their pages, frames or parts is in the list, and the first is described. */
export interface Opening {
  openPath(path: string, detail?: Detail): Promise<Item>
  openBytes(name: string, bytes: Uint8Array, detail?: Detail): Promise<Item>
}

/** A book of 500 pages would push everything else out of the list. */
const maxParts = 50

export function createOpening(parts: Pick<Parts, 'opener'>, items: Items, captioning: Captioning): Opening {
  async function openBytes(name: string, bytes: Uint8Array, detail?: Detail): Promise<Item> {
    const file = await parts.opener.open(bytes)
    const isDocument = file.mime === 'application/pdf' || file.parts[0]?.fragment.startsWith('#page')
    const whole: PicturePart = { label: null, fragment: '', load: async () => bytes, text: async () => null }
    // Of an animation or a long picture the whole is described, and its parts can be.
    const listed = (isDocument || file.parts.length === 1 ? file.parts : [whole, ...file.parts]).slice(0, maxParts)
    // The first comes last, since the newest is the one that is shown; the others follow it in the list's order.
    const added = listed.toReversed().map((part) =>
      items.add(
        { origin: 'file', label: part.label === null ? name : `${name}, ${part.label}` },
        {
          bytes: part === listed[0] && !isDocument ? bytes : () => part.load(),
          readText: () => part.text(),
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
    openBytes,
    async openPath(path, detail) {
      return await openBytes(basename(path), await readPictureFile(path), detail)
    }
  }
}
