import type { ReactNode } from 'react'
import { Choice, TextField } from './fields.tsx'
import { KeyForm } from './key-form.tsx'
import { ArrivalField, details, SendingField, type SettingFieldProps } from './setting-fields.tsx'
import { VoiceSettings } from './voice-settings.tsx'
import type { Bridge } from '#shared/bridge.ts'
import { commandEntry } from '#shared/commands.ts'

interface Props extends SettingFieldProps {
  bridge: Bridge
  onSetKey: (key: string) => Promise<boolean>
  onRemoveKey: () => void
}

/** Blank means "the default", which the settings call null. */
function orNull(text: string): string | null {
  return text === '' ? null : text
}

/** All settings. Each holds as soon as it is changed. */
export function SettingsPanel({ status, bridge, onChange, onSetKey, onRemoveKey }: Props): ReactNode {
  const { settings } = status
  return (
    <section aria-labelledby="settings-title" className="settings" data-region>
      <h2 id="settings-title" tabIndex={-1}>
        Settings
      </h2>
      <div className="groups">
        <div role="group" aria-labelledby="provider-title">
          <h3 id="provider-title">Provider</h3>
          <SendingField status={status} onChange={onChange} />
          <KeyForm status={status} onSet={onSetKey} onRemove={onRemoveKey} />
          <TextField
            label="Address"
            hint="Of any OpenAI-compatible server. Another address asks about sending again."
            type="url"
            required
            value={settings.baseUrl}
            onChange={(baseUrl) => onChange({ baseUrl })}
          />
          <TextField label="Model" required value={settings.model} onChange={(model) => onChange({ model })} />
          <TextField
            label="Seconds to wait for the first word"
            hint="1 to 600. Blank: 20, or 120 for a server on this computer."
            pattern="[1-9]\d?|[1-5]\d\d|600"
            inputMode="numeric"
            value={settings.firstTokenTimeoutMs === null ? '' : String(settings.firstTokenTimeoutMs / 1000)}
            onChange={(seconds) =>
              onChange({ firstTokenTimeoutMs: seconds === '' ? null : Math.round(Number(seconds) * 1000) })
            }
          />
        </div>
        <div role="group" aria-labelledby="descriptions-title">
          <h3 id="descriptions-title">Descriptions</h3>
          <ArrivalField status={status} onChange={onChange} />
          <Choice
            label="Detail"
            value={settings.detail}
            choices={details}
            onChange={(detail) => onChange({ detail })}
          />
          <TextField
            label="Language of captions"
            hint="A tag such as en or de-AT. Blank: the system’s."
            value={settings.language ?? ''}
            onChange={(language) => onChange({ language: orNull(language) })}
          />
          <TextField
            label="Screenshot folders"
            hint="Separated by semicolons. Blank: the system’s own."
            value={settings.screenshotFolders?.join('; ') ?? ''}
            onChange={(folders) =>
              onChange({
                screenshotFolders:
                  orNull(folders)
                    ?.split(/\s*;\s*/u)
                    .filter(Boolean) ?? null
              })
            }
          />
        </div>
        <VoiceSettings status={status} onChange={onChange} bridge={bridge} />
        {status.hotkeys.length > 0 && (
          <div role="group" aria-labelledby="hotkeys-title">
            <h3 id="hotkeys-title">Hotkeys in every program</h3>
            {status.hotkeys.map(({ command, accelerator, problem }) => (
              <TextField
                key={command}
                label={commandEntry(command).title}
                hint={problem ?? 'Such as Control+Shift+Super+P. Blank: off.'}
                value={accelerator ?? ''}
                onChange={(keys) => onChange({ hotkeys: { ...settings.hotkeys, [command]: orNull(keys) } })}
              />
            ))}
          </div>
        )}
      </div>
    </section>
  )
}
