import type { Keys } from './keys.ts'
import type { SettingsStore } from '#core/ports/storage.ts'
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
  /** Null without a key for this address, and where pictures may not go: then no keychain is asked. */
  keyFor(baseUrl: string): Promise<string | null>
  /** True when the user allowed sending to the provider now chosen. */
  isSendingOn(): boolean
  /**
   * True while sending is allowed and this address is the provider chosen, or one that the user named for a fallback or a
   * second opinion. Ask right before something leaves.
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
    // Another provider may have been chosen while the keychain was asked.
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
    async change(patch) {
      saved = settingsSchema.parse({ ...saved, ...patch })
      try {
        await store.save(saved)
      } finally {
        // What could not be saved holds all the same, so it has to be shown.
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
