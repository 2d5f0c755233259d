import type { ReactNode } from 'react'
import { Choice, Switch } from './fields.tsx'
import type { SettingFieldProps } from './setting-fields.tsx'
import type { NoticePolicy, Settings } from '#shared/settings.ts'

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
