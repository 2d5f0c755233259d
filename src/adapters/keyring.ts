import type { AsyncEntry } from '@napi-rs/keyring'
import type { KeyStore } from '#core/ports/storage.ts'
import { providerAddress } from '#shared/addresses.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

const service = 'Descry'

/** A locked keychain asks the user for a password, and waits forever if nobody answers. */
const timeoutMs = 60_000

let unanswered = 0

/**
 * True while a call to the keychain is open, even one that timed out. It blocks a native thread, and `process.exit` waits
 * for that thread: forever, if nobody answers the keychain's prompt.
 */
export function isKeychainBusy(): boolean {
  return unanswered > 0
}

/**
 * API keys in the system's keychain: Keychain on macOS, Credential Manager on Windows, the Secret Service on Linux. Never
 * the Linux kernel's keyring, the library's fallback, whose keys are gone after a restart.
 */
export function createKeyring(): KeyStore {
  // Loaded when it is used: a native module that is missing must not keep Descry from starting.
  async function entry(baseUrl: string): Promise<AsyncEntry> {
    const { AsyncEntry } = await import('@napi-rs/keyring')
    return new AsyncEntry(service, providerAddress(baseUrl), { linux: { store: 'secret-service' } })
  }
  return {
    get: (baseUrl) => usingKeychain(async () => (await entry(baseUrl)).getPassword()),
    set: (baseUrl, key) => usingKeychain(async () => (await entry(baseUrl)).setPassword(key)),
    remove: (baseUrl) => usingKeychain(async () => (await entry(baseUrl)).deletePassword())
  }
}

function counted<Value>(call: Promise<Value>): Promise<Value> {
  unanswered += 1
  return call.finally(() => (unanswered -= 1))
}

async function usingKeychain<Value>(work: () => Promise<Value>): Promise<Value> {
  let timer: NodeJS.Timeout | undefined
  try {
    const tooLong = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => reject(new Error('The keychain did not answer.')), timeoutMs)
    })
    return await Promise.race([counted(work()), tooLong])
  } catch (cause) {
    throw new DescryError('no-permission', {
      message: t('settings.keychain-unavailable'),
      next:
        process.platform === 'linux'
          ? t('settings.keychain-unavailable.next-linux')
          : t('settings.keychain-unavailable.next'),
      cause
    })
  } finally {
    clearTimeout(timer)
  }
}
