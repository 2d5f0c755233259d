import { readDescribeArguments } from './describe-options.ts'
import { UsageError, type ExitCode } from './exit-codes.ts'
import { readPicture } from './picture-input.ts'
import { chooseBaseUrl } from './provider.ts'
import type { Terminal } from './terminal.ts'
import { openAiBaseUrl } from '#shared/settings.ts'

/** `descry describe FILE|URL|-…` */
export async function describeCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { flags, positionals } = readDescribeArguments(args)
  if (positionals.length === 0) throw new UsageError('describe wants a file, an address, or - for standard input.')
  if (positionals.filter((source) => source === '-').length > 1)
    throw new UsageError('- can be given once: there is one standard input.')
  // A wrong address is a wrong command line, told before anything is loaded.
  chooseBaseUrl(flags.baseUrl, process.env, openAiBaseUrl)

  const { describeHere } = await import('./describing.ts')
  const jobs = positionals.map((source) => ({
    source,
    load: async () => ({ bytes: await readPicture(source, terminal), windowTitle: null, applicationName: null })
  }))
  return describeHere(jobs, flags, terminal)
}
