import type { ReactNode } from 'react'
import { Choice, Switch, TextField, type Take } from '../ui/fields.tsx'
import type { Status } from '#shared/bridge.ts'
import type { ArrivalMode, Settings } from '#shared/settings.ts'

/** Fields that stand both in the settings and in the first-run questions. */
export interface SettingFieldProps {
  status: Status
  onChange: Take<Partial<Settings>>
}

const arrivalModes: Record<ArrivalMode, string> = {
  ready: 'Say “picture ready” and wait',
  describe: 'Describe it at once',
  off: 'Do nothing'
}

export function ArrivalField({ status, onChange }: SettingFieldProps): ReactNode {
  return (
    <Choice
      label="When a picture arrives"
      hint="On the clipboard or as a new screenshot."
      value={status.settings.whenPictureArrives}
      choices={arrivalModes}
      onChange={(whenPictureArrives) => onChange({ whenPictureArrives })}
    />
  )
}

export function SendingField({ status, onChange }: SettingFieldProps): ReactNode {
  const { provider, sendingOn, settings } = status
  return (
    <Switch
      label={`Send pictures to ${provider}`}
      hint={
        sendingOn
          ? `Pictures go to ${provider} when you describe them${
              settings.whenPictureArrives === 'describe' ? ', and each new one as it arrives' : ''
            }.`
          : `Off: no picture leaves this computer. On: pictures go to ${provider} when you describe them.`
      }
      isOn={sendingOn}
      onChange={(isOn) => onChange({ sendingAllowedTo: isOn ? settings.baseUrl : null })}
    />
  )
}

export function RateField({ status, onChange }: SettingFieldProps): ReactNode {
  return (
    <TextField
      label="Speed of Descry’s voice"
      hint="Words a minute, 80 to 450."
      type="number"
      min={80}
      max={450}
      required
      value={String(status.settings.rateWpm)}
      onChange={(rate) => onChange({ rateWpm: Number(rate) })}
    />
  )
}
