/** What a part of the app tells others. Listeners are called in the order in which they subscribed. */
export interface Emitter<Value> {
  readonly hasListeners: boolean
  emit: (value: Value) => void
  /** Returns a function that ends the subscription. */
  on: (listener: (value: Value) => void) => () => void
}

/** The listening end. */
export type Events<Value> = Pick<Emitter<Value>, 'on'>

/**
 * Lets a part of the app tell what happened without knowing who listens. Listeners are not called for what was emitted
 * before they subscribed; what one throws reaches the emitter's caller.
 */
export function createEmitter<Value>(): Emitter<Value> {
  const listeners = new Set<(value: Value) => void>()
  return {
    get hasListeners() {
      return listeners.size > 0
    },
    emit(value) {
      for (const listener of listeners) listener(value)
    },
    on(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    }
  }
}
