import { startTransition, useEffect, useId, useOptimistic, useRef, type ReactNode } from 'react'

interface Common {
  label: string
  hint?: string | undefined
}

function Hint({ id, hint }: { id: string; hint: string | undefined }): ReactNode {
  return hint ? (
    <span id={id} className="hint">
      {hint}
    </span>
  ) : null
}

/**
 * What a control shows: what the user chose, at once, until the app has answered; then what holds. Without this the
 * control would jump back for a moment, and a screen reader would say so.
 */
function useChosen<Value>(value: Value, onChange: (value: Value) => Promise<unknown>): [Value, (value: Value) => void] {
  const [chosen, setChosen] = useOptimistic(value)
  const choose = (next: Value): void => {
    startTransition(async () => {
      setChosen(next)
      await onChange(next)
    })
  }
  return [chosen, choose]
}

interface ChoiceProps<Value extends string> extends Common {
  value: Value
  /** Value and words for it. */
  choices: Readonly<Record<Value, string>>
  onChange: (value: Value) => Promise<unknown>
}

/** A native select that changes at once. */
export function Choice<Value extends string>({ label, hint, value, choices, onChange }: ChoiceProps<Value>): ReactNode {
  const id = useId()
  const [chosen, choose] = useChosen(value, onChange)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        value={chosen}
        aria-describedby={hint && `${id}-hint`}
        onChange={(event) => choose(event.target.value as Value)}
      >
        {Object.entries<string>(choices).map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </select>
      <Hint id={`${id}-hint`} hint={hint} />
    </div>
  )
}

interface SwitchProps extends Common {
  isOn: boolean
  onChange: (isOn: boolean) => Promise<unknown>
}

/** A native check box that is announced as a switch. */
export function Switch({ label, hint, isOn, onChange }: SwitchProps): ReactNode {
  const id = useId()
  const [chosen, choose] = useChosen(isOn, onChange)
  return (
    <div className="field switch">
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={chosen}
        aria-describedby={hint && `${id}-hint`}
        onChange={(event) => choose(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <Hint id={`${id}-hint`} hint={hint} />
    </div>
  )
}

interface TextFieldProps extends Common {
  value: string
  type?: 'text' | 'url' | 'number'
  min?: number
  max?: number
  required?: boolean
  /** With a pattern instead of type="number" where blank has a meaning: a blank number is read out as 0.0. */
  pattern?: string
  inputMode?: 'numeric'
  onChange: (value: string) => Promise<unknown>
}

/**
 * A native input that hands over what was typed on Enter and when it is left, if it is valid; what is not valid is put
 * back, and the browser says why on Enter. A setting must not change with every letter.
 */
export function TextField({ label, hint, value, onChange, ...input }: TextFieldProps): ReactNode {
  const id = useId()
  const element = useRef<HTMLInputElement>(null)

  useEffect(() => {
    if (element.current && element.current !== document.activeElement) element.current.value = value
  }, [value])

  function commit(): void {
    const typed = element.current?.value.trim() ?? value
    if (typed !== value) void onChange(typed)
  }

  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={element}
        id={id}
        autoComplete="off"
        spellCheck={false}
        defaultValue={value}
        aria-describedby={hint && `${id}-hint`}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && event.currentTarget.reportValidity()) commit()
        }}
        onBlur={(event) => {
          if (event.target.checkValidity()) commit()
          else event.target.value = value
        }}
        {...input}
      />
      <Hint id={`${id}-hint`} hint={hint} />
    </div>
  )
}
