import { useEffect, useRef, useState, type ReactNode, type SubmitEvent } from 'react'

interface Props {
  label: string
  /** On the button that sends it. */
  action: string
  /** What stood against it, in words, or null. */
  onSubmit: () => Promise<string | null>
  onCancel: () => void
  children: ReactNode
}

/** A form within the settings, open for a while: focus goes to its first field, and Escape is Cancel. */
export function SubForm({ label, action, onSubmit, onCancel, children }: Props): ReactNode {
  const form = useRef<HTMLFormElement>(null)
  const [error, setError] = useState<string | null>(null)
  useEffect(() => form.current?.querySelector<HTMLElement>('input, select')?.focus(), [])

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    setError(await onSubmit())
  }

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Cancel does the same
    <form
      ref={form}
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
          {action}
        </button>
        <button type="button" onClick={onCancel}>
          Cancel
        </button>
      </div>
    </form>
  )
}
