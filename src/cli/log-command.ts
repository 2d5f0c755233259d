import { declared } from './declaration.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { parse } from './syntax.ts'
import type { Terminal } from './terminal.ts'
import { createLogFile, type LogFile } from '#adapters/log-file.ts'
import { paths } from '#adapters/paths.ts'
import { failureText } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** `descry log on|off|show`. A running Descry applies it at once. */
export async function logCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const [wish] = parse(declared.log, args).operands
  const log = createLogFile(paths(process.env).logFile)
  const { path } = log
  if (wish === 'show') {
    terminal.print(`${log.isOn() ? t('log.is-on', { path }) : t('log.is-off', { path })}\n${await log.read()}`)
  } else if (wish === 'on' || wish === 'off') {
    log.turn(wish === 'on')
    terminal.print(`${wish === 'on' ? t('log.turned-on', { path }) : t('log.turned-off', { path })}\n`)
  } else throw new UsageError(t('cli.log.one-of'))
  return exitCodes.ok
}

/** `descry diagnostics`: from the running Descry, otherwise what is known without one. */
export async function diagnosticsCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  parse(declared.diagnostics, args)
  const { sendCommand } = await import('#app/control-socket.ts')
  const { logFile, settingsFile, socketPath, tokenFile } = paths(process.env)
  const reply = await sendCommand({ path: socketPath, tokenFile }, 'diagnostics', {})
  if (reply?.ok === false) {
    terminal.tell(failureText(reply.error))
    return exitCodes.failed
  }
  terminal.print(reply ? textOf(reply.value) : await diagnosticsHere(settingsFile, createLogFile(logFile)))
  return exitCodes.ok
}

async function diagnosticsHere(settingsFile: string, logFile: LogFile): Promise<string> {
  const [
    { diagnose, diagnosticsText },
    { mostRecent, readLogLine },
    { createScreenReaderDetector },
    { createSettingsFile }
  ] = await Promise.all([
    import('#app/diagnostics.ts'),
    import('#core/log/log.ts'),
    import('#adapters/screen-reader.ts'),
    import('#adapters/settings-file.ts')
  ])
  const entries = (await logFile.read()).split('\n').map(readLogLine)
  return diagnosticsText(
    diagnose({
      program: 'command-line',
      settings: (await createSettingsFile(settingsFile).load()).settings,
      screenReader: await createScreenReaderDetector().running(),
      isLogOn: logFile.isOn(),
      recent: entries.filter((entry) => entry !== null).slice(-mostRecent)
    })
  )
}

function textOf(value: unknown): string {
  return typeof value === 'object' && value !== null && 'text' in value ? String(value.text) : ''
}
