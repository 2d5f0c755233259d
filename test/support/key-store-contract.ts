import { expect, test } from 'vitest'
import type { KeyStore } from '#core/ports/storage.ts'

const openAi = 'https://api.openai.com/v1'

/** What every KeyStore must do, the real keychain and the one in memory alike. */
export function keyStoreContract(makeStore: () => KeyStore): void {
  test('returns null for a missing key, and says so when removing it', async () => {
    const store = makeStore()
    expect(await store.get(openAi)).toBeNull()
    expect(await store.remove(openAi)).toBe(false)
  })

  test('stores, replaces and removes a key', async () => {
    const store = makeStore()
    await store.set(openAi, 'sk-first')
    expect(await store.get(openAi)).toBe('sk-first')
    await store.set(openAi, 'sk-Zweiter ✓')
    expect(await store.get(openAi)).toBe('sk-Zweiter ✓')
    expect(await store.remove(openAi)).toBe(true)
    expect(await store.get(openAi)).toBeNull()
  })

  test('never gives a key to another scheme, host, port or path', async () => {
    const store = makeStore()
    await store.set(openAi, 'sk-bound')
    for (const other of [
      'http://api.openai.com/v1',
      'https://api.openai.com.example.net/v1',
      'https://api.openai.com:8443/v1',
      'https://api.openai.com/v2',
      'https://example.net/v1#https://api.openai.com/v1'
    ])
      expect(await store.get(other), other).toBeNull()
    await store.remove(openAi)
  })

  test('treats different spellings of an address as one', async () => {
    const store = makeStore()
    await store.set('https://API.openai.com:443/v1/', 'sk-same')
    expect(await store.get(openAi)).toBe('sk-same')
    expect(await store.remove('https://api.openai.com/v1//')).toBe(true)
  })
}
