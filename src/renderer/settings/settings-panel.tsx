import type { ReactNode } from 'react'
import { TextField, Choice, numberOf, Switch } from '../ui/fields.tsx'
import { ProviderSettings, type ProviderSettingsProps } from './provider-settings.tsx'
import { type SettingFieldProps, ArrivalField } from './setting-fields.tsx'
import { VoiceSettings } from './voice-settings.tsx'
import { OwnPresets } from './own-presets.tsx'
import { detailNames } from '../caption/item-labels.ts'
import { commandEntry } from '#shared/commands.ts'
import type { LimitPolicy, NoticePolicy, Settings } from '#shared/settings.ts'
import { spentSentence } from '#shared/spent.ts'

/** All settings. Each holds as soon as it is changed. */
export function SettingsPanel({ status, bridge, onChange, keyRequests }: ProviderSettingsProps): ReactNode {
  return (
    <section aria-labelledby="settings-title" className="settings" data-region>
      <h2 id="settings-title" tabIndex={-1}>
        Settings
      </h2>
      <div className="groups">
        <ProviderSettings status={status} bridge={bridge} onChange={onChange} keyRequests={keyRequests} />
        <DescriptionSettings status={status} onChange={onChange} />
        <VoiceSettings status={status} onChange={onChange} bridge={bridge} />
        <MoneySettings status={status} onChange={onChange} />
        <PrivacySettings status={status} onChange={onChange} />
        {status.hotkeys.length > 0 && <HotkeySettings status={status} onChange={onChange} />}
      </div>
    </section>
  )
}

function HotkeySettings({ status, onChange }: SettingFieldProps): ReactNode {
  return (
    <div role="group" aria-labelledby="hotkeys-title">
      <h3 id="hotkeys-title">Hotkeys in every program</h3>
      {status.hotkeys.map(({ command, accelerator, problem }) => (
        <TextField
          key={command}
          label={commandEntry(command).title}
          hint={problem ?? 'Such as Control+Shift+Super+P. Blank: off.'}
          value={accelerator ?? ''}
          onChange={(keys) => onChange({ hotkeys: { ...status.settings.hotkeys, [command]: keys || null } })}
        />
      ))}
    </div>
  )
}

export function DescriptionSettings({ status, onChange }: SettingFieldProps): ReactNode {
  const { settings } = status
  return (
    <div role="group" aria-labelledby="descriptions-title">
      <h3 id="descriptions-title">Descriptions</h3>
      <ArrivalField status={status} onChange={onChange} />
      <Choice
        label="Detail"
        value={settings.detail}
        choices={detailNames}
        onChange={(detail) => onChange({ detail })}
      />
      <TextField
        label="Language of captions"
        hint="A tag such as en or de-AT. Blank: the system’s."
        value={settings.language ?? ''}
        onChange={(language) => onChange({ language: language || null })}
      />
      <TextField
        label="Screenshot folders"
        hint="Separated by semicolons. Blank: the system’s own."
        value={settings.screenshotFolders?.join('; ') ?? ''}
        onChange={(folders) => onChange({ screenshotFolders: foldersIn(folders) })}
      />
      <OwnPresets presets={settings.presets} onChange={(presets) => onChange({ presets })} />
    </div>
  )
}

function foldersIn(typed: string): string[] | null {
  return typed === '' ? null : typed.split(/\s*;\s*/u).filter(Boolean)
}

const limitPolicies: Record<LimitPolicy, string> = {
  ask: 'Ask each time',
  local: 'Read only the text, on this computer',
  stop: 'Describe nothing more'
}

export function MoneySettings({ status, onChange }: SettingFieldProps): ReactNode {
  const { monthlyLimitUsd, whenLimitReached } = status.settings
  return (
    <div role="group" aria-labelledby="money-title">
      <h3 id="money-title">Money</h3>
      <p>{spentSentence(status.spent, monthlyLimitUsd)}</p>
      <TextField
        label="Limit for each month"
        hint="US dollars, such as 5 or 0.50. Blank: no limit."
        pattern="\d{1,5}([.,]\d{1,2})?"
        inputMode="decimal"
        value={monthlyLimitUsd === null ? '' : String(monthlyLimitUsd)}
        onChange={(usd) => onChange({ monthlyLimitUsd: usd === '' ? null : numberOf(usd) })}
      />
      {monthlyLimitUsd !== null && (
        <Choice
          label="When the limit is reached"
          value={whenLimitReached}
          choices={limitPolicies}
          onChange={(whenLimitReached) => onChange({ whenLimitReached })}
        />
      )}
    </div>
  )
}

const noticePolicies: Record<NoticePolicy, string> = {
  wait: 'Wait until I ask for the caption',
  say: 'Say so after the first sentence',
  ignore: 'Say nothing'
}
const notices: Record<keyof Settings['notices'], string> = {
  graphic: 'Graphic content',
  sensitive: 'Sensitive content',
  private: 'Private content, such as a password'
}

export function PrivacySettings({ status, onChange }: SettingFieldProps): ReactNode {
  const { settings } = status
  return (
    <div role="group" aria-labelledby="privacy-title">
      <h3 id="privacy-title">Privacy and notices</h3>
      <Switch
        label="Keep captions"
        hint="On this computer, for 30 days: the same picture then costs nothing again."
        isOn={settings.keepCaptions}
        onChange={(keepCaptions) => onChange({ keepCaptions })}
      />
      <Switch
        label="Fetch copied pictures from the web"
        hint="When only the address of a picture was copied, and you ask for the clipboard. Its server then learns of it."
        isOn={settings.fetchCopiedPictures}
        onChange={(fetchCopiedPictures) => onChange({ fetchCopiedPictures })}
      />
      {(Object.keys(notices) as (keyof typeof notices)[]).map((kind) => (
        <Choice
          key={kind}
          label={notices[kind]}
          value={settings.notices[kind]}
          choices={noticePolicies}
          onChange={(policy) => onChange({ notices: { ...settings.notices, [kind]: policy } })}
        />
      ))}
    </div>
  )
}
