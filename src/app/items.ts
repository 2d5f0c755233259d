import { randomUUID } from 'node:crypto'
import type { SourcePicture } from './describing/request.ts'
import { unchecked } from '#shared/privacy-rules.ts'
import type { Item } from '#shared/bridge.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

export interface ItemPicture extends SourcePicture {
  /** Memory that `bytes` holds while it is a function: its share of an opened file. */
  heldBytes?: number
}

const sizeOf = ({ bytes, heldBytes = 0 }: ItemPicture): number =>
  typeof bytes === 'function' ? heldBytes : bytes.length

export interface NewItem {
  origin: Item['origin']
  label: string
  question?: string
  /** The item whose picture this one is about; its own by default. */
  pictureId?: string
}

/** The list of pictures and questions, newest last, with the picture bytes. In memory only. */
export interface Items {
  all(): Item[]
  find(id: string): Item | null
  newest(): Item | null
  /** Adds an item that is not described yet. */
  add(item: NewItem, picture?: ItemPicture): Item
  change(id: string, change: Partial<Item>): Item
  /** Shows a caption that was withheld, because the user asked for it. */
  show(id: string): void
  /** False when the picture was dropped, or there is no such item. */
  hasPicture(id: string): boolean
  /** The picture of an item. Errors: no-picture when it was dropped. */
  picture(id: string): ItemPicture
}

const maxItems = 200
const maxPictureBytes = 128 * 1024 * 1024

/** A new or changed item, and the ids of those that had to go to make room for it. */
export interface ItemChange {
  item: Item
  gone: readonly string[]
}

export function createItems(onChange: (change: ItemChange) => void): Items {
  const items = new Map<string, Item>()
  const pictures = new Map<string, ItemPicture>()

  /** Keeps the newest, what is being described, and the pictures that these are about. */
  function dropOldest(newest: string): string[] {
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
        privacy: unchecked,
        tags: [],
        model: null,
        costUsd: null,
        offline: false,
        warnings: [],
        failure: null
      }
      items.set(id, item)
      if (picture) pictures.set(id, picture)
      onChange({ item, gone: dropOldest(id) })
      return item
    },
    change(id, change) {
      const item = items.get(id)
      if (!item) throw new DescryError('no-picture', { message: t('capture.no-longer-in-list') })
      const changed = { ...item, ...change }
      items.set(id, changed)
      onChange({ item: changed, gone: [] })
      return changed
    },
    show(id) {
      if (items.get(id)?.isWithheld) list.change(id, { isWithheld: false })
    },
    hasPicture: (id) => pictures.has(items.get(id)?.pictureId ?? ''),
    picture(id) {
      const picture = pictures.get(items.get(id)?.pictureId ?? id)
      if (!picture) throw new DescryError('no-picture', { message: t('capture.no-longer-kept') })
      return picture
    }
  }
  return list
}
