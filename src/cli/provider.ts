import type { DescribeFlags } from './options.ts'
import { UsageError } from './exit-codes.ts'
import { waitForKeychain, type Terminal } from './terminal.ts'
import { createKeys } from '#app/keys.ts'
import type { PictureDependencies } from '#app/picture-dependencies.ts'
import { isSafeForKey, providerAddress } from '#shared/addresses.ts'
import { t } from '#shared/messages/messages.ts'
import { openAiBaseUrl } from '#shared/settings.ts'

/**
 * The provider's address for this run: the flag, else OPENAI_BASE_URL, else the settings. Normalized, because keys are
 * bound to addresses.
 */
export function chooseBaseUrl(flag: string | null, env: NodeJS.ProcessEnv, fromSettings: string): string {
  if (flag !== null) return address('--base-url', flag)
  if (env.OPENAI_BASE_URL) return address('OPENAI_BASE_URL', env.OPENAI_BASE_URL)
  return address(t('cli.settings-address'), fromSettings)
}

/**
 * The environment with OPENAI_API_KEY bound to the address it is meant for: the flag, else OPENAI_BASE_URL, else OpenAI's
 * own. An address from the settings never receives it.
 */
export function bindEnvironmentKey(env: NodeJS.ProcessEnv, flag: string | null): NodeJS.ProcessEnv {
  return { ...env, OPENAI_BASE_URL: chooseBaseUrl(flag, env, openAiBaseUrl) }
}

/** The key for this address; null if no key is needed, or none may be sent. */
export async function findKey(
  dependencies: PictureDependencies,
  baseUrl: string,
  flags: Pick<DescribeFlags, 'isOffline'>,
  terminal: Terminal
): Promise<string | null> {
  if (flags.isOffline) return null
  if (isSafeForKey(baseUrl))
    return waitForKeychain(createKeys(dependencies.keys, dependencies.environmentKey).find(baseUrl), terminal)
  if (dependencies.environmentKey?.baseUrl === baseUrl) terminal.tell(t('cli.key-not-sent'))
  return null
}

function address(name: string, typed: string): string {
  if (URL.canParse(typed) && /^https?:$/u.test(new URL(typed).protocol)) return providerAddress(typed)
  throw new UsageError(t('cli.not-an-address', { name }))
}
