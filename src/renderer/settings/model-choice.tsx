import { useContext, useId, useRef, useState, type ReactNode } from 'react'
import { Say } from '../ui/announcements.tsx'
import type { Apply } from '../ui/fields.tsx'
import { modelLabel, ProviderForm, type Offered } from './provider-form.tsx'
import type { Bridge } from '#shared/bridge.ts'
import { failureText, type Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { OtherModel } from '#shared/settings.ts'

interface Props {
  bridge: Bridge
  /** What the model is for. */
  role: 'provider' | 'fallback' | 'second-opinion'
  label: string
  hint: string
  chosen: OtherModel | null
  onChoose: Apply<OtherModel>
  /** What happens without a model, if it is optional. */
  off?: { label: string; turnOff: () => Promise<Failure | null> }
}

/** A server address and a model, shown on one line and changed together in a form that opens below it. */
export function ModelChoice({ bridge, role, label, hint, chosen, onChoose, off }: Props): ReactNode {
  const id = useId()
  const say = useContext(Say)
  const button = useRef<HTMLButtonElement>(null)
  /** What the form offers; null while it is closed. */
  const [offered, setOffered] = useState<Offered | null>(null)
  const [error, setError] = useState<string | null>(null)
  const action = chosen ? t('settings.model.change', { role }) : t('settings.model.set-up', { role })
  const choiceOf = (model: OtherModel | null): string =>
    t('settings.model.choice', { label, choice: model ? modelLabel(model) : (off?.label ?? '') })

  async function toggle(): Promise<void> {
    if (offered) return close()
    const reply = await bridge.request('providers', null)
    setError(reply.ok ? null : failureText(reply.error))
    if (reply.ok) setOffered(reply.value)
  }

  /** Moves focus first, because screen readers stay silent if the focused element disappears before focus moves. */
  function close(): void {
    button.current?.focus()
    setOffered(null)
  }

  async function choose(model: OtherModel): Promise<string | null> {
    const refusal = await onChoose(model)
    if (refusal) return failureText(refusal)
    close()
    say(choiceOf(model))
    return null
  }

  async function turnOff(): Promise<void> {
    // The button that was pressed disappears.
    close()
    const refusal = (await off?.turnOff()) ?? null
    setError(refusal && failureText(refusal))
    if (!refusal) say(choiceOf(null))
  }

  return (
    <div className="field model-choice">
      <p id={`${id}-chosen`} className="model">
        {choiceOf(chosen)}
      </p>
      <div className="row">
        <button
          ref={button}
          type="button"
          aria-expanded={offered !== null}
          aria-describedby={`${id}-chosen ${id}-hint`}
          onClick={() => void toggle()}
        >
          {action}
        </button>
        {off && chosen && (
          <button type="button" onClick={() => void turnOff()}>
            {t('settings.model.turn-off', { role })}
          </button>
        )}
      </div>
      {offered && <ProviderForm label={action} offered={offered} chosen={chosen} onChoose={choose} onCancel={close} />}
      {error && <p className="error">{error}</p>}
      <p id={`${id}-hint`} className="hint">
        {hint}
      </p>
    </div>
  )
}
