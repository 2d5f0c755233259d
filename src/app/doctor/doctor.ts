import { runChecks, type Finding } from './checks.ts'
import { languagesCheck } from './languages-check.ts'
import { moneyChecks } from './money-checks.ts'
import { partsChecks } from './parts-check.ts'
import { localServersCheck, providerCheck, type ProviderOptions } from './provider-checks.ts'
import { senseChecks } from './sense-checks.ts'
import { systemChecks } from './system-checks.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Settings } from '#shared/settings.ts'
import { t } from '#shared/messages/messages.ts'

export interface DoctorOptions extends ProviderOptions {
  /** In force, with what the command line changed. */
  settings: Settings
  /** What went wrong while they were loaded. */
  settingsWarning: string | null
  env?: NodeJS.ProcessEnv
}

/**
 * Checks everything Descry needs and says what to do. Closes the voices and the text reader of `dependencies`. Rejects with
 * an AbortError as soon as `signal` fires, and with nothing else.
 */
export function examine(
  dependencies: Dependencies,
  { settings, settingsWarning, env, ...options }: DoctorOptions,
  onFinding: (finding: Finding) => void,
  signal: AbortSignal
): Promise<Finding[]> {
  const { baseUrl, model, fallback } = settings
  const checks = [
    ...systemChecks(dependencies, settingsWarning, env),
    ...partsChecks({ env }),
    providerCheck(dependencies, { name: t('doctor.name.provider'), baseUrl, model }, options),
    ...(fallback ? [providerCheck(dependencies, { name: t('doctor.name.fallback'), ...fallback }, options)] : []),
    ...moneyChecks(dependencies, settings),
    localServersCheck(),
    ...senseChecks(dependencies, settings),
    languagesCheck(settings)
  ]
  return runChecks(checks, onFinding, signal)
}
