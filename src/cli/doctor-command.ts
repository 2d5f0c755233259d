import { parse } from './describe-options.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { bindEnvironmentKey, chooseBaseUrl } from './provider.ts'
import { askYesOrNo, printableValue, waitForKeychain, type Terminal } from './terminal.ts'
import type { Finding } from '#app/doctor/checks.ts'
import { printableLine } from '#shared/printable.ts'

const stateWords: Record<Finding['state'], string> = { ok: 'OK', 'to-do': 'To do', 'left-out': 'Left out' }

/** `descry doctor`: each line one finding. Exit 0 when all is well, 1 when there is something to do. */
export async function doctorCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parse(args, {
    send: { type: 'boolean' },
    offline: { type: 'boolean' },
    json: { type: 'boolean' },
    model: { type: 'string' },
    'base-url': { type: 'string' }
  })
  if (positionals.length > 0) throw new UsageError('doctor takes no text.')
  const { send = false, offline: isOffline = false, json = false, 'base-url': flag = null } = values
  if (send && isOffline) throw new UsageError('--send and --offline contradict each other.')
  const { createDependencies } = await import('#app/dependencies.ts')
  const { examine } = await import('#app/doctor/doctor.ts')
  const { providerName } = await import('#core/describing/models/providers.ts')
  const dependencies = createDependencies(bindEnvironmentKey(process.env, flag))
  const { settings, warning: settingsWarning } = await dependencies.settingsStore.load()
  const chosen = {
    ...settings,
    baseUrl: chooseBaseUrl(flag, process.env, settings.baseUrl),
    model: values.model ?? settings.model
  }
  const asked = [chosen.baseUrl, ...(chosen.fallback ? [chosen.fallback.baseUrl] : [])].map(providerName)
  const maySend = send || (!isOffline && !json && (await askYesOrNo(askToSend(asked.join(' and ')), terminal)))

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
  else terminal.print(toDo === 0 ? 'All is well.\n' : `${toDo === 1 ? 'One thing' : `${toDo} things`} to do.\n`)
  return toDo === 0 ? exitCodes.ok : exitCodes.someFailed
}

/** "To do. Key: No key is stored. Run descry key set." */
function line({ check, state, message, next }: Finding): string {
  return printableLine(`${stateWords[state]}. ${check}: ${message} ${next}`.trim())
}

function askToSend(providers: string): string {
  return `Send a small test picture to ${providers}? It may cost a fraction of a cent.`
}
