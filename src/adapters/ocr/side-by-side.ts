import { availableParallelism } from 'node:os'

/** Below this, starting a second engine takes longer than it saves: about as long as reading three lines. */
const leastForTwo = 8

/**
 * Does something with each item, two at a time, where there are two processors and enough items. Work begins in the order of the
 * items. Someone waits for the text, and the helper process gives way to all others, so the second processor is there to use.
 */
export async function sideBySide<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = items.values()
  const workOnRest = async (): Promise<void> => {
    for (const item of waiting) await work(item)
  }
  const isWorthIt = items.length >= leastForTwo && availableParallelism() > 1
  await Promise.all(isWorthIt ? [workOnRest(), workOnRest()] : [workOnRest()])
}
