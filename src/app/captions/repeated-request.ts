import type { Clock } from '#core/ports/time.ts'
import type { Item } from '#shared/bridge.ts'

/**
 * A refused request that the user was told about: to repeat it soon is to agree. The same command may bring the same picture
 * as a new item.
 */
export interface RepeatedRequest {
  /** The user was told that this request was refused. */
  announce(item: Item): void
  /** Whether this is the request just announced. It counts once. */
  take(item: Item): boolean
  /** What was announced is no longer an offer. */
  forget(): void
}

export function createRepeatedRequest(clock: Clock, withinMs: number): RepeatedRequest {
  let announced: { request: string; atMs: number } | null = null
  const requestOf = ({ origin, label, question }: Item): string => JSON.stringify([origin, label, question])
  return {
    announce(item) {
      announced = { request: requestOf(item), atMs: clock.nowMs() }
    },
    take(item) {
      const isRepeated = announced?.request === requestOf(item) && clock.nowMs() - announced.atMs < withinMs
      announced = null
      return isRepeated
    },
    forget() {
      announced = null
    }
  }
}
