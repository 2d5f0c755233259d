import type { DescribeFlags } from './options.ts'
import { UsageError } from './exit-codes.ts'
import { chooseBaseUrl, findKey } from './provider.ts'
import { askYesOrNo, canAsk, type Terminal } from './terminal.ts'
import { createDescribeService, type DescribeService } from '#app/describing/describe-service.ts'
import type { DescribeServiceOptions, MayExceed } from '#app/describing/request.ts'
import { findPreset } from '#app/describing/resolve-request.ts'
import type { PictureDependencies } from '#app/picture-dependencies.ts'
import { presets, type Preset } from '#shared/caption.ts'
import { privacyActionOf } from '#shared/privacy-rules.ts'
import { privateKinds } from '#shared/privacy.ts'
import type { OwnPreset, Settings } from '#shared/settings.ts'
import { t } from '#shared/messages/messages.ts'
import { dollars } from '#shared/spent.ts'

/** The settings for this run: from the flags, else the environment, else the saved settings. Errors: UsageError. */
export function settingsForRun(settings: Settings, flags: DescribeFlags): Settings {
  return {
    ...settings,
    detail: flags.detail ?? settings.detail,
    language: flags.language ?? settings.language,
    model: flags.model ?? settings.model,
    baseUrl: chooseBaseUrl(flags.baseUrl, process.env, settings.baseUrl),
    ...privacyForRun(settings, flags.privacy),
    // If the user names an address, only that one is used.
    fallback: flags.baseUrl === null && !flags.isOffline ? settings.fallback : null
  }
}

function privacyForRun(
  settings: Settings,
  choice: DescribeFlags['privacy']
): Pick<Settings, 'privacyCheck' | 'privacyActions'> {
  const { privacyActions } = settings
  if (choice === null) return { privacyCheck: settings.privacyCheck, privacyActions }
  if (choice === 'off') return { privacyCheck: false, privacyActions }
  // What the user sends stays as it is.
  const changed = privateKinds.filter((kind) => privacyActionOf(privacyActions, kind) !== 'send')
  return {
    privacyCheck: true,
    privacyActions: { ...privacyActions, ...Object.fromEntries(changed.map((kind) => [kind, choice])) }
  }
}

/** Looks up keys by address, each at most once: the keychain may ask the user each time. */
export function createKeyFinder({
  dependencies,
  flags,
  terminal
}: Pick<RunOptions, 'dependencies' | 'flags' | 'terminal'>): DescribeServiceOptions['findKey'] {
  const keys = new Map<string, Promise<string | null>>()
  return (baseUrl) => {
    const key = keys.get(baseUrl) ?? findKey(dependencies, baseUrl, flags, terminal)
    keys.set(baseUrl, key)
    return key
  }
}

/** The service for one run of the command line. */
export async function createServiceForRun(
  run: RunOptions,
  stores: Pick<DescribeServiceOptions, 'spending' | 'captions'>
): Promise<DescribeService> {
  const { dependencies, settings, flags } = run
  const service = createDescribeService({
    dependencies,
    settings: () => settings,
    findKey: run.findKey ?? createKeyFinder(run),
    // By naming an address, here or in the settings, the user agrees to send pictures there.
    maySendTo: () => !flags.isOffline,
    readsByDefault: false,
    ...stores
  })
  const { clock, logFile } = dependencies
  if (!logFile.isOn()) return service
  const [{ createLog }, { logRequests }] = await Promise.all([
    import('#core/log/log.ts'),
    import('#app/describing/request-log.ts')
  ])
  return logRequests(service, { log: createLog(logFile), clock, settings: () => settings })
}

export interface RunOptions {
  dependencies: PictureDependencies
  /** From `settingsForRun`. */
  settings: Settings
  flags: DescribeFlags
  terminal: Terminal
  findKey?: DescribeServiceOptions['findKey']
}

/** The preset that --preset names: built-in or one of the user's own. Errors: UsageError. */
export function presetForRun({ preset }: DescribeFlags, settings: Settings): Preset | OwnPreset | null {
  if (preset === null) return null
  try {
    return findPreset(preset, settings)
  } catch {
    const names = [...presets, ...settings.presets.map((own) => own.name)]
    throw new UsageError(`--preset wants one of ${names.join(', ')}.`)
  }
}

/** Asks whether to exceed the spending limit, once for all pictures of the run; undefined if nobody can answer. */
export function askToExceed(terminal: Terminal): MayExceed | undefined {
  if (!canAsk()) return undefined
  let answer: Promise<boolean> | null = null
  return (estimateUsd) =>
    (answer ??= askYesOrNo(
      estimateUsd === null ? t('cli.exceed-limit') : t('cli.exceed-limit-by', { cost: dollars(estimateUsd) }),
      terminal
    ))
}
