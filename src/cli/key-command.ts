import { declared } from './declaration.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { readHiddenLine } from './hidden-line.ts'
import { chooseBaseUrl } from './provider.ts'
import { parse } from './syntax.ts'
import { waitForKeychain, type Terminal } from './terminal.ts'
import { createKeyring } from '#adapters/keyring.ts'
import { paths } from '#adapters/paths.ts'
import { createSettingsFile } from '#adapters/settings-file.ts'
import { isSafeForKey } from '#shared/addresses.ts'
import { t } from '#shared/messages/messages.ts'
import { openAiBaseUrl } from '#shared/settings.ts'

/** `descry key set|remove|status`: the key never comes from the command line and is never shown. */
export async function keyCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, operands } = parse(declared.key, args)
  const [action, ...rest] = operands
  if (action !== 'set' && action !== 'remove' && action !== 'status') throw new UsageError(t('cli.key.one-of'))
  if (rest.length > 0)
    throw new UsageError(
      action === 'set' ? t('cli.key.not-on-command-line') : t('cli.takes-nothing-more', { command: `key ${action}` })
    )
  const { settings } = await createSettingsFile(paths(process.env).settingsFile).load()
  const address = chooseBaseUrl(values['base-url'], process.env, settings.baseUrl)
  const keyring = createKeyring()

  if (action === 'set') {
    if (!isSafeForKey(address)) throw new UsageError(t('cli.key.not-encrypted'))
    const key = (await readHiddenLine(`${t('cli.key.prompt', { address })} `, terminal)).trim()
    if (!/^[\u0021-\u007e]{1,500}$/u.test(key)) throw new UsageError(t('cli.key.invalid'))
    await waitForKeychain(keyring.set(address, key), terminal)
    terminal.print(`${t('cli.key.stored', { address })}\n`)
    return exitCodes.ok
  }
  if (action === 'remove') {
    const wasStored = await waitForKeychain(keyring.remove(address), terminal)
    terminal.print(`${wasStored ? t('cli.key.removed', { address }) : t('cli.key.none-to-remove', { address })}\n`)
    return exitCodes.ok
  }
  const environmentBaseUrl = chooseBaseUrl(values['base-url'], process.env, openAiBaseUrl)
  if (process.env.OPENAI_API_KEY && environmentBaseUrl === address) {
    terminal.print(`${t('cli.key.from-environment', { address })}\n`)
    return exitCodes.ok
  }
  const isStored = (await waitForKeychain(keyring.get(address), terminal)) !== null
  terminal.print(`${isStored ? t('cli.key.is-stored', { address }) : t('cli.key.none-stored', { address })}\n`)
  return isStored ? exitCodes.ok : exitCodes.failed
}
