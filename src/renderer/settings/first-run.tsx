import { useEffect, useRef, type ReactNode } from 'react'
import { ProviderFields, type ProviderSettingsProps } from './provider-settings.tsx'
import { ArrivalField, RateField } from './setting-fields.tsx'

/**
 * The questions of the first run (behavior B6 and B15): speed first, then what happens with new pictures, then who describes
 * them, with what key, and whether pictures may leave the computer. Until they are answered Descry says "picture ready",
 * and nothing leaves.
 */
export function FirstRun(props: ProviderSettingsProps): ReactNode {
  const { status, onChange } = props
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  function finish(): void {
    // This button goes away.
    document.getElementById('caption-title')?.focus()
    void onChange({ isSetUp: true })
  }

  return (
    <section aria-labelledby="first-run-title" className="first-run" data-region>
      <h2 id="first-run-title" ref={heading} tabIndex={-1}>
        Welcome to Descry
      </h2>
      <p>
        Descry tells you what is in a picture. A few questions; you can change every answer later in the settings.
        Nothing leaves this computer unless you switch it on here. Without it Descry reads text and codes by itself.
      </p>
      <RateField status={status} onChange={onChange} />
      <ArrivalField status={status} onChange={onChange} />
      <ProviderFields {...props} />
      <button type="button" className="primary" onClick={finish}>
        Done
      </button>
    </section>
  )
}
