import { useContext, useId, useRef, useState, type ReactNode } from 'react'
import { sentenceOf, type Take } from '../ui/fields.tsx'
import { Say } from '../ui/announcements.tsx'
import { SubForm } from '../ui/sub-form.tsx'
import { presets as builtIn, type OwnPreset } from '#shared/caption.ts'

interface Props {
  presets: readonly OwnPreset[]
  onChange: Take<OwnPreset[]>
}

const most = 20
const full = '20 prompts are the most. Remove one first.'

/** Presets of the user's own: a list, and a form that opens to add one or change one. */
export function OwnPresets({ presets, onChange }: Props): ReactNode {
  const say = useContext(Say)
  const add = useRef<HTMLButtonElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  /** The place in the list of what is being edited; behind the last: a new one. */
  const [edited, setEdited] = useState<number | null>(null)
  const [error, setError] = useState<string | null>(null)

  function toggle(at: number, button: HTMLButtonElement): void {
    opener.current = button
    if (at === most) {
      setError(full)
      say(full)
    } else setEdited(edited === at ? null : at)
  }

  /** Focus first: a screen reader stays silent when what had focus is gone before focus moves. */
  function close(): void {
    // A prompt with a new name has a new button.
    const button = opener.current?.isConnected ? opener.current : add.current
    button?.focus()
    setEdited(null)
  }

  async function save(preset: OwnPreset): Promise<string | null> {
    const at = edited ?? presets.length
    const refusal = await onChange(presets.toSpliced(at, 1, preset))
    if (refusal) return sentenceOf(refusal)
    close()
    say(`${preset.name} saved`)
    return null
  }

  async function remove(at: number): Promise<void> {
    // The button goes away.
    add.current?.focus()
    setEdited(null)
    const refusal = await onChange(presets.toSpliced(at, 1))
    setError(sentenceOf(refusal))
    if (!refusal) say(`${presets[at]?.name ?? 'Preset'} removed`)
  }

  return (
    <div className="field" role="group" aria-labelledby="presets-title">
      <h4 id="presets-title">Your own prompts</h4>
      <p className="hint">What to tell about a picture, in your words. They stand under “Describe again as”.</p>
      {presets.length > 0 && (
        <ul className="plain">
          {presets.map(({ name }, at) => (
            <li key={name} className="row">
              <span className="entry-title">{name}</span>
              <button
                type="button"
                aria-label={`Edit ${name}`}
                aria-expanded={edited === at}
                onClick={({ currentTarget }) => toggle(at, currentTarget)}
              >
                Edit
              </button>
              <button type="button" aria-label={`Remove ${name}`} onClick={() => void remove(at)}>
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      {error && <p className="error">{error}</p>}
      <button
        ref={add}
        type="button"
        aria-expanded={edited === presets.length}
        onClick={({ currentTarget }) => toggle(presets.length, currentTarget)}
      >
        Add a prompt
      </button>
      {edited !== null && (
        <PresetForm
          key={edited}
          preset={presets[edited] ?? { name: '', prompt: '' }}
          taken={[...builtIn, ...presets.toSpliced(edited, 1).map(({ name }) => name)]}
          onSave={save}
          onCancel={close}
        />
      )}
    </div>
  )
}

interface PresetFormProps {
  preset: OwnPreset
  /** Names that it cannot have. */
  taken: readonly string[]
  onSave: (preset: OwnPreset) => Promise<string | null>
  onCancel: () => void
}

function PresetForm({ preset, taken, onSave, onCancel }: PresetFormProps): ReactNode {
  const id = useId()
  const name = useRef<HTMLInputElement>(null)
  const prompt = useRef<HTMLTextAreaElement>(null)

  async function submit(): Promise<string | null> {
    if (!name.current || !prompt.current) return null
    return await onSave({ name: name.current.value.trim(), prompt: prompt.current.value.trim() })
  }

  return (
    <SubForm
      label={preset.name ? `Edit ${preset.name}` : 'New prompt'}
      action="Save"
      onSubmit={submit}
      onCancel={onCancel}
    >
      <label htmlFor={`${id}-name`}>Name</label>
      <input
        ref={name}
        id={`${id}-name`}
        type="text"
        required
        maxLength={40}
        pattern=".*\S.*"
        autoComplete="off"
        defaultValue={preset.name}
        onChange={({ target }) =>
          target.setCustomValidity(taken.includes(target.value.trim()) ? 'There is one of this name.' : '')
        }
      />
      <label htmlFor={`${id}-prompt`}>Prompt</label>
      <textarea
        ref={prompt}
        id={`${id}-prompt`}
        required
        maxLength={2000}
        rows={5}
        defaultValue={preset.prompt}
        aria-describedby={`${id}-help`}
      />
      <p id={`${id}-help`} className="hint">
        {'{window}'} stands for the title of the window, {'{app}'} for the program, {'{text}'} for the text that was
        read in the picture, {'{question}'} for your question.
      </p>
    </SubForm>
  )
}
