import { declared } from './declaration.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { parse } from './syntax.ts'
import { handOver } from './table-command.ts'
import type { Terminal } from './terminal.ts'
import { openDatabase } from '#adapters/database.ts'
import { paths } from '#adapters/paths.ts'
import { createSettingsFile } from '#adapters/settings-file.ts'
import { t } from '#shared/messages/messages.ts'
import { sentSentence } from '#shared/sent.ts'
import { spentSentence } from '#shared/spent.ts'

/** `descry spent`: a running Descry speaks it; with `--json`, or if none is running, it is only printed. */
export async function spentCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = parse(declared.spent, args)
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

/** `descry sent`: a running Descry speaks it; with `--json`, or if none is running, it is only printed. */
export async function sentCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = parse(declared.sent, args)
  if (!values.json) {
    const handedOver = await handOver('sent', {}, terminal)
    if (handedOver !== null) return handedOver
  }
  const entries = openDatabase(paths(process.env).databaseFile).sent.newest(Number.MAX_SAFE_INTEGER)
  const lines = values.json ? entries.map((entry) => JSON.stringify(entry)) : [sentSentence(entries, new Date())]
  terminal.print(lines.map((line) => `${line}\n`).join(''))
  return exitCodes.ok
}

/** `descry clear-sent`: deletes the list of sent pictures. */
export async function clearSentCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  parse(declared['clear-sent'], args)
  openDatabase(paths(process.env).databaseFile).sent.clear()
  terminal.print(`${t('privacy.sent-cleared')}\n`)
  return exitCodes.ok
}

/** `descry forget`: deletes all saved captions. The spending stays, because the monthly limit needs it. */
export async function forgetCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  parse(declared.forget, args)
  openDatabase(paths(process.env).databaseFile).captions.clear()
  terminal.print(`${t('cli.forget.done')}\n`)
  return exitCodes.ok
}
