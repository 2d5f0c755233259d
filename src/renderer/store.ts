import type { Bridge, EventPayload, Item, Status } from '#shared/bridge.ts'
import type { Failure } from '#shared/errors.ts'

/** Everything the window shows that is not its own: what came, oldest first, and what the app is doing. */
export interface AppState {
  items: readonly Item[]
  status: Status
}

export interface Store {
  /** Null until the first snapshot has come. */
  current: () => AppState | null
  /** Why there is no snapshot, or null. */
  failure: () => Failure | null
  /** For useSyncExternalStore; returns a function that ends the subscription. */
  subscribe: (listener: () => void) => () => void
}

type Change = EventPayload<'item'> | EventPayload<'status'>

function changed(state: AppState, change: Change): AppState {
  if ('status' in change) return { ...state, status: change.status }
  const items = state.items.filter(({ id }) => !change.gone.includes(id))
  const at = items.findIndex(({ id }) => id === change.item.id)
  return { ...state, items: at < 0 ? [...items, change.item] : items.with(at, change.item) }
}

/**
 * The window's copy of the app's state. It listens first and asks for the snapshot then, so that nothing is lost between
 * the two: a change up to the snapshot's revision is in it already, and a gap in the revisions asks for a new one.
 */
export function createStore(bridge: Bridge): Store {
  const listeners = new Set<() => void>()
  let state: AppState | null = null
  let failure: Failure | null = null
  let revision = 0
  /** Changes that came while a snapshot was on its way; null when none is. */
  let early: Change[] | null = null

  function tell(): void {
    for (const listener of listeners) listener()
  }

  async function load(): Promise<void> {
    early = []
    const reply = await bridge.request('snapshot', null)
    const missed = early
    early = null
    if (reply.ok) {
      state = { items: reply.value.items, status: reply.value.status }
      revision = reply.value.revision
      failure = null
      for (const change of missed) take(change)
    } else failure = reply.error
    tell()
  }

  function take(change: Change): void {
    if (early) early.push(change)
    else if (state === null || change.revision > revision + 1) void load()
    else if (change.revision > revision) {
      state = changed(state, change)
      revision = change.revision
      tell()
    }
  }

  bridge.on('item', take)
  bridge.on('status', take)
  void load()

  return {
    current: () => state,
    failure: () => failure,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
}
