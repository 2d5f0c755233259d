import { useEffect, type ReactNode } from 'react'
import { moveFocus, regionRefs, targetRefs } from '../focus-navigation.ts'
import { PrivacyCheckField } from './privacy-settings.tsx'
import { ProviderFields, type ProviderSettingsProps } from './provider-settings.tsx'
import { NewPictureField, RateField } from './setting-fields.tsx'
import { t } from '#shared/messages/messages.ts'

/**
 * The questions of the first run (behavior B6, B15 and B16): speaking rate first, then what happens with new pictures and
 * whether they are checked before they are sent, then the provider, its key, and whether pictures may leave the computer. Until they are answered, Descry says "Picture
 * ready" and sends nothing. They replace the settings, so that no control appears twice in the window.
 */
export function FirstRun(props: ProviderSettingsProps): ReactNode {
  const { status, onChange } = props
  useEffect(() => void moveFocus('settings'), [])

  function finish(): void {
    // The button that was pressed disappears.
    moveFocus('caption')
    // What the switch showed is now chosen, for the command line too.
    void onChange({ isSetUp: true, privacyCheck: status.settings.privacyCheck ?? true })
  }

  return (
    <section aria-labelledby="first-run-title" className="first-run" ref={regionRefs.settings}>
      <h2 id="first-run-title" ref={targetRefs.settings} tabIndex={-1}>
        {t('settings.welcome')}
      </h2>
      <p>{t('settings.welcome.about')}</p>
      <RateField status={status} onChange={onChange} />
      <NewPictureField status={status} onChange={onChange} />
      <PrivacyCheckField status={status} onChange={onChange} />
      <ProviderFields {...props} />
      <button type="button" className="primary" onClick={finish}>
        {t('settings.welcome.done')}
      </button>
    </section>
  )
}
