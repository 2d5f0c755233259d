import type { Keys } from './keys.ts'
import type { SettingsStore } from '#core/ports/storage.ts'
import type { Status } from '#shared/bridge.ts'
import { isSendingOn, settingsSchema, type Settings } from '#shared/settings.ts'

/** The current settings, and the state of the key for their provider. */
export interface Preferences {
  current(): Settings
  /** `none` until `lookForKey` has run. */
  keyState(): Status['key']
  /** Can take long if a locked keychain asks the user first. */
  lookForKey(): Promise<void>
  /** Reads the saved settings again, which another Descry may have changed; keeps the present ones if they are damaged. */
  reload(): Promise<void>
  /** Checks and saves the change, and calls `onChange`. */
  change(patch: Partial<Settings>): Promise<void>
  /** Stores the key for the chosen provider. */
  setKey(key: string): Promise<void>
  removeKey(): Promise<void>
  /** Null if this address has no key, or if pictures may not be sent to it; then the keychain is not asked. */
  keyFor(baseUrl: string): Promise<string | null>
  /** True if the user allowed sending to the chosen provider. */
  isSendingOn(): boolean
  /**
   * True while sending is allowed and this is the address of the chosen provider, or one that the user entered for a
   * fallback or a second opinion. Check right before sending.
   */
  maySendTo(baseUrl: string): boolean
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
    const { baseUrl } = inForce()
    const state = await keys.state(baseUrl)
    // The user may have chosen another provider while the keychain was being asked.
    if (baseUrl !== inForce().baseUrl) return
    keyState = state
    onChange()
  }

  function maySendTo(baseUrl: string): boolean {
    const settings = inForce()
    const { fallback, secondOpinion } = settings
    const named = [settings.baseUrl, fallback?.baseUrl, secondOpinion?.baseUrl]
    return isSendingOn(settings) && named.includes(baseUrl)
  }

  return {
    warning: loaded.warning,
    current: inForce,
    keyState: () => keyState,
    lookForKey,
    async reload() {
      const { settings, warning } = await store.load()
      if (warning === null) saved = settings
    },
    async change(patch) {
      saved = settingsSchema.parse({ ...saved, ...patch })
      try {
        await store.save(saved)
      } finally {
        // The change applies even if it could not be saved, so it has to be shown.
        await lookForKey()
      }
    },
    async setKey(key) {
      await keys.set(inForce().baseUrl, key)
      await lookForKey()
    },
    async removeKey() {
      await keys.remove(inForce().baseUrl)
      await lookForKey()
    },
    keyFor: async (baseUrl) => (maySendTo(baseUrl) ? await keys.find(baseUrl) : null),
    isSendingOn: () => isSendingOn(inForce()),
    maySendTo
  }
}
