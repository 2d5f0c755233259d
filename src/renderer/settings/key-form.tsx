import { useRef, useState, type ReactNode, type SubmitEvent } from 'react'
import { noted, Notes, sentenceOf, type Take } from '../ui/fields.tsx'
import type { Status } from '#shared/bridge.ts'
import type { Failure } from '#shared/errors.ts'

const states: Record<Status['key'], string> = {
  stored: 'A key is stored in this system’s keychain.',
  session: 'A key is in use until Descry ends. It is not stored.',
  none: 'No key is stored.',
  'not-needed': 'No key is stored. This provider may need none.',
  unavailable: 'This system has no keychain: a key is kept until Descry ends.'
}

export interface KeyRequests {
  setKey: Take<string>
  removeKey: () => Promise<Failure | null>
}

interface Props extends KeyRequests {
  status: Status
}

/** The key goes in and never comes out: what is stored is not shown, and the field is empty again at once. */
export function KeyForm({ status, setKey, removeKey }: Props): ReactNode {
  const field = useRef<HTMLInputElement>(null)
  const [error, setError] = useState<string | null>(null)
  const hasKey = status.key === 'stored' || status.key === 'session'

  async function set(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    const input = field.current
    if (!input) return
    const refusal = await setKey(input.value)
    setError(sentenceOf(refusal))
    if (!refusal) input.value = ''
  }

  async function remove(): Promise<void> {
    // The button goes away under the user's finger: focus stays beside it.
    field.current?.focus()
    setError(sentenceOf(await removeKey()))
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
          {...noted('key', states[status.key], error)}
        />
        <button type="submit">Store key</button>
        {hasKey && (
          <button type="button" onClick={() => void remove()}>
            Remove key
          </button>
        )}
      </div>
      <Notes id="key" hint={states[status.key]} error={error} />
    </form>
  )
}
