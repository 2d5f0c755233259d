import type { ReactNode } from 'react'
import { numberOf, TextField } from '../ui/fields.tsx'
import { KeyForm, type KeyRequests } from './key-form.tsx'
import { ModelChoice } from './model-choice.tsx'
import { SendingField, type SettingFieldProps } from './setting-fields.tsx'
import type { Bridge } from '#shared/bridge.ts'

export interface ProviderSettingsProps extends SettingFieldProps {
  bridge: Bridge
  keyRequests: KeyRequests
}

/** Who describes, with what key, and whether pictures may go there: the same in the settings and in the first run. */
export function ProviderFields({ status, onChange, bridge, keyRequests }: ProviderSettingsProps): ReactNode {
  const { baseUrl, model } = status.settings
  return (
    <>
      <ModelChoice
        bridge={bridge}
        noun="provider"
        label="Provider"
        hint="Whose model describes. The list tells where to get a key. Another one asks about sending again."
        chosen={{ baseUrl, model }}
        onChoose={onChange}
      />
      <KeyForm status={status} {...keyRequests} />
      <SendingField status={status} onChange={onChange} />
    </>
  )
}

const consent = 'Pictures also go there while sending is on. Its key: choose it as provider once, and store the key.'

export function ProviderSettings({ status, onChange, bridge, keyRequests }: ProviderSettingsProps): ReactNode {
  const { fallback, secondOpinion, secondOpinionLimitUsd, firstTokenTimeoutMs } = status.settings
  return (
    <div role="group" aria-labelledby="provider-title">
      <h3 id="provider-title">Provider</h3>
      <ProviderFields status={status} onChange={onChange} bridge={bridge} keyRequests={keyRequests} />
      <ModelChoice
        bridge={bridge}
        noun="fallback"
        label="When it is down"
        hint={consent}
        chosen={fallback}
        onChoose={(choice) => onChange({ fallback: choice })}
        off={{ words: 'only the text is read, on this computer', onOff: () => onChange({ fallback: null }) }}
      />
      <ModelChoice
        bridge={bridge}
        noun="second opinion"
        label="Second opinion"
        hint={consent}
        chosen={secondOpinion}
        onChoose={(choice) => onChange({ secondOpinion: choice })}
        off={{ words: 'none', onOff: () => onChange({ secondOpinion: null }) }}
      />
      {secondOpinion && (
        <TextField
          label="Second opinion asks first above"
          hint="US dollars, 0 to 100, such as 0.02."
          pattern="(\d{1,2}([.,]\d{1,4})?|100)"
          inputMode="decimal"
          required
          value={String(secondOpinionLimitUsd)}
          onChange={(usd) => onChange({ secondOpinionLimitUsd: numberOf(usd) })}
        />
      )}
      <TextField
        label="Seconds to wait for the first word"
        hint="1 to 600. Blank: 20, or 120 for a server on this computer."
        pattern="[1-9]\d?|[1-5]\d\d|600"
        inputMode="numeric"
        value={firstTokenTimeoutMs === null ? '' : String(firstTokenTimeoutMs / 1000)}
        onChange={(seconds) =>
          onChange({ firstTokenTimeoutMs: seconds === '' ? null : Math.round(Number(seconds) * 1000) })
        }
      />
    </div>
  )
}
