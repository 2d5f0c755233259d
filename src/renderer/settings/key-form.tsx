import { useRef, useState, type ReactNode, type SubmitEvent } from 'react'
import { describedBy, Notes, type Apply } from '../ui/fields.tsx'
import type { Status } from '#shared/bridge.ts'
import { failureText, type Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

export interface KeyRequests {
  setKey: Apply<string>
  removeKey: () => Promise<Failure | null>
}

interface Props extends KeyRequests {
  status: Status
}

/** A form for saving a key. A saved key is never shown, and the field is cleared immediately. */
export function KeyForm({ status, setKey, removeKey }: Props): ReactNode {
  const field = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<string | null>(null)
  const hasKey = status.key === 'stored' || status.key === 'session'
  const hint = t(`settings.key.state.${status.key}`)

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const input = field.current
    if (!input) return
    const refusal = await setKey(input.value)
    setError(refusal && failureText(refusal))
    if (!refusal) input.value = ''
  }

  async function remove(): Promise<void> {
    // The button that was pressed disappears.
    field.current?.focus()
    const refusal = await removeKey()
    setError(refusal && failureText(refusal))
  }

  return (
    <form className="field" onSubmit={(event) => void save(event)}>
      <label htmlFor="key">{t('settings.key', { provider: status.provider })}</label>
      <div className="row">
        {/* Uncontrolled, so that the key isn't kept in React state. */}
        <input
          ref={field}
          id="key"
          type="password"
          required
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          {...describedBy('key', hint, error)}
        />
        <button type="submit">{t('settings.key.save')}</button>
        {hasKey && (
          <button type="button" onClick={() => void remove()}>
            {t('settings.key.remove')}
          </button>
        )}
      </div>
      <Notes id="key" hint={hint} error={error} />
    </form>
  )
}
