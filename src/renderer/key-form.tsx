import { useRef, type ReactNode, type SubmitEvent } from 'react'
import type { Status } from '#shared/bridge.ts'

const states: Record<Status['key'], string> = {
  stored: 'A key is stored in this system’s keychain.',
  session: 'A key is in use until Descry ends. It is not stored.',
  none: 'No key is stored.',
  'not-needed': 'This provider needs no key.',
  unavailable: 'This system has no keychain: a key is kept until Descry ends.'
}

interface Props {
  status: Status
  onSet: (key: string) => Promise<boolean>
  onRemove: () => void
}

/** The key goes in and never comes out: what is stored is not shown, and the field is empty again at once. */
export function KeyForm({ status, onSet, onRemove }: Props): ReactNode {
  const field = useRef<HTMLInputElement>(null)
  const hasKey = status.key === 'stored' || status.key === 'session'

  async function set(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const input = field.current
    if (input && (await onSet(input.value))) input.value = ''
  }

  return (
    <form className="field" onSubmit={(event) => void set(event)}>
      <label htmlFor="key">Key for {status.provider}</label>
      <div className="row">
        {/* Uncontrolled: the key stands nowhere but in the field. */}
        <input
          ref={field}
          id="key"
          type="password"
          required
          maxLength={500}
          autoComplete="off"
          spellCheck={false}
          aria-describedby="key-state"
        />
        <button type="submit">Store key</button>
        {hasKey && (
          <button type="button" onClick={onRemove}>
            Remove key
          </button>
        )}
      </div>
      <span id="key-state" className="hint">
        {states[status.key]}
      </span>
    </form>
  )
}
