import {
  startTransition,
  useContext,
  useEffect,
  useId,
  useOptimistic,
  useRef,
  useState,
  type ReactNode,
  type ComponentProps
} from 'react'
import { flushSync } from 'react-dom'
import { Say } from './announcements.tsx'
import type { Failure } from '#shared/errors.ts'

/** Takes what the user chose. What stood against it, or null; the app has it heard. */
export type Take<Value> = (value: Value) => Promise<Failure | null>

interface Common {
  label: string
  hint?: string | undefined
}

/** Help and error of a field, each under an id of its own for aria-describedby. */
export function Notes({ id, hint, error }: { id: string; hint?: string | undefined; error: string | null }): ReactNode {
  return (
    <>
      {error && (
        <span id={`${id}-error`} className="error">
          {error}
        </span>
      )}
      {hint && (
        <span id={`${id}-hint`} className="hint">
          {hint}
        </span>
      )}
    </>
  )
}

/** What a field with Notes has to carry. */
export function noted(
  id: string,
  hint: string | undefined,
  error: string | null
): { 'aria-describedby': string | undefined; 'aria-invalid': true | undefined } {
  const ids = [...(error ? [`${id}-error`] : []), ...(hint ? [`${id}-hint`] : [])]
  return { 'aria-describedby': ids.join(' ') || undefined, 'aria-invalid': error ? true : undefined }
}

export function sentenceOf(failure: Failure | null): string | null {
  return failure && `${failure.message} ${failure.next}`.trim()
}

interface Taken<Value> {
  chosen: Value
  choose: (value: Value) => void
  error: string | null
}

/**
 * What a control shows: what the user chose, at once, until the app has answered; then what holds. Without this the
 * control would jump back for a moment, and a screen reader would say so.
 */
function useTaken<Value>(value: Value, onChange: Take<Value>): Taken<Value> {
  const [chosen, setChosen] = useOptimistic(value)
  const [error, setError] = useState<string | null>(null)
  const choose = (next: Value): void => {
    startTransition(async () => {
      setChosen(next)
      const refusal = await onChange(next)
      startTransition(() => setError(sentenceOf(refusal)))
    })
  }
  return { chosen, choose, error }
}

interface ChoiceProps<Value extends string> extends Common {
  value: Value
  /** Value and words for it. */
  choices: Readonly<Record<Value, string>>
  onChange: Take<Value>
}

/** A native select that changes at once. */
export function Choice<Value extends string>({ label, hint, value, choices, onChange }: ChoiceProps<Value>): ReactNode {
  const id = useId()
  const { chosen, choose, error } = useTaken(value, onChange)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={chosen}
        {...noted(id, hint, error)}
        onChange={(event) => choose(event.target.value as Value)}
      >
        {Object.entries<string>(choices).map(([choice, words]) => (
          <option key={choice} value={choice}>
            {words}
          </option>
        ))}
      </Select>
      <Notes id={id} hint={hint} error={error} />
    </div>
  )
}

interface SwitchProps extends Common {
  isOn: boolean
  onChange: Take<boolean>
}

/** A native check box that is announced as a switch. */
export function Switch({ label, hint, isOn, onChange }: SwitchProps): ReactNode {
  const id = useId()
  const { chosen, choose, error } = useTaken(isOn, onChange)
  return (
    <div className="field switch">
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={chosen}
        {...noted(id, hint, error)}
        onChange={(event) => choose(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <Notes id={id} hint={hint} error={error} />
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
  inputMode?: 'numeric' | 'decimal'
  onChange: Take<string>
}

/**
 * A native input that hands over what was typed on Enter and when it is left, if it is valid. What is not valid stays on
 * Enter, is put back when the field is left, and is told both times. A setting must not change with every letter.
 */
export function TextField({ label, hint, value, onChange, ...input }: TextFieldProps): ReactNode {
  const id = useId()
  const element = useRef<HTMLInputElement>(null)
  const say = useContext(Say)
  const [error, setError] = useState<string | null>(null)

  useEffect(() => {
    if (element.current && element.current !== document.activeElement) element.current.value = value
  }, [value])

  async function commit(typed: string): Promise<void> {
    if (typed === value) return
    const refusal = await onChange(typed)
    setError(sentenceOf(refusal))
    if (refusal && element.current) element.current.value = value
  }

  function hand(field: HTMLInputElement, isLeft: boolean): void {
    if (field.checkValidity()) return void commit(field.value.trim())
    // Of a pattern the browser says only that there is one; the help beside it says what is wanted.
    const why = field.validity.patternMismatch ? 'This is not valid.' : field.validationMessage
    const told = isLeft ? `Not changed. ${why}` : why
    if (isLeft) field.value = value
    setError(told)
    say(isLeft ? `${label}: ${told}` : told)
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
        {...noted(id, hint, error)}
        onInput={() => setError(null)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') hand(event.currentTarget, false)
        }}
        onBlur={(event) => hand(event.target, true)}
        {...input}
      />
      <Notes id={id} hint={hint} error={error} />
    </div>
  )
}

/** "0.02", and "0,02" as half of the world writes it. */
export function numberOf(typed: string): number {
  return Number(typed.replace(',', '.'))
}

/** Until Chromium has told a screen reader what came; nobody is faster there by Tab. */
const arrivalMs = 400

/**
 * A native select that comes in silence. Orca takes the selection of one that appears, wherever it is, for a choice of the
 * user's: it reads it out and goes there. What is inert as it comes has told it nothing.
 *
 * @param props.takesFocus As the first field of a form that was opened; once it can, and unless the user is in there already.
 */
export function Select({
  takesFocus = false,
  ...select
}: ComponentProps<'select'> & { takesFocus?: boolean }): ReactNode {
  const element = useRef<HTMLSelectElement>(null)
  const [isArriving, setIsArriving] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => {
      // What is inert takes no focus.
      flushSync(() => setIsArriving(false))
      const isUserInForm = element.current?.form?.contains(document.activeElement) ?? false
      if (takesFocus && !isUserInForm) element.current?.focus()
    }, arrivalMs)
    return () => clearTimeout(timer)
  }, [takesFocus])
  return <select ref={element} inert={isArriving} {...select} />
}
