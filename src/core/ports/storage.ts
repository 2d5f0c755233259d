import type { Description } from '#shared/caption.ts'
import type { SentPicture } from '#shared/sent.ts'
import type { Settings } from '#shared/settings.ts'
import type { ExpectedCost, Spent } from '#shared/spent.ts'

/*
 * The storage ports that core needs. Each has one real adapter; tests use fakes that pass the same
 * contract suite. Ports reject only with a DescryError, or with an AbortError if their signal is aborted.
 */

/** Keys in the system's keychain, each bound to one provider address. */
export interface KeyStore {
  /** Throws no-permission if the system has no usable keychain. */
  get(baseUrl: string): Promise<string | null>
  set(baseUrl: string, key: string): Promise<void>
  /** Returns true if there was a key to delete. */
  remove(baseUrl: string): Promise<boolean>
}

export interface SettingsStore {
  /** Missing settings get their defaults. A damaged file is set aside, and `warning` says so. */
  load(): Promise<{ settings: Settings; warning: string | null }>
  save(settings: Settings): Promise<void>
}

/** The log, shared by all of the user's Descry processes. Nothing here throws. */
export interface LogStore {
  /**
   * Whether the user turned the log on. Checked for each line, so that a change also takes effect in a running Descry.
   */
  isOn(): boolean
  append(line: string): void
}

/** What answers cost, shared by all of the user's Descry processes. Nothing here throws. */
export interface SpendingLedger {
  /**
   * Records the estimated cost of requests about to be sent. It counts for every process from now on, even if this one
   * is killed.
   */
  expect(...estimatesUsd: (number | null)[]): ExpectedCost
  /** Replaces the estimate with the actual costs, or removes it if none are given. Call it once. */
  settle(expected: ExpectedCost, ...costsUsd: (number | null)[]): void
  spent(): Spent
}

export type UnpricedPicture = Omit<SentPicture, 'at' | 'costUsd'>

/** The pictures that left this computer, shared by all of the user's Descry processes. */
export interface SentLog {
  /** Call it as soon as the picture has left. Returns a function that adds its cost. Neither ever throws. */
  note(sent: UnpricedPicture): (costUsd: number | null) => void
  /** Newest first. Never throws. */
  newest(limit: number): SentPicture[]
  /** Deletes all of it. Errors: no-permission. */
  clear(): void
}

/** Captions that were paid for, saved on this computer. */
export interface CaptionCache {
  /** Never throws. */
  find(key: string): Description | null
  /** Never throws. */
  keep(key: string, description: Description): void
  /** Deletes all of them. */
  clear(): void
}
