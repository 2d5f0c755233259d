import { useState, type ReactNode, type SubmitEvent } from 'react'
import { t } from '#shared/messages/messages.ts'

interface Props {
  label: string
  /** Returns the reason for a refusal as text, or null. */
  onSubmit: () => Promise<string | null>
  onCancel: () => void
  /** The first one takes focus when the form opens. */
  children: ReactNode
}

/** A form that opens within the settings. Escape cancels it. */
export function SubForm({ label, onSubmit, onCancel, children }: Props): ReactNode {
  const [error, setError] = useState<string | null>(null)

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setError(await onSubmit())
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Cancel does the same
    <form
      className="sub-form"
      aria-label={label}
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel()
      }}
    >
      {children}
      {error && <p className="error">{error}</p>}
      <div className="row">
        <button type="submit" className="primary">
          {t('settings.save')}
        </button>
        <button type="button" onClick={onCancel}>
          {t('settings.cancel')}
        </button>
      </div>
    </form>
  )
}
