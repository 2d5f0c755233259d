import { expect, test } from 'vitest'
import { createKeys, needsKey } from '#app/keys.ts'
import { createMemoryKeyStore } from '#test/memory-key-store.ts'
import type { KeyStore } from '#core/ports/storage.ts'
import { DescryError } from '#shared/errors.ts'
import { openAiBaseUrl } from '#shared/settings.ts'

const ollama = 'http://127.0.0.1:11434/v1'

/** A system without a keychain. */
const noKeychain: KeyStore = {
  get: () => Promise.reject(new DescryError('no-permission')),
  set: () => Promise.reject(new DescryError('no-permission')),
  remove: () => Promise.reject(new DescryError('no-permission'))
}

test('a key is found for the address it was stored for, and for no other', async () => {
  const keys = createKeys(createMemoryKeyStore(), null)
  expect(await keys.set(openAiBaseUrl, 'sk-one')).toBe('stored')
  expect(await keys.find(openAiBaseUrl)).toBe('sk-one')
  expect(await keys.find('https://api.openai.com.evil.example/v1')).toBeNull()
  expect(await keys.find(ollama)).toBeNull()
})

test('the key of the environment belongs to the address of the environment', async () => {
  const keys = createKeys(createMemoryKeyStore(), { key: 'sk-env', baseUrl: 'https://one.example/v1' })
  expect(await keys.find('https://one.example/v1')).toBe('sk-env')
  expect(await keys.find('https://one.example/v1/')).toBe('sk-env')
  expect(await keys.find(openAiBaseUrl)).toBeNull()
})

test('a key of the environment beside something that is no address goes nowhere', async () => {
  const keys = createKeys(createMemoryKeyStore(), { key: 'sk-env', baseUrl: 'localhost one' })
  expect(await keys.find(openAiBaseUrl)).toBeNull()
})

test('without a keychain a key lives in memory, and the state says so', async () => {
  const keys = createKeys(noKeychain, null)
  expect(await keys.state(openAiBaseUrl)).toBe('unavailable')
  expect(await keys.set(openAiBaseUrl, 'sk-memory')).toBe('session')
  expect(await keys.find(openAiBaseUrl)).toBe('sk-memory')
  expect(await keys.state(openAiBaseUrl)).toBe('session')
  await keys.remove(openAiBaseUrl)
  expect(await keys.find(openAiBaseUrl)).toBeNull()
})

test('only OpenAI itself is known to want a key', async () => {
  expect(needsKey(openAiBaseUrl)).toBe(true)
  expect(needsKey(ollama)).toBe(false)
  expect(await createKeys(createMemoryKeyStore(), null).state(ollama)).toBe('not-needed')
})
