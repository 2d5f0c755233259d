import {
  startTransition,
  useContext,
  useEffect,
  useId,
  useOptimistic,
  useRef,
  useState,
  type ComponentProps,
  type ReactNode
} from 'react'
import { flushSync } from 'react-dom'
import { Say } from './announcements.tsx'
import { failureText, type Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** Applies what the user chose. Returns why it was refused, or null; the app announces the refusal. */
export type Apply<Value> = (value: Value) => Promise<Failure | null>

interface FieldProps {
  label: string
  hint?: string | undefined
}

/** The hint and the error of a field, with the ids that `describedBy` refers to. */
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

/** The attributes of a field that has Notes. */
export function describedBy(
  id: string,
  hint: string | undefined,
  error: string | null
): { 'aria-describedby': string | undefined; 'aria-invalid': true | undefined } {
  const ids = [...(error ? [`${id}-error`] : []), ...(hint ? [`${id}-hint`] : [])]
  return { 'aria-describedby': ids.join(' ') || undefined, 'aria-invalid': error ? true : undefined }
}

/**
 * Shows the user's choice until the app answers, then the current setting. Otherwise the control would jump back for a
 * moment, and a screen reader would announce that.
 */
function useChosen<Value>(
  value: Value,
  onChange: Apply<Value>
): { chosen: Value; choose: (value: Value) => void; error: string | null } {
  const [chosen, setChosen] = useOptimistic(value)
  const [error, setError] = useState<string | null>(null)
  const choose = (next: Value): void => {
    startTransition(async () => {
      setChosen(next)
      const refusal = await onChange(next)
      startTransition(() => setError(refusal && failureText(refusal)))
    })
  }
  return { chosen, choose, error }
}

/** Long enough for Chromium to tell a screen reader what appeared, and shorter than it takes to get there with Tab. */
const inertMs = 400

/**
 * A native select that appears silently. When a select appears, Orca mistakes its selection for a choice by the user,
 * reads it and moves there. It doesn't notice a select that is inert when it appears.
 *
 * @param props.takesFocus For the first field of a form: takes focus as soon as it can, unless focus is already in the
 * form.
 */
export function Select({
  takesFocus = false,
  ...select
}: ComponentProps<'select'> & { takesFocus?: boolean }): ReactNode {
  const element = useRef<HTMLSelectElement>(null)
  const [isInert, setIsInert] = useState(true)
  useEffect(() => {
    const timer = setTimeout(() => {
      // Inert elements can't take focus.
      flushSync(() => setIsInert(false))
      const isFocusInForm = element.current?.form?.matches(':focus-within') ?? false
      if (takesFocus && !isFocusInForm) element.current?.focus()
    }, inertMs)
    return () => clearTimeout(timer)
  }, [takesFocus])
  return <select ref={element} inert={isInert} {...select} />
}

interface ChoiceProps<Value extends string> extends FieldProps {
  value: Value
  /** The values, each with its label. */
  choices: Readonly<Record<Value, string>>
  onChange: Apply<Value>
}

/** A native select that takes effect immediately. */
export function Choice<Value extends string>({ label, hint, value, choices, onChange }: ChoiceProps<Value>): ReactNode {
  const id = useId()
  const { chosen, choose, error } = useChosen(value, onChange)
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        value={chosen}
        {...describedBy(id, hint, error)}
        onChange={(event) => choose(event.target.value as Value)}
      >
        {Object.entries<string>(choices).map(([choice, choiceLabel]) => (
          <option key={choice} value={choice}>
            {choiceLabel}
          </option>
        ))}
      </Select>
      <Notes id={id} hint={hint} error={error} />
    </div>
  )
}

interface SwitchProps extends FieldProps {
  isOn: boolean
  onChange: Apply<boolean>
}

/** A native check box that is announced as a switch. */
export function Switch({ label, hint, isOn, onChange }: SwitchProps): ReactNode {
  const id = useId()
  const { chosen, choose, error } = useChosen(isOn, onChange)
  return (
    <div className="field switch">
      <input
        id={id}
        type="checkbox"
        role="switch"
        checked={chosen}
        {...describedBy(id, hint, error)}
        onChange={(event) => choose(event.target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      <Notes id={id} hint={hint} error={error} />
    </div>
  )
}

interface TextFieldProps extends FieldProps {
  value: string
  type?: 'text' | 'url' | 'number'
  min?: number
  max?: number
  required?: boolean
  /**
   * Use a pattern instead of type="number" if an empty field has a meaning: screen readers read an empty number field
   * as 0.0.
   */
  pattern?: string
  inputMode?: 'numeric' | 'decimal'
  onChange: Apply<string>
}

/**
 * A native input that takes effect on Enter and when focus leaves it, not with every letter. Invalid input is announced
 * both times. It stays in the field on Enter and is replaced by the old value when focus leaves.
 */
export function TextField({ label, hint, value, onChange, ...input }: TextFieldProps): ReactNode {
  const id = useId()
  const element = useRef<HTMLInputElement>(null)
  const say = useContext(Say)
  const [error, setError] = useState<string | null>(null)

  useEffect(() => {
    if (element.current && !element.current.matches(':focus')) element.current.value = value
  }, [value])

  async function apply(typed: string): Promise<void> {
    if (typed === value) return
    const refusal = await onChange(typed)
    setError(refusal && failureText(refusal))
    if (refusal && element.current) element.current.value = value
  }

  function submit(field: HTMLInputElement, isLeft: boolean): void {
    if (field.checkValidity()) return void apply(field.value.trim())
    // The browser's message for a pattern does not say what is expected; the hint next to the field does.
    const reason = field.validity.patternMismatch ? t('settings.invalid') : field.validationMessage
    const problem = isLeft ? t('settings.not-changed', { reason }) : reason
    if (isLeft) field.value = value
    setError(problem)
    say(isLeft ? t('settings.field-problem', { label, problem }) : problem)
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
        {...describedBy(id, hint, error)}
        onInput={() => setError(null)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') submit(event.currentTarget, false)
        }}
        onBlur={(event) => submit(event.target, true)}
        {...input}
      />
      <Notes id={id} hint={hint} error={error} />
    </div>
  )
}

/** Accepts both "0.02" and "0,02". */
export function parseDecimal(typed: string): number {
  return Number(typed.replace(',', '.'))
}
