import type { Keys } from './keys.ts'
import type { SettingsStore } from '#core/ports.ts'
import type { Status } from '#shared/bridge.ts'
import { isSendingOn, settingsSchema, type Settings } from '#shared/settings.ts'

/** The settings in force and the state of the key for their provider. */
export interface Preferences {
  current(): Settings
  /** `none` until it was looked for. */
  keyState(): Status['key']
  /** Takes its time where a locked keychain asks its user first. */
  lookForKey(): Promise<void>
  /** Checks, saves, and tells `onChange`. */
  change(patch: Partial<Settings>): Promise<void>
  /** For the provider now chosen. */
  setKey(key: string): Promise<void>
  removeKey(): Promise<void>
  /** Null when pictures must stay here: sending is off, or there is nobody to ask. */
  keyForRequest(): Promise<string | null>
  /** True when the user allowed sending to this provider. */
  isSendingOn(): boolean
}

export async function createPreferences(
  store: SettingsStore,
  keys: Keys,
  overrides: Partial<Settings>,
  onChange: () => void
): Promise<Preferences & { warning: string | null }> {
  const loaded = await store.load()
  let saved = loaded.settings
  const inForce = (): Settings => ({ ...saved, ...overrides })
  let keyState: Status['key'] = 'none'

  async function lookForKey(): Promise<void> {
    keyState = await keys.state(inForce().baseUrl)
    onChange()
  }

  return {
    warning: loaded.warning,
    current: inForce,
    keyState: () => keyState,
    lookForKey,
    async change(patch) {
      saved = settingsSchema.parse({ ...saved, ...patch })
      await store.save(saved)
      await lookForKey()
    },
    async setKey(key) {
      await keys.set(inForce().baseUrl, key)
      await lookForKey()
    },
    async removeKey() {
      await keys.remove(inForce().baseUrl)
      await lookForKey()
    },
    keyForRequest: () => keys.find(inForce().baseUrl),
    isSendingOn: () => isSendingOn(inForce())
  }
}
