import type { ReactNode } from 'react'
import { parseDecimal, TextField } from '../ui/fields.tsx'
import { KeyForm, type KeyRequests } from './key-form.tsx'
import { ModelChoice } from './model-choice.tsx'
import { SendingField, SettingGroup, type SettingFieldProps } from './setting-fields.tsx'
import type { Bridge } from '#shared/bridge.ts'
import { t } from '#shared/messages/messages.ts'

export interface ProviderSettingsProps extends SettingFieldProps {
  bridge: Bridge
  keyRequests: KeyRequests
}

/**
 * The provider, its key, and whether pictures may be sent to it. Shared by the settings and the first-run questions.
 */
export function ProviderFields({ status, onChange, bridge, keyRequests }: ProviderSettingsProps): ReactNode {
  const { baseUrl, model } = status.settings
  return (
    <>
      <ModelChoice
        bridge={bridge}
        role="provider"
        label={t('settings.provider')}
        hint={t('settings.provider.hint')}
        chosen={{ baseUrl, model }}
        onChoose={onChange}
      />
      <KeyForm status={status} {...keyRequests} />
      <SendingField status={status} onChange={onChange} />
    </>
  )
}

export function ProviderSettings({ status, onChange, bridge, keyRequests }: ProviderSettingsProps): ReactNode {
  const { fallback, secondOpinion, secondOpinionLimitUsd, firstTokenTimeoutMs } = status.settings
  return (
    <SettingGroup name="provider" title={t('settings.provider')}>
      <ProviderFields status={status} onChange={onChange} bridge={bridge} keyRequests={keyRequests} />
      <ModelChoice
        bridge={bridge}
        role="fallback"
        label={t('settings.fallback')}
        hint={t('settings.also-sent')}
        chosen={fallback}
        onChoose={(choice) => onChange({ fallback: choice })}
        off={{ label: t('settings.fallback.none'), turnOff: () => onChange({ fallback: null }) }}
      />
      <ModelChoice
        bridge={bridge}
        role="second-opinion"
        label={t('settings.second-opinion')}
        hint={t('settings.also-sent')}
        chosen={secondOpinion}
        onChoose={(choice) => onChange({ secondOpinion: choice })}
        off={{ label: t('settings.second-opinion.none'), turnOff: () => onChange({ secondOpinion: null }) }}
      />
      {secondOpinion && (
        <TextField
          label={t('settings.second-opinion-limit')}
          hint={t('settings.second-opinion-limit.hint')}
          pattern="(\d{1,2}([.,]\d{1,4})?|100)"
          inputMode="decimal"
          required
          value={String(secondOpinionLimitUsd)}
          onChange={(usd) => onChange({ secondOpinionLimitUsd: parseDecimal(usd) })}
        />
      )}
      <TextField
        label={t('settings.response-timeout')}
        hint={t('settings.response-timeout.hint')}
        pattern="[1-9]\d?|[1-5]\d\d|600"
        inputMode="numeric"
        value={firstTokenTimeoutMs === null ? '' : String(firstTokenTimeoutMs / 1000)}
        onChange={(seconds) =>
          onChange({ firstTokenTimeoutMs: seconds === '' ? null : Math.round(Number(seconds) * 1000) })
        }
      />
    </SettingGroup>
  )
}
