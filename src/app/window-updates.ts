import type { Host } from './host.ts'
import type { ItemChange, Items } from './items.ts'
import type { AppStatus } from './status.ts'
import type { Events } from '#core/async/emitter.ts'
import type { Snapshot } from '#shared/bridge.ts'

/**
 * Keeps the window up to date: the snapshot that it asks for when it opens, then each changed item and status. The
 * revision lets the window ignore an event that its snapshot already covers.
 */
export function createWindowUpdates({
  host,
  items,
  itemChanges,
  status,
  statusChanges
}: {
  host: Pick<Host, 'send'>
  items: Pick<Items, 'all'>
  itemChanges: Events<ItemChange>
  status: Pick<AppStatus, 'current'>
  statusChanges: Events<void>
}): { snapshot(): Snapshot } {
  let revision = 0
  itemChanges.on(({ item, gone }) => {
    revision += 1
    host.send('item', { revision, item, gone: [...gone] })
  })
  statusChanges.on(() => {
    revision += 1
    host.send('status', { revision, status: status.current() })
  })
  return { snapshot: () => ({ revision, items: items.all(), status: status.current() }) }
}
