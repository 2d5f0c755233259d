import { declared } from './declaration.ts'
import { UsageError, type ExitCode } from './exit-codes.ts'
import { readPicture } from './picture-input.ts'
import { describeFlags } from './options.ts'
import { chooseBaseUrl } from './provider.ts'
import { parse } from './syntax.ts'
import type { Terminal } from './terminal.ts'
import { t } from '#shared/messages/messages.ts'
import { openAiBaseUrl } from '#shared/settings.ts'

/** `descry describe FILE|URL|-…` */
export async function describeCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, operands } = parse(declared.describe, args)
  const flags = describeFlags(values)
  if (operands.filter((source) => source === '-').length > 1) throw new UsageError(t('cli.one-standard-input'))
  // An invalid address is a usage error, found before anything is loaded.
  chooseBaseUrl(flags.baseUrl, process.env, openAiBaseUrl)

  const { describeHere } = await import('./describing.ts')
  const jobs = operands.map((source) => ({
    source,
    load: async () => ({ bytes: await readPicture(source, terminal), windowTitle: null, applicationName: null })
  }))
  return describeHere(jobs, flags, terminal)
}
