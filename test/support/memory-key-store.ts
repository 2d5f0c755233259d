import { keyAccount } from '#adapters/keyring.ts'
import type { KeyStore } from '#core/ports.ts'

/** A KeyStore that forgets; it passes the same contract suite as the system's keychain. */
export function createMemoryKeyStore(): KeyStore {
  const keys = new Map<string, string>()
  return {
    get: async (baseUrl) => keys.get(keyAccount(baseUrl)) ?? null,
    set: async (baseUrl, key) => void keys.set(keyAccount(baseUrl), key),
    remove: async (baseUrl) => keys.delete(keyAccount(baseUrl))
  }
}
