import type { Session } from './session.ts'
import { UsageError } from '../exit-codes.ts'
import { details } from '#shared/caption.ts'
import { providerAddress } from '#shared/addresses.ts'
import { t } from '#shared/messages/messages.ts'
import { isSettingValue, limitPolicies, type OtherModel, type Settings } from '#shared/settings.ts'

/** A setting as it is shown and typed at the prompt. */
interface SettingLine {
  label: (session: Session) => string
  /** In the form in which it can be typed. */
  value: (session: Session) => string
  /** The words it may be set to; else `expected` says in words what may be. */
  choices?: readonly string[]
  expected?: () => string
  /** What the typed value changes; undefined if it is no value of this setting. */
  read: (typed: string, session: Session) => Partial<Settings> | undefined
}

const onOff = ['on', 'off']
const word = (isOn: boolean): string => (isOn ? 'on' : 'off')

/** The settings that matter without a window, in the order in which they are listed. */
const settingLines: Record<string, SettingLine> = {
  sending: {
    label: ({ provider }) => t('settings.sending', { provider }),
    value: ({ isSendingOn }) => word(isSendingOn),
    choices: onOff,
    // Through session.allowSending.
    read: () => ({})
  },
  provider: {
    label: () => t('settings.provider'),
    value: ({ settings }) => settings.baseUrl,
    expected: () => t('terminal.settings.value.address'),
    read: (typed) => (isAddress(typed) ? { baseUrl: providerAddress(typed) } : undefined)
  },
  model: {
    label: () => t('settings.offers.model'),
    value: ({ settings }) => settings.model,
    expected: () => t('terminal.settings.value.model-name'),
    read: (typed) => ({ model: typed })
  },
  check: {
    label: () => t('settings.privacy-check'),
    value: ({ settings }) => word(settings.privacyCheck !== false),
    choices: onOff,
    read: (typed) => ({ privacyCheck: typed === 'on' })
  },
  detail: {
    label: () => t('settings.detail'),
    value: ({ settings }) => settings.detail,
    choices: details,
    read: (typed) => ({ detail: typed as Settings['detail'] })
  },
  language: {
    label: () => t('settings.language'),
    value: ({ settings }) => settings.language ?? 'system',
    expected: () => t('terminal.settings.value.language'),
    read: (typed) => (typed === 'system' ? { language: null } : canonicalLanguage(typed))
  },
  limit: {
    label: () => t('settings.monthly-limit'),
    value: ({ settings }) => settings.monthlyLimitUsd?.toString() ?? 'none',
    expected: () => t('terminal.settings.value.amount'),
    read: (typed) => (typed === 'none' ? { monthlyLimitUsd: null } : amount(typed))
  },
  'limit-reached': {
    label: () => t('settings.limit-reached'),
    value: ({ settings }) => settings.whenLimitReached,
    choices: limitPolicies,
    read: (typed) => ({ whenLimitReached: typed as Settings['whenLimitReached'] })
  },
  fallback: {
    label: () => t('settings.fallback'),
    value: ({ settings }) => otherModelWords(settings.fallback),
    expected: () => t('terminal.settings.value.other-model'),
    read(typed, { settings }) {
      const fallback = otherModel(typed, settings)
      return fallback === undefined ? undefined : { fallback }
    }
  },
  'second-opinion': {
    label: () => t('settings.second-opinion'),
    value: ({ settings }) => otherModelWords(settings.secondOpinion),
    expected: () => t('terminal.settings.value.other-model'),
    read(typed, { settings }) {
      const secondOpinion = otherModel(typed, settings)
      return secondOpinion === undefined ? undefined : { secondOpinion }
    }
  },
  'save-captions': {
    label: () => t('settings.keep-captions'),
    value: ({ settings }) => word(settings.keepCaptions),
    choices: onOff,
    read: (typed) => ({ keepCaptions: typed === 'on' })
  }
}

export const settingNames = Object.keys(settingLines)

/** For Tab. */
export function settingChoices(name: string): readonly string[] {
  return (Object.hasOwn(settingLines, name) && settingLines[name]?.choices) || []
}

/** Every setting, or one, as a line. Errors: UsageError (there is none with this name). */
export function describeSettings(session: Session, name?: string): string[] {
  return (name === undefined ? settingNames : [name]).map((one) => {
    const line = findLine(one)
    return t('terminal.setting', { name: one, label: line.label(session), value: line.value(session) })
  })
}

/** Changes a setting. Errors: UsageError with what it may be, and those of saving. */
export async function changeSetting(session: Session, name: string, typed: string): Promise<void> {
  const line = findLine(name)
  const { choices } = line
  const known = choices ? choices.find((choice) => choice === typed.toLowerCase()) : typed
  if (name === 'sending' && known !== undefined) return session.allowSending(known === 'on')
  const patch = known === undefined ? undefined : line.read(known, session)
  const isValid = patch && Object.entries(patch).every(([key, value]) => isSettingValue(key as keyof Settings, value))
  if (!isValid)
    throw new UsageError(t('terminal.settings.value', { name, value: choices?.join(', ') ?? line.expected?.() ?? '' }))
  await session.change(patch)
}

function findLine(name: string): SettingLine {
  const line = Object.hasOwn(settingLines, name) ? settingLines[name] : undefined
  if (!line) throw new UsageError(t('terminal.settings.no-such-setting', { name }))
  return line
}

const isAddress = (typed: string): boolean => /^https?:\/\//iu.test(typed) && URL.canParse(typed)

function canonicalLanguage(typed: string): Partial<Settings> | undefined {
  try {
    return { language: Intl.getCanonicalLocales(typed)[0] ?? null }
  } catch {
    return undefined
  }
}

function amount(typed: string): Partial<Settings> | undefined {
  const monthlyLimitUsd = Number(typed)
  return Number.isNaN(monthlyLimitUsd) ? undefined : { monthlyLimitUsd }
}

function otherModelWords(other: OtherModel | null): string {
  return other === null ? 'off' : `${other.baseUrl}#${other.model}`
}

/** `MODEL` at the chosen provider, or `ADDRESS#MODEL`; undefined for neither. */
function otherModel(typed: string, { baseUrl }: Pick<Settings, 'baseUrl'>): OtherModel | null | undefined {
  if (typed === 'off') return null
  const at = typed.indexOf('#')
  if (at < 0) return { baseUrl, model: typed }
  const address = typed.slice(0, at)
  return isAddress(address) ? { baseUrl: providerAddress(address), model: typed.slice(at + 1) } : undefined
}
