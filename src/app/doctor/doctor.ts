import { runChecks, type Finding } from './checks.ts'
import { moneyChecks } from './money-checks.ts'
import { localServersCheck, providerCheck, type ProviderOptions } from './provider-checks.ts'
import { senseChecks } from './sense-checks.ts'
import { systemChecks } from './system-checks.ts'
import type { Dependencies } from '../dependencies.ts'
import type { Settings } from '#shared/settings.ts'

export interface DoctorOptions extends ProviderOptions {
  /** In force, with what the command line changed. */
  settings: Settings
  /** What loading them told. */
  settingsWarning: string | null
  env?: NodeJS.ProcessEnv
}

/**
 * Looks at everything Descry needs and says what to do about each. The parts are used up: voices and OCR are closed.
 * Rejects with an AbortError as soon as `signal` fires, and with nothing else.
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
    providerCheck(dependencies, { name: 'Provider', baseUrl, model }, options),
    ...(fallback ? [providerCheck(dependencies, { name: 'Fallback', ...fallback }, options)] : []),
    ...moneyChecks(dependencies, settings),
    localServersCheck(),
    ...senseChecks(dependencies, settings)
  ]
  return runChecks(checks, onFinding, signal)
}
