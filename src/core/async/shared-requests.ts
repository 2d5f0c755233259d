import { abortError, untilAborted } from './abort.ts'

/** One piece of work that several ask for at the same time. */
interface Shared<Event, Result> {
  /** What has been told so far: who comes later hears it first. */
  told: Event[]
  listeners: Set<(event: Event) => void>
  result: Promise<Result>
  controller: AbortController
}

/** Identical requests in flight are one: it is paid once, and all who wait hear it. */
export interface SharedRequests<Event, Result> {
  /**
   * Begins the work, or joins it when the same `key` is under way. It is aborted when all who wait have aborted; who
   * aborts gets an AbortError at once.
   */
  join(
    key: string,
    begin: (tell: (event: Event) => void, signal: AbortSignal) => Promise<Result>,
    listener: (event: Event) => void,
    signal: AbortSignal
  ): Promise<Result>
}

export function createSharedRequests<Event, Result>(): SharedRequests<Event, Result> {
  const underWay = new Map<string, Shared<Event, Result>>()

  function start(
    key: string,
    begin: (tell: (event: Event) => void, signal: AbortSignal) => Promise<Result>
  ): Shared<Event, Result> {
    const controller = new AbortController()
    const told: Event[] = []
    const listeners = new Set<(event: Event) => void>()
    const tell = (event: Event): void => {
      told.push(event)
      for (const listener of listeners) listener(event)
    }
    // Begun a moment later, so that the caller that started it hears everything.
    const result = Promise.resolve()
      .then(() => begin(tell, controller.signal))
      .finally(() => {
        if (underWay.get(key) === shared) underWay.delete(key)
      })
    result.catch(() => undefined)
    const shared = { told, listeners, result, controller }
    underWay.set(key, shared)
    return shared
  }

  return {
    async join(key, begin, listener, signal) {
      if (signal.aborted) throw abortError(signal)
      const shared = underWay.get(key) ?? start(key, begin)
      for (const event of shared.told) listener(event)
      // A function of its own for each who waits: two may hand in the same.
      const hear = (event: Event): void => listener(event)
      shared.listeners.add(hear)
      try {
        return await untilAborted(shared.result, signal)
      } finally {
        shared.listeners.delete(hear)
        if (shared.listeners.size === 0 && signal.aborted) {
          // It can no longer be joined: it is ending.
          if (underWay.get(key) === shared) underWay.delete(key)
          shared.controller.abort(abortError(signal))
        }
      }
    }
  }
}
