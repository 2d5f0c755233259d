import type { Cause } from '#core/speaking/announcer.ts'
import type { Clock } from '#core/ports/time.ts'
import type { Item } from '#shared/bridge.ts'

/** The same order again within this time goes beyond the spending limit. */
const exceedMs = 60_000

/**
 * Whether an order may go beyond the spending limit: what the user orders again, soon after the limit was told of, may.
 * One consent holds for all requests of an order. The same command again may bring the same picture as a new item.
 */
export function createSpendingConsent(clock: Clock): (item: Item, cause: Cause) => () => Promise<boolean> {
  /** For which order the limit was last told of. */
  let toldOfLimit: { order: string; atMs: number } | null = null

  return ({ origin, label, question }, cause) => {
    let consent: boolean | null = null
    return async () => {
      if (cause === 'watcher') return false
      if (consent !== null) return consent
      const order = JSON.stringify([origin, label, question])
      const nowMs = clock.nowMs()
      consent = toldOfLimit?.order === order && nowMs - toldOfLimit.atMs < exceedMs
      toldOfLimit = consent ? null : { order, atMs: nowMs }
      return consent
    }
  }
}
