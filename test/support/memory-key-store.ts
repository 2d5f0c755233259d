import { providerAddress } from '#shared/addresses.ts'
import type { KeyStore } from '#core/ports/storage.ts'

/** A KeyStore in memory. It passes the same contract suite as the system's keychain. */
export function createMemoryKeyStore(): KeyStore {
  const keys = new Map<string, string>()
  return {
    get: async (baseUrl) => keys.get(providerAddress(baseUrl)) ?? null,
    set: async (baseUrl, key) => void keys.set(providerAddress(baseUrl), key),
    remove: async (baseUrl) => keys.delete(providerAddress(baseUrl))
  }
}
