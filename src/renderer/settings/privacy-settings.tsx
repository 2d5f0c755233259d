import type { ReactNode } from 'react'
import { Choice, Switch, TextField } from '../ui/fields.tsx'
import { labelsFor, SettingGroup, type SettingFieldProps } from './setting-fields.tsx'
import { t } from '#shared/messages/messages.ts'
import { privacyActionOf, privacyActions, slowCheckActions } from '#shared/privacy-rules.ts'
import { privateKinds } from '#shared/privacy.ts'
import { noticePolicies } from '#shared/settings.ts'

const noticeKinds = ['graphic', 'sensitive', 'private'] as const

/** What is checked before a picture is sent, what is kept on this computer, and which captions come with a warning. */
export function PrivacySettings({ status, onChange }: SettingFieldProps): ReactNode {
  const { settings } = status
  return (
    <SettingGroup name="privacy" title={t('settings.privacy')}>
      <PrivacyCheckField status={status} onChange={onChange} />
      {settings.privacyCheck !== false && <CheckDetails status={status} onChange={onChange} />}
      <Switch
        label={t('settings.keep-captions')}
        hint={t('settings.keep-captions.hint')}
        isOn={settings.keepCaptions}
        onChange={(keepCaptions) => onChange({ keepCaptions })}
      />
      <Switch
        label={t('settings.fetch-pictures')}
        hint={t('settings.fetch-pictures.hint')}
        isOn={settings.fetchCopiedPictures}
        onChange={(fetchCopiedPictures) => onChange({ fetchCopiedPictures })}
      />
      {noticeKinds.map((kind) => (
        <Choice
          key={kind}
          label={t(`settings.notice.${kind}`)}
          value={settings.notices[kind]}
          choices={labelsFor(noticePolicies, (policy) => `settings.notice-policy.${policy}`)}
          onChange={(policy) => onChange({ notices: { ...settings.notices, [kind]: policy } })}
        />
      ))}
    </SettingGroup>
  )
}

/** Also one of the first-run questions. */
export function PrivacyCheckField({ status, onChange }: SettingFieldProps): ReactNode {
  return (
    <Switch
      label={t('settings.privacy-check')}
      hint={t('settings.privacy-check.hint')}
      isOn={status.settings.privacyCheck !== false}
      onChange={(privacyCheck) => onChange({ privacyCheck })}
    />
  )
}

function CheckDetails({ status, onChange }: SettingFieldProps): ReactNode {
  const { settings } = status
  return (
    <>
      {privateKinds.map((kind) => (
        <Choice
          key={kind}
          label={t(`settings.privacy-kind.${kind}`)}
          value={privacyActionOf(settings.privacyActions, kind)}
          choices={labelsFor(privacyActions, (action) => `settings.privacy-action.${action}`)}
          onChange={(action) => onChange({ privacyActions: { ...settings.privacyActions, [kind]: action } })}
        />
      ))}
      <TextField
        label={t('settings.private-windows')}
        hint={t('settings.private-windows.hint')}
        value={settings.privateWindows.join('; ')}
        onChange={(names) => onChange({ privateWindows: names.split(/\s*;\s*/u).filter(Boolean) })}
      />
      <Choice
        label={t('settings.slow-check')}
        value={settings.whenCheckIsSlow}
        choices={labelsFor(slowCheckActions, (action) => `settings.slow-check.${action}`)}
        onChange={(whenCheckIsSlow) => onChange({ whenCheckIsSlow })}
      />
      <Switch
        label={t('settings.check-for-local')}
        isOn={settings.checkForLocalModels}
        onChange={(checkForLocalModels) => onChange({ checkForLocalModels })}
      />
    </>
  )
}
