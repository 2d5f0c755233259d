import { expect, test } from 'vitest'
import { createKeys } from '#app/keys.ts'
import { createPreferences } from '#app/preferences.ts'
import { DescryError } from '#shared/errors.ts'
import { defaultSettings, openAiBaseUrl } from '#shared/settings.ts'
import { createMemoryKeyStore } from '#test/memory-key-store.ts'

const other = 'https://other.example/v1'

test('a change that cannot be saved holds for this run, and is shown', async () => {
  const store = {
    load: () => Promise.resolve({ settings: defaultSettings, warning: null }),
    save: () => Promise.reject(new DescryError('no-permission'))
  }
  const shown: boolean[] = []
  const preferences = await createPreferences(store, createKeys(createMemoryKeyStore(), null), {}, () =>
    shown.push(preferences.isSendingOn())
  )
  await expect(preferences.change({ sendingAllowedTo: openAiBaseUrl })).rejects.toMatchObject({ code: 'no-permission' })
  expect(shown).toEqual([true])
})

test('a keychain that answers late says nothing about the provider chosen meanwhile', async () => {
  const slow = Promise.withResolvers<string | null>()
  const keyStore = createMemoryKeyStore()
  keyStore.get = (baseUrl) => (baseUrl === openAiBaseUrl ? slow.promise : Promise.resolve(null))
  const store = {
    load: () => Promise.resolve({ settings: defaultSettings, warning: null }),
    save: () => Promise.resolve()
  }
  const preferences = await createPreferences(store, createKeys(keyStore, null), {}, () => undefined)
  const looking = preferences.lookForKey()
  await preferences.change({ baseUrl: other })
  slow.resolve('sk-late')
  await looking
  expect(preferences.keyState()).toBe('not-needed')
})
