import type { ReactNode } from 'react'
import { DescriptionSettings } from './description-settings.tsx'
import { TextField } from './fields.tsx'
import { MoneySettings } from './money-settings.tsx'
import { PrivacySettings } from './privacy-settings.tsx'
import { ProviderSettings, type ProviderSettingsProps } from './provider-settings.tsx'
import type { SettingFieldProps } from './setting-fields.tsx'
import { VoiceSettings } from './voice-settings.tsx'
import { commandEntry } from '#shared/commands.ts'

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
