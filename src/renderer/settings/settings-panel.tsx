import type { ReactNode } from 'react'
import { regionRefs, targetRefs } from '../focus-navigation.ts'
import { Choice, parseDecimal, TextField } from '../ui/fields.tsx'
import { OwnPrompts } from './own-prompts.tsx'
import { PrivacySettings } from './privacy-settings.tsx'
import { ProviderSettings, type ProviderSettingsProps } from './provider-settings.tsx'
import { labelsFor, NewPictureField, SettingGroup, type SettingFieldProps } from './setting-fields.tsx'
import { VoiceSettings } from './voice-settings.tsx'
import { details } from '#shared/caption.ts'
import { commandEntry } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'
import { limitPolicies } from '#shared/settings.ts'
import { spentSentence } from '#shared/spent.ts'

/** All settings. Each takes effect as soon as it is changed. */
export function SettingsPanel(props: ProviderSettingsProps): ReactNode {
  const { status, bridge, onChange } = props
  return (
    <section aria-labelledby="settings-title" className="settings" ref={regionRefs.settings}>
      <h2 id="settings-title" ref={targetRefs.settings} tabIndex={-1}>
        {t('settings.title')}
      </h2>
      <div className="groups">
        <ProviderSettings {...props} />
        <DescriptionSettings status={status} onChange={onChange} />
        <VoiceSettings status={status} onChange={onChange} bridge={bridge} />
        <SpendingSettings status={status} onChange={onChange} />
        <PrivacySettings status={status} onChange={onChange} />
        {status.hotkeys.length > 0 && <HotkeySettings status={status} onChange={onChange} />}
      </div>
    </section>
  )
}

function DescriptionSettings({ status, onChange }: SettingFieldProps): ReactNode {
  const { settings } = status
  return (
    <SettingGroup name="descriptions" title={t('settings.descriptions')}>
      <NewPictureField status={status} onChange={onChange} />
      <Choice
        label={t('settings.detail')}
        value={settings.detail}
        choices={labelsFor(details, (detail) => `caption.detail.${detail}`)}
        onChange={(detail) => onChange({ detail })}
      />
      <TextField
        label={t('settings.language')}
        hint={t('settings.language.hint')}
        value={settings.language ?? ''}
        onChange={(language) => onChange({ language: language || null })}
      />
      <TextField
        label={t('settings.screenshot-folders')}
        hint={t('settings.screenshot-folders.hint')}
        value={settings.screenshotFolders?.join('; ') ?? ''}
        onChange={(folders) => onChange({ screenshotFolders: foldersIn(folders) })}
      />
      <OwnPrompts presets={settings.presets} onChange={(presets) => onChange({ presets })} />
    </SettingGroup>
  )
}

function foldersIn(typed: string): string[] | null {
  return typed === '' ? null : typed.split(/\s*;\s*/u).filter(Boolean)
}

function SpendingSettings({ status, onChange }: SettingFieldProps): ReactNode {
  const { monthlyLimitUsd, whenLimitReached } = status.settings
  return (
    <SettingGroup name="spending" title={t('settings.spending')}>
      <p>{spentSentence(status.spent, monthlyLimitUsd)}</p>
      <TextField
        label={t('settings.monthly-limit')}
        hint={t('settings.monthly-limit.hint')}
        pattern="\d{1,5}([.,]\d{1,2})?"
        inputMode="decimal"
        value={monthlyLimitUsd === null ? '' : String(monthlyLimitUsd)}
        onChange={(usd) => onChange({ monthlyLimitUsd: usd === '' ? null : parseDecimal(usd) })}
      />
      {monthlyLimitUsd !== null && (
        <Choice
          label={t('settings.limit-reached')}
          value={whenLimitReached}
          choices={labelsFor(limitPolicies, (policy) => `settings.limit-reached.${policy}`)}
          onChange={(policy) => onChange({ whenLimitReached: policy })}
        />
      )}
    </SettingGroup>
  )
}

function HotkeySettings({ status, onChange }: SettingFieldProps): ReactNode {
  return (
    <SettingGroup name="hotkeys" title={t('settings.hotkeys')}>
      {status.hotkeys.map(({ command, accelerator, problem }) => (
        <TextField
          key={command}
          label={commandEntry(command).title}
          hint={problem ?? t('settings.hotkeys.hint')}
          value={accelerator ?? ''}
          onChange={(keys) => onChange({ hotkeys: { ...status.settings.hotkeys, [command]: keys || null } })}
        />
      ))}
    </SettingGroup>
  )
}
