import type { Description } from '#shared/caption.ts'
import type { Settings } from '#shared/settings.ts'
import type { ExpectedCost, Spent } from '#shared/spent.ts'

/*
 * What is kept on this computer, as core needs it. One adapter implements each port for real; tests use fakes that pass the same contract suite.
 * A port rejects with a DescryError, or an AbortError when its signal fired, and with nothing else.
 */

/** Keys in the system's keychain, each bound to one provider address. */
export interface KeyStore {
  /** no-permission when the system has no usable keychain. */
  get(baseUrl: string): Promise<string | null>
  set(baseUrl: string, key: string): Promise<void>
  /** True when there was one. */
  remove(baseUrl: string): Promise<boolean>
}

export interface SettingsStore {
  /** Defaults for what is missing; a damaged file is kept aside and its loss is told by `warning`. */
  load(): Promise<{ settings: Settings; warning: string | null }>
  save(settings: Settings): Promise<void>
}

/** Where lines of the log go. Shared by all Descry processes of the user. Nothing here throws. */
export interface LogStore {
  /** Whether the user turned the log on. Asked for each line, so that it also reaches a Descry that is running. */
  isOn(): boolean
  append(line: string): void
}

/** What answers cost, shared by all Descry processes of the user. Nothing here throws. */
export interface SpendingLedger {
  /** Requests that are about to leave. They count as this much from now on, for every process, also when this one is killed. */
  expect(...estimatesUsd: (number | null)[]): ExpectedCost
  /** To be called once: what they did cost takes the place of what was expected; nothing where no cost is given. */
  settle(expected: ExpectedCost, ...costsUsd: (number | null)[]): void
  spent(): Spent
}

/** Captions that were paid for, kept on this computer. */
export interface CaptionCache {
  /** Never throws. */
  find(key: string): Description | null
  /** Never throws. */
  keep(key: string, description: Description): void
  /** Forgets all. */
  clear(): void
}
