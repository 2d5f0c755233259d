import type { Clock } from '#core/ports/time.ts'
import { isAbort } from '#shared/errors.ts'

/** The signal's reason if it is an AbortError, otherwise a new AbortError. */
export function abortError(signal: AbortSignal): Error {
  return isAbort(signal.reason) ? (signal.reason as Error) : new DOMException('Stopped.', 'AbortError')
}

/** What the promise settles to, or an AbortError as soon as the signal fires, whatever the promise does. */
export function untilAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(abortError(signal))
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop))
  })
}

/** Resolves after this time, or rejects with an AbortError as soon as the signal fires. */
export async function pause(clock: Clock, ms: number, signal: AbortSignal): Promise<void> {
  // oxlint-disable-next-line promise/no-promise-in-callback -- not a callback: the clock calls back
  const { promise, resolve } = Promise.withResolvers<void>()
  const cancel = clock.after(ms, resolve)
  try {
    await untilAborted(promise, signal)
  } finally {
    cancel()
  }
}
