import { parse } from './describe-options.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { handOver } from './table-command.ts'
import type { Terminal } from './terminal.ts'
import { openDatabase } from '#adapters/database.ts'
import { paths } from '#adapters/paths.ts'
import { createSettingsFile } from '#adapters/settings-file.ts'
import { spentSentence } from '#shared/spent.ts'

/** `descry spent`: the running Descry says it aloud; with `--json`, or when none runs, it is only printed. */
export async function spentCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parse(args, { json: { type: 'boolean' } })
  if (positionals.length > 0) throw new UsageError('spent takes nothing more.')
  if (!values.json) {
    const handedOver = await handOver('spent', {}, terminal)
    if (handedOver !== null) return handedOver
  }
  const { settingsFile, databaseFile } = paths(process.env)
  const { monthlyLimitUsd } = (await createSettingsFile(settingsFile).load()).settings
  const spent = openDatabase(databaseFile).spending.spent()
  terminal.print(
    `${values.json ? JSON.stringify({ ...spent, monthlyLimitUsd }) : spentSentence(spent, monthlyLimitUsd)}\n`
  )
  return exitCodes.ok
}
