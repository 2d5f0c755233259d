import type { FocusEventHandler, ReactNode } from 'react'
import { Choice, Switch, TextField, type Apply } from '../ui/fields.tsx'
import type { Status } from '#shared/bridge.ts'
import { t, type PlainMessageKey } from '#shared/messages/messages.ts'
import type { ArrivalMode, Settings } from '#shared/settings.ts'

/** The fields shared by the settings and the first-run questions, and what all settings have in common. */
export interface SettingFieldProps {
  status: Status
  onChange: Apply<Partial<Settings>>
}

interface GroupProps {
  /** Prefix of the heading's id. */
  name: string
  title: string
  onFocus?: FocusEventHandler
  children: ReactNode
}

/** A group of related settings under a heading. */
export function SettingGroup({ name, title, onFocus, children }: GroupProps): ReactNode {
  return (
    <div role="group" aria-labelledby={`${name}-title`} onFocus={onFocus}>
      <h3 id={`${name}-title`}>{title}</h3>
      {children}
    </div>
  )
}

/** The choices of a select: a label for each value. */
export function labelsFor<Value extends string>(
  values: readonly Value[],
  keyOf: (value: Value) => PlainMessageKey
): Record<Value, string> {
  return Object.fromEntries(values.map((value) => [value, t(keyOf(value))])) as Record<Value, string>
}

export function NewPictureField({ status, onChange }: SettingFieldProps): ReactNode {
  return (
    <Choice
      label={t('settings.new-picture')}
      hint={t('settings.new-picture.hint')}
      value={status.settings.whenPictureArrives}
      choices={labelsFor<ArrivalMode>(['ready', 'describe', 'off'], (mode) => `settings.new-picture.${mode}`)}
      onChange={(whenPictureArrives) => onChange({ whenPictureArrives })}
    />
  )
}

export function SendingField({ status, onChange }: SettingFieldProps): ReactNode {
  const { provider, sendingOn, settings } = status
  const isAutomatic = settings.whenPictureArrives === 'describe'
  return (
    <Switch
      label={t('settings.sending', { provider })}
      hint={
        sendingOn
          ? t(isAutomatic ? 'settings.sending.on-automatically' : 'settings.sending.on', { provider })
          : t('settings.sending.off')
      }
      isOn={sendingOn}
      onChange={(isOn) => onChange({ sendingAllowedTo: isOn ? settings.baseUrl : null })}
    />
  )
}

export function RateField({ status, onChange }: SettingFieldProps): ReactNode {
  return (
    <TextField
      label={t('settings.rate')}
      hint={t('settings.rate.hint')}
      type="number"
      min={80}
      max={450}
      required
      value={String(status.settings.rateWpm)}
      onChange={(rate) => onChange({ rateWpm: Number(rate) })}
    />
  )
}
