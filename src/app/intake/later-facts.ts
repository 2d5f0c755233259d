import { bytesOf } from '../describing/request.ts'
import type { Items } from '../items.ts'
import type { Dependencies } from '../dependencies.ts'
import { readLocalFacts } from '#core/facts/local-facts.ts'

/** Finding facts blocks the process for about 0.1 s, so it waits until no more pictures come. */
const quietMs = 1000

/** Finds the local facts of pictures that arrived on their own. */
export interface LaterFacts {
  /** Queues an item. It is skipped if its facts are found some other way first. */
  add(itemId: string): void
  close(): void
}

/**
 * Newest first and one at a time. A picture that is described gets its facts then.
 *
 * @param coming How many pictures are known to be on their way.
 */
export function createLaterFacts(
  dependencies: Pick<Dependencies, 'clock' | 'decoder' | 'codes'>,
  items: Items,
  coming: () => number
): LaterFacts {
  const wanted: string[] = []
  let cancel = (): void => undefined
  let isFinding = false

  function later(): void {
    cancel()
    cancel = dependencies.clock.after(quietMs, () => void findNext())
  }

  async function findNext(): Promise<void> {
    if (isFinding) return
    if (coming() > 0) return later()
    const id = wanted.pop()
    if (id === undefined) return
    isFinding = true
    // Facts are optional: a picture without them can still be described.
    await find(id).catch(() => undefined)
    isFinding = false
    if (wanted.length > 0) later()
  }

  async function find(id: string): Promise<void> {
    if (items.find(id)?.facts !== null || !items.hasPicture(id)) return
    const facts = await readLocalFacts(
      await dependencies.decoder.decode(await bytesOf(items.picture(id))),
      dependencies.codes
    )
    if (items.find(id)?.facts === null) items.change(id, { facts })
  }

  return {
    add(itemId) {
      wanted.push(itemId)
      later()
    },
    close() {
      wanted.length = 0
      cancel()
    }
  }
}
