import type { Bridge, EventPayload, Item, Status } from '#shared/bridge.ts'
import type { Failure } from '#shared/errors.ts'

/** The window's view of the app: all pictures and questions, oldest first, and what the app is doing. */
export interface AppState {
  items: readonly Item[]
  status: Status
}

export interface Store {
  /** Null until the first snapshot has arrived. */
  current: () => AppState | null
  /** Why there is no snapshot, or null. */
  failure: () => Failure | null
  /** For useSyncExternalStore. Returns a function that unsubscribes. */
  subscribe: (listener: () => void) => () => void
}

type Change = EventPayload<'item'> | EventPayload<'status'>

function applied(state: AppState, change: Change): AppState {
  if ('status' in change) return { ...state, status: change.status }
  const items = state.items.filter(({ id }) => !change.gone.includes(id))
  const at = items.findIndex(({ id }) => id === change.item.id)
  return { ...state, items: at < 0 ? [...items, change.item] : items.with(at, change.item) }
}

/**
 * The window's copy of the app's state. It starts listening before it asks for the snapshot, so nothing is lost in
 * between. It ignores changes whose revision isn't newer than the snapshot's, and asks for a new snapshot if a revision
 * is missing.
 */
export function createStore(bridge: Bridge): Store {
  const listeners = new Set<() => void>()
  let state: AppState | null = null
  let failure: Failure | null = null
  let revision = 0
  /** Changes that arrived while waiting for a snapshot; null when not waiting. */
  let pending: Change[] | null = null

  function notify(): void {
    for (const listener of listeners) listener()
  }

  async function load(): Promise<void> {
    pending = []
    const reply = await bridge.request('snapshot', null)
    const missed = pending
    pending = null
    if (reply.ok) {
      state = { items: reply.value.items, status: reply.value.status }
      revision = reply.value.revision
      failure = null
      for (const change of missed) take(change)
    } else failure = reply.error
    notify()
  }

  function take(change: Change): void {
    if (pending) pending.push(change)
    else if (state === null || change.revision > revision + 1) void load()
    else if (change.revision > revision) {
      state = applied(state, change)
      revision = change.revision
      notify()
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
