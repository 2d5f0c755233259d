import { randomUUID } from 'node:crypto'
import type { Item } from '#shared/bridge.ts'
import { DescryError } from '#shared/errors.ts'

/** A picture, and what the window title and so on were when it was taken: for the prompt, never spoken. */
export interface PictureContext {
  /** In hand, or to be drawn from a file when they are asked for. */
  bytes: Uint8Array | (() => Promise<Uint8Array>)
  /** What `bytes` holds in memory as long as it is a function: its share of an opened file. */
  heldBytes?: number
  windowTitle: string | null
  applicationName: string | null
  /** The words that a PDF page itself holds. */
  readText?: () => Promise<string | null>
}

/** The bytes of a picture; errors of what draws them. */
export async function bytesOf({ bytes }: PictureContext): Promise<Uint8Array> {
  return typeof bytes === 'function' ? await bytes() : bytes
}

const sizeOf = ({ bytes, heldBytes = 0 }: PictureContext): number =>
  typeof bytes === 'function' ? heldBytes : bytes.length

export interface NewItem {
  origin: Item['origin']
  label: string
  question?: string
  /** The item whose picture this one is about; its own when absent. */
  pictureId?: string
}

/** The list of what came, newest last, with the pictures themselves. In memory only. */
export interface Items {
  all(): Item[]
  find(id: string): Item | null
  newest(): Item | null
  /** Adds a waiting item. */
  add(item: NewItem, picture?: PictureContext): Item
  change(id: string, change: Partial<Item>): Item
  /** The user asked for a caption that was withheld: from now on it is shown. */
  show(id: string): void
  /** False when it has been let go, or there is no such item. */
  hasPicture(id: string): boolean
  /** The picture of an item; no-picture when it has been let go. */
  picture(id: string): PictureContext
}

const maxItems = 200
const maxPictureBytes = 128 * 1024 * 1024

/** @param onChange hears of each new and each changed item, and of the ids of those that were let go for it. */
export function createItems(onChange: (item: Item, gone: readonly string[]) => void): Items {
  const items = new Map<string, Item>()
  const pictures = new Map<string, PictureContext>()

  /** But never of the newest, of what is being described, and of the pictures these are about. */
  function letGoOfTheOldest(newest: string): string[] {
    const gone: string[] = []
    const needed = new Set<string>()
    for (const { id, state, pictureId } of items.values())
      if (id === newest || state === 'describing') needed.add(id).add(pictureId)
    for (const id of items.keys()) {
      if (items.size <= maxItems) break
      if (needed.has(id)) continue
      items.delete(id)
      pictures.delete(id)
      gone.push(id)
    }
    let bytes = 0
    for (const picture of pictures.values()) bytes += sizeOf(picture)
    for (const [id, picture] of pictures) {
      if (bytes <= maxPictureBytes) break
      if (needed.has(id)) continue
      pictures.delete(id)
      bytes -= sizeOf(picture)
    }
    return gone
  }

  const list: Items = {
    all: () => [...items.values()],
    find: (id) => items.get(id) ?? null,
    newest: () => [...items.values()].at(-1) ?? null,
    add({ origin, label, question, pictureId }, picture) {
      const id = randomUUID()
      const item: Item = {
        id,
        at: new Date().toISOString(),
        origin,
        label,
        pictureId: pictureId ?? id,
        question: question ?? null,
        state: 'waiting',
        facts: null,
        caption: '',
        sentences: [],
        detail: null,
        steps: [],
        unconfirmed: [],
        isTextUnchecked: false,
        notice: null,
        isWithheld: false,
        tags: [],
        model: null,
        costUsd: null,
        offline: false,
        warnings: [],
        failure: null
      }
      items.set(id, item)
      if (picture) pictures.set(id, picture)
      onChange(item, letGoOfTheOldest(id))
      return item
    },
    change(id, change) {
      const item = items.get(id)
      if (!item) throw new DescryError('no-picture', { message: 'This picture is no longer in the list.' })
      const changed = { ...item, ...change }
      items.set(id, changed)
      onChange(changed, [])
      return changed
    },
    show(id) {
      if (items.get(id)?.isWithheld) list.change(id, { isWithheld: false })
    },
    hasPicture: (id) => pictures.has(items.get(id)?.pictureId ?? ''),
    picture(id) {
      const picture = pictures.get(items.get(id)?.pictureId ?? id)
      if (!picture) throw new DescryError('no-picture', { message: 'This picture is no longer kept.' })
      return picture
    }
  }
  return list
}
