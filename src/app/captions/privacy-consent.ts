import type { Clock } from '#core/ports/time.ts'
import type { Item } from '#shared/bridge.ts'

/** Repeating a request within this time after it was refused sends the picture with its private parts hidden. */
const consentMs = 30_000

/** Whether the user, told that a picture shows something private, asked for the same again. */
export interface PrivacyConsent {
  /** The user was told that this request was not sent. */
  announce(item: Item): void
  /** Whether this is the same request as the one just refused. The same command may bring the same picture as a new item. */
  take(item: Item): boolean
  /** The user stopped: what was announced is no longer an offer. */
  forget(): void
}

export function createPrivacyConsent(clock: Clock): PrivacyConsent {
  let announced: { request: string; atMs: number } | null = null
  const requestOf = ({ origin, label, question }: Item): string => JSON.stringify([origin, label, question])
  return {
    announce(item) {
      announced = { request: requestOf(item), atMs: clock.nowMs() }
    },
    take(item) {
      const isRepeated = announced?.request === requestOf(item) && clock.nowMs() - announced.atMs < consentMs
      announced = null
      return isRepeated
    },
    forget() {
      announced = null
    }
  }
}
