import { declared } from './declaration.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
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

const maxLength = 10_000

/** A line from the keyboard without echo, or the first line from a pipe. */
async function readHiddenLine(prompt: string, terminal: Terminal): Promise<string> {
  const { stdin } = process
  if (!stdin.isTTY) {
    let text = ''
    for await (const chunk of stdin.setEncoding('utf8') as AsyncIterable<string>) {
      text += chunk
      if (text.includes('\n') || text.length > maxLength) break
    }
    return text.split(/\r?\n/u, 1)[0] ?? ''
  }
  // Before the prompt is printed, so that not even the first character is echoed.
  stdin.setRawMode(true)
  stdin.setEncoding('utf8')
  process.stderr.write(prompt)
  try {
    return await typedLine(terminal)
  } finally {
    stdin.setRawMode(false)
    stdin.pause()
    process.stderr.write('\n')
  }
}

function typedLine(terminal: Terminal): Promise<string> {
  const { stdin } = process
  return new Promise((resolve, reject) => {
    let line = ''
    const finish = (outcome: () => void): void => {
      stdin.removeListener('data', take)
      outcome()
    }
    const take = (typed: string): void => {
      // Arrow keys and the marks around pasted text are not part of a key.
      // oxlint-disable-next-line no-control-regex -- terminal escape sequences
      for (const character of typed.replaceAll(/\u001b(?:\[[0-9;?]*[ -/]*[@-~]|O.)/gu, '')) {
        if (character === '\r' || character === '\n') return finish(() => resolve(line))
        // In raw mode, Ctrl-C and Ctrl-D arrive as characters.
        if (character === '\u0003') {
          terminal.interrupt()
          return finish(() => reject(new DOMException('Interrupted', 'AbortError')))
        }
        if (character === '\u0004') return finish(() => reject(new UsageError(t('cli.key.none-given'))))
        if (character === '\u007f' || character === '\b') line = line.slice(0, -1)
        else if (character === '\u0015') line = ''
        else if (line.length < maxLength) line += character
      }
    }
    stdin.on('data', take)
    stdin.resume()
  })
}
