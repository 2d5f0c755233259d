import { parse } from './describe-options.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { readHiddenLine } from './hidden-line.ts'
import { chooseBaseUrl } from './provider.ts'
import { waitForKeychain, type Terminal } from './terminal.ts'
import { createKeyring } from '#adapters/keyring.ts'
import { paths } from '#adapters/paths.ts'
import { createSettingsFile } from '#adapters/settings-file.ts'
import { isSafeForKey } from '#shared/addresses.ts'
import { openAiBaseUrl } from '#shared/settings.ts'

/** `descry key set|remove|status`: the key never comes from the command line and never goes to a screen. */
export async function keyCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parse(args, { 'base-url': { type: 'string' } })
  const [action, ...rest] = positionals
  if (action !== 'set' && action !== 'remove' && action !== 'status')
    throw new UsageError('key wants one of set, remove, status.')
  if (rest.length > 0)
    throw new UsageError(
      action === 'set'
        ? 'Leave the key off the command line, where others can see it. It is asked for, or read from a pipe.'
        : `key ${action} takes nothing more.`
    )
  const { settings } = await createSettingsFile(paths(process.env).settingsFile).load()
  const baseUrl = chooseBaseUrl(values['base-url'] ?? null, process.env, settings.baseUrl)
  const keyring = createKeyring()

  if (action === 'set') {
    if (!isSafeForKey(baseUrl))
      throw new UsageError('No key is sent to an address that is not encrypted. Use one that starts with https.')
    const key = (await readHiddenLine(`Key for ${baseUrl}, not shown while you type: `, terminal)).trim()
    if (!/^[\u0021-\u007e]{1,500}$/u.test(key))
      throw new UsageError('That is no key: it must be one word of plain letters, digits and signs.')
    await waitForKeychain(keyring.set(baseUrl, key), terminal)
    terminal.print(`The key for ${baseUrl} is stored.\n`)
    return exitCodes.ok
  }
  if (action === 'remove') {
    const was = await waitForKeychain(keyring.remove(baseUrl), terminal)
    terminal.print(was ? `The key for ${baseUrl} is removed.\n` : `There was no key for ${baseUrl}.\n`)
    return exitCodes.ok
  }
  const environmentBaseUrl = chooseBaseUrl(values['base-url'] ?? null, process.env, openAiBaseUrl)
  if (process.env.OPENAI_API_KEY && environmentBaseUrl === baseUrl) {
    terminal.print(`OPENAI_API_KEY is set and is used for ${baseUrl}.\n`)
    return exitCodes.ok
  }
  const isStored = (await waitForKeychain(keyring.get(baseUrl), terminal)) !== null
  terminal.print(isStored ? `A key for ${baseUrl} is stored.\n` : `No key for ${baseUrl} is stored.\n`)
  return isStored ? exitCodes.ok : exitCodes.failed
}
