import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createKeyring } from '#adapters/keyring.ts'
import { startDesktop, type Desktop } from '#test/desktop.ts'
import { keyStoreContract } from '#test/key-store-contract.ts'
import { createMemoryKeyStore } from '#test/memory-key-store.ts'

describe('in memory', () => keyStoreContract(createMemoryKeyStore))

describe('a real gnome-keyring', { tags: ['dbus', 'gnome-keyring'] }, () => {
  let desktop: Desktop
  const before = process.env.DBUS_SESSION_BUS_ADDRESS
  beforeAll(async () => {
    desktop = await startDesktop({ display: false, keyring: true })
    process.env.DBUS_SESSION_BUS_ADDRESS = desktop.env.DBUS_SESSION_BUS_ADDRESS
  })
  afterAll(async () => {
    if (before === undefined) delete process.env.DBUS_SESSION_BUS_ADDRESS
    else process.env.DBUS_SESSION_BUS_ADDRESS = before
    await desktop.end()
  })

  keyStoreContract(createKeyring)
})

describe('a system without a keychain', () => {
  test('is what an installation without the native module is, and Descry starts', async () => {
    vi.doMock('@napi-rs/keyring', () => ({
      get AsyncEntry() {
        throw new Error('Cannot find native binding.')
      }
    }))
    try {
      vi.resetModules()
      const { createKeyring: createAnew } = await import('#adapters/keyring.ts')
      await expect(createAnew().get('https://api.openai.com/v1')).rejects.toMatchObject({ code: 'no-permission' })
    } finally {
      vi.doUnmock('@napi-rs/keyring')
    }
  })

  test('says so, and what to do', async () => {
    const before = process.env.DBUS_SESSION_BUS_ADDRESS
    process.env.DBUS_SESSION_BUS_ADDRESS = 'unix:path=/nonexistent/bus'
    try {
      await expect(createKeyring().get('https://api.openai.com/v1')).rejects.toMatchObject({
        code: 'no-permission',
        message: 'The system keychain is not available.',
        next: expect.stringContaining('OPENAI_API_KEY') as string
      })
    } finally {
      if (before === undefined) delete process.env.DBUS_SESSION_BUS_ADDRESS
      else process.env.DBUS_SESSION_BUS_ADDRESS = before
    }
  })
})
