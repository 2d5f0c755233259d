import { useEffect, useRef, type ReactNode } from 'react'
import { ArrivalField, RateField, SendingField, type SettingFieldProps } from './setting-fields.tsx'

/**
 * The questions of the first run (Manners 6 and 15): speed first, then what happens with new pictures, then whether
 * pictures may leave the computer. Until they are answered Descry says "picture ready", and nothing leaves.
 */
export function FirstRun({ status, onChange }: SettingFieldProps): ReactNode {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])

  return (
    <section aria-labelledby="first-run-title" className="first-run" data-region>
      <h2 id="first-run-title" ref={heading} tabIndex={-1}>
        Welcome to Descry
      </h2>
      <p>
        Descry tells you what is in a picture. Three questions; you can change every answer later in the settings.
        Nothing leaves this computer unless you switch it on here.
      </p>
      <RateField status={status} onChange={onChange} />
      <ArrivalField status={status} onChange={onChange} />
      <SendingField status={status} onChange={onChange} />
      <button type="button" className="primary" onClick={() => void onChange({ isSetUp: true })}>
        Done
      </button>
    </section>
  )
}
