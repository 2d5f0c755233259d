import { useContext, useId, useRef, useState, type ReactNode } from 'react'
import { sentenceOf, type Take } from '../ui/fields.tsx'
import { ProviderForm, modelWords, type Offered } from './provider-form.tsx'
import { Say } from '../ui/announcements.tsx'
import type { Bridge } from '#shared/bridge.ts'
import type { OtherModel } from '#shared/settings.ts'

interface Props {
  bridge: Bridge
  /** "provider", "fallback" … */
  noun: string
  /** Before the choice, such as "Provider". */
  label: string
  hint: string
  chosen: OtherModel | null
  onChoose: Take<OtherModel>
  /** Where there may be none: what happens then, in words, and how to go back to that. */
  off?: { words: string; onOff: Take<null> }
}

/** An address and a model: shown in one line, and changed together in a form that opens under it. */
export function ModelChoice({ bridge, noun, label, hint, chosen, onChoose, off }: Props): ReactNode {
  const id = useId()
  const say = useContext(Say)
  const button = useRef<HTMLButtonElement>(null)
  /** The form is open while there is something to choose from. */
  const [offered, setOffered] = useState<Offered | null>(null)
  const [error, setError] = useState<string | null>(null)
  const words = chosen ? modelWords(chosen) : (off?.words ?? '')

  async function toggle(): Promise<void> {
    if (offered) return close()
    const reply = await bridge.request('providers', null)
    setError(reply.ok ? null : sentenceOf(reply.error))
    if (reply.ok) setOffered(reply.value)
  }

  /** Focus first: a screen reader stays silent when what had focus is gone before focus moves. */
  function close(): void {
    button.current?.focus()
    setOffered(null)
  }

  async function choose(choice: OtherModel): Promise<string | null> {
    const refusal = await onChoose(choice)
    if (refusal) return sentenceOf(refusal)
    close()
    say(`${label}: ${modelWords(choice)}`)
    return null
  }

  async function switchOff(): Promise<void> {
    // This button goes away.
    close()
    const refusal = (await off?.onOff(null)) ?? null
    setError(sentenceOf(refusal))
    if (!refusal) say(`${label}: ${words}`)
  }

  return (
    <div className="field model-choice">
      <p id={`${id}-chosen`}>
        <strong>{label}:</strong> {words}
      </p>
      <div className="row">
        <button
          ref={button}
          type="button"
          aria-expanded={offered !== null}
          aria-describedby={`${id}-chosen ${id}-hint`}
          onClick={() => void toggle()}
        >
          {chosen ? 'Change' : 'Choose'} {noun}
        </button>
        {off && chosen && (
          <button type="button" onClick={() => void switchOff()}>
            No {noun}
          </button>
        )}
      </div>
      {offered && <ProviderForm noun={noun} offered={offered} chosen={chosen} onChoose={choose} onCancel={close} />}
      {error && <p className="error">{error}</p>}
      <p id={`${id}-hint`} className="hint">
        {hint}
      </p>
    </div>
  )
}
