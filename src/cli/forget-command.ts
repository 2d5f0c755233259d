import { parse } from './describe-options.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'
import { openDatabase } from '#adapters/database.ts'
import { paths } from '#adapters/paths.ts'

/** `descry forget`: no caption stays on this computer. What was spent does: the limit counts on it. */
export async function forgetCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { positionals } = parse(args, {})
  if (positionals.length > 0) throw new UsageError('forget takes nothing more.')
  openDatabase(paths(process.env).databaseFile).captions.clear()
  terminal.print('All kept captions are forgotten.\n')
  return exitCodes.ok
}
