import { useContext, useEffect, useId, useRef, useState, type ReactNode } from 'react'
import { Say } from '../ui/announcements.tsx'
import type { Apply } from '../ui/fields.tsx'
import { SubForm } from '../ui/sub-form.tsx'
import { presets as builtInPresets } from '#shared/caption.ts'
import { failureText } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { OwnPreset } from '#shared/settings.ts'

interface Props {
  presets: readonly OwnPreset[]
  onChange: Apply<OwnPreset[]>
}

const maxPrompts = 20

/** The user's own prompts: a list, and a form that opens to add or edit one. */
export function OwnPrompts({ presets, onChange }: Props): ReactNode {
  const say = useContext(Say)
  const addButton = useRef<HTMLButtonElement>(null)
  const opener = useRef<HTMLButtonElement>(null)
  /** Index of the prompt being edited; one past the last is a new prompt. */
  const [edited, setEdited] = useState<number | null>(null)
  const [error, setError] = useState<string | null>(null)

  function toggle(index: number, button: HTMLButtonElement): void {
    opener.current = button
    if (index === maxPrompts) {
      setError(t('settings.prompts.full'))
      say(t('settings.prompts.full'))
    } else setEdited(edited === index ? null : index)
  }

  /** Moves focus first, because screen readers stay silent if the focused element disappears before focus moves. */
  function close(): void {
    // A renamed prompt has a new button.
    const button = opener.current?.isConnected ? opener.current : addButton.current
    button?.focus()
    setEdited(null)
  }

  async function save(preset: OwnPreset): Promise<string | null> {
    const refusal = await onChange(presets.toSpliced(edited ?? presets.length, 1, preset))
    if (refusal) return failureText(refusal)
    close()
    say(t('settings.prompts.saved', { name: preset.name }))
    return null
  }

  async function remove(index: number, name: string): Promise<void> {
    // The button that was pressed disappears.
    addButton.current?.focus()
    setEdited(null)
    const refusal = await onChange(presets.toSpliced(index, 1))
    setError(refusal && failureText(refusal))
    if (!refusal) say(t('settings.prompts.removed', { name }))
  }

  return (
    <div className="field" role="group" aria-labelledby="prompts-title">
      <h4 id="prompts-title">{t('settings.prompts')}</h4>
      <p className="hint">{t('settings.prompts.hint')}</p>
      {presets.length > 0 && (
        <ul className="plain">
          {presets.map(({ name }, index) => (
            <li key={name} className="row">
              <span className="entry-title">{name}</span>
              <button
                type="button"
                aria-label={t('settings.prompts.edit-named', { name })}
                aria-expanded={edited === index}
                onClick={({ currentTarget }) => toggle(index, currentTarget)}
              >
                {t('settings.prompts.edit')}
              </button>
              <button
                type="button"
                aria-label={t('settings.prompts.remove-named', { name })}
                onClick={() => void remove(index, name)}
              >
                {t('settings.prompts.remove')}
              </button>
            </li>
          ))}
        </ul>
      )}
      {error && <p className="error">{error}</p>}
      <button
        ref={addButton}
        type="button"
        aria-expanded={edited === presets.length}
        onClick={({ currentTarget }) => toggle(presets.length, currentTarget)}
      >
        {t('settings.prompts.add')}
      </button>
      {edited !== null && (
        <PromptForm
          key={edited}
          preset={presets[edited] ?? { name: '', prompt: '' }}
          takenNames={[...builtInPresets, ...presets.toSpliced(edited, 1).map(({ name }) => name)]}
          onSave={save}
          onCancel={close}
        />
      )}
    </div>
  )
}

interface PromptFormProps {
  preset: OwnPreset
  takenNames: readonly string[]
  onSave: (preset: OwnPreset) => Promise<string | null>
  onCancel: () => void
}

function PromptForm({ preset, takenNames, onSave, onCancel }: PromptFormProps): ReactNode {
  const id = useId()
  const name = useRef<HTMLInputElement>(null)
  const prompt = useRef<HTMLTextAreaElement>(null)
  useEffect(() => name.current?.focus(), [])

  async function submit(): Promise<string | null> {
    if (!name.current || !prompt.current) return null
    return await onSave({ name: name.current.value.trim(), prompt: prompt.current.value.trim() })
  }

  return (
    <SubForm
      label={preset.name ? t('settings.prompts.edit-named', { name: preset.name }) : t('settings.prompts.new')}
      onSubmit={submit}
      onCancel={onCancel}
    >
      <label htmlFor={`${id}-name`}>{t('settings.prompts.name')}</label>
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
          target.setCustomValidity(takenNames.includes(target.value.trim()) ? t('settings.prompts.name-taken') : '')
        }
      />
      <label htmlFor={`${id}-prompt`}>{t('settings.prompts.prompt')}</label>
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
        {t('settings.prompts.placeholders')}
      </p>
    </SubForm>
  )
}
