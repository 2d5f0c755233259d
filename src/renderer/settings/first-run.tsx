import { useEffect, type ReactNode } from 'react'
import { moveFocus, regionRefs, targetRefs } from '../focus-navigation.ts'
import { ProviderFields, type ProviderSettingsProps } from './provider-settings.tsx'
import { NewPictureField, RateField } from './setting-fields.tsx'
import { t } from '#shared/messages/messages.ts'

/**
 * The questions of the first run (behavior B6 and B15): speaking rate first, then what happens with new pictures, then
 * the provider, its key, and whether pictures may leave the computer. Until they are answered, Descry says "Picture
 * ready" and sends nothing. They replace the settings, so that no control appears twice in the window.
 */
export function FirstRun(props: ProviderSettingsProps): ReactNode {
  const { status, onChange } = props
  useEffect(() => void moveFocus('settings'), [])

  function finish(): void {
    // The button that was pressed disappears.
    moveFocus('caption')
    void onChange({ isSetUp: true })
  }

  return (
    <section aria-labelledby="first-run-title" className="first-run" ref={regionRefs.settings}>
      <h2 id="first-run-title" ref={targetRefs.settings} tabIndex={-1}>
        {t('settings.welcome')}
      </h2>
      <p>{t('settings.welcome.about')}</p>
      <RateField status={status} onChange={onChange} />
      <NewPictureField status={status} onChange={onChange} />
      <ProviderFields {...props} />
      <button type="button" className="primary" onClick={finish}>
        {t('settings.welcome.done')}
      </button>
    </section>
  )
}
