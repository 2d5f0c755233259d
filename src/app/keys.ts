import { providerAddress } from '#shared/addresses.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { providerOf } from '#core/describing/models/providers.ts'
import type { KeyStore } from '#core/ports/storage.ts'
import type { Status } from '#shared/bridge.ts'

/** Finds the key for an address. A key never goes to another address than the one it was given for. */
export interface Keys {
  /** The key for `baseUrl`, or null. Order: set in this session, environment, keychain. */
  find(baseUrl: string): Promise<string | null>
  state(baseUrl: string): Promise<Status['key']>
  /** Into the keychain; without one, into memory until the program ends. */
  set(baseUrl: string, key: string): Promise<'stored' | 'session'>
  remove(baseUrl: string): Promise<void>
}

/** True when the provider requires a key. Other addresses (Ollama, LM Studio …) may need none. */
export function needsKey(baseUrl: string): boolean {
  return providerOf(baseUrl).needsKey
}

export function createKeys(store: KeyStore, environmentKey: { key: string; baseUrl: string } | null): Keys {
  /** By account: the same address may be written with or without a slash at its end. */
  const session = new Map<string, string>()
  // A key for something that is not an address is never used.
  if (environmentKey && URL.canParse(environmentKey.baseUrl))
    session.set(providerAddress(environmentKey.baseUrl), environmentKey.key)

  /** Undefined where the system has no keychain. */
  async function stored(baseUrl: string): Promise<string | null | undefined> {
    try {
      return await store.get(baseUrl)
    } catch (error) {
      if (error instanceof DescryError && error.code === 'no-permission') return undefined
      throw error
    }
  }

  return {
    async find(baseUrl) {
      const inSession = session.get(providerAddress(baseUrl))
      if (inSession !== undefined) return inSession
      return (await stored(baseUrl)) ?? null
    },
    async state(baseUrl) {
      if (session.has(providerAddress(baseUrl))) return 'session'
      const key = await stored(baseUrl)
      if (typeof key === 'string') return 'stored'
      if (!needsKey(baseUrl)) return 'not-needed'
      return key === undefined ? 'unavailable' : 'none'
    },
    async set(baseUrl, key) {
      // A key that does not fit in a header would fail at the first picture, and look like a network problem.
      if (!/^[\u0021-\u007e]{1,500}$/u.test(key))
        throw new DescryError('bad-key', {
          message: t('errors.malformed-key'),
          next: t('errors.malformed-key.next')
        })
      try {
        await store.set(baseUrl, key)
        session.delete(providerAddress(baseUrl))
        return 'stored'
      } catch (error) {
        if (!(error instanceof DescryError) || error.code !== 'no-permission') throw error
        session.set(providerAddress(baseUrl), key)
        return 'session'
      }
    },
    async remove(baseUrl) {
      session.delete(providerAddress(baseUrl))
      if (typeof (await stored(baseUrl)) === 'string') await store.remove(baseUrl)
    }
  }
}
