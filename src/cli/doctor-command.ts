import { declared } from './declaration.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { bindEnvironmentKey, chooseBaseUrl } from './provider.ts'
import { parse } from './syntax.ts'
import { askYesOrNo, printableValue, waitForKeychain, type Terminal } from './terminal.ts'
import type { Finding } from '#app/doctor/checks.ts'
import { formatList } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'
import { printableLine } from '#shared/printable.ts'

/** `descry doctor`: one line for each finding. Exit code 0 when all is well, 1 when there is something to fix. */
export async function doctorCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { send, offline: isOffline, json, model, 'base-url': flag } = parse(declared.doctor, args).values
  if (send && isOffline) throw new UsageError(t('cli.cannot-combine', { first: '--send', second: '--offline' }))
  const { createDependencies } = await import('#app/dependencies.ts')
  const { examine } = await import('#app/doctor/doctor.ts')
  const { providerName } = await import('#core/describing/models/providers.ts')
  const dependencies = createDependencies(bindEnvironmentKey(process.env, flag))
  const { settings, warning: settingsWarning } = await dependencies.settingsStore.load()
  const chosen = {
    ...settings,
    baseUrl: chooseBaseUrl(flag, process.env, settings.baseUrl),
    model: model ?? settings.model
  }
  const asked = [chosen.baseUrl, ...(chosen.fallback ? [chosen.fallback.baseUrl] : [])].map(providerName)
  const maySend =
    send ||
    (!isOffline && !json && (await askYesOrNo(t('cli.doctor.ask-to-send', { providers: formatList(asked) }), terminal)))

  const findings = await waitForKeychain(
    examine(
      dependencies,
      { settings: chosen, settingsWarning, isOffline, maySend },
      (finding) => {
        if (!json) terminal.print(`${line(finding)}\n`)
      },
      terminal.signal
    ),
    terminal
  )
  const toDo = findings.filter(({ state }) => state === 'to-do').length
  if (json) terminal.print(`${JSON.stringify(printableValue({ ok: toDo === 0, findings }))}\n`)
  else terminal.print(`${toDo === 0 ? t('cli.doctor.no-problems') : t('cli.doctor.to-do-count', { count: toDo })}\n`)
  return toDo === 0 ? exitCodes.ok : exitCodes.someFailed
}

/** "To do. Key: No API key. Add one in Settings." */
function line({ check, state, message, next }: Finding): string {
  return printableLine(t('cli.doctor.finding', { state: t(`cli.doctor.state.${state}`), check, message, next }).trim())
}
