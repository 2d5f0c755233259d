import { expect, test } from 'vitest'
import type { KeyStore } from '#core/ports/storage.ts'

const openAi = 'https://api.openai.com/v1'

/** What every KeyStore does, the real keychain and the one in memory alike. */
export function keyStoreContract(makeStore: () => KeyStore): void {
  test('no key is null, and removing it says that there was none', async () => {
    const store = makeStore()
    expect(await store.get(openAi)).toBeNull()
    expect(await store.remove(openAi)).toBe(false)
  })

  test('a key comes back as it was stored, is replaced and removed', async () => {
    const store = makeStore()
    await store.set(openAi, 'sk-first')
    expect(await store.get(openAi)).toBe('sk-first')
    await store.set(openAi, 'sk-Zweiter ✓')
    expect(await store.get(openAi)).toBe('sk-Zweiter ✓')
    expect(await store.remove(openAi)).toBe(true)
    expect(await store.get(openAi)).toBeNull()
  })

  test('a key is bound to its address: another scheme, host, port or path never gets it', async () => {
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

  test('the same address written another way is the same account', async () => {
    const store = makeStore()
    await store.set('https://API.openai.com:443/v1/', 'sk-same')
    expect(await store.get(openAi)).toBe('sk-same')
    expect(await store.remove('https://api.openai.com/v1//')).toBe(true)
  })
}
