import { useState, type ReactNode, type SubmitEvent } from 'react'
import { regionRefs, targetRefs } from '../focus-navigation.ts'
import { Select } from '../ui/fields.tsx'
import { details, presets, type Detail } from '#shared/caption.ts'
import type { CommandInput } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'
import type { OwnPreset } from '#shared/settings.ts'

/** Asks about the displayed picture. The question stays in the field until the app has accepted it. */
export function Question({ onAsk }: { onAsk: (question: string) => Promise<boolean> }): ReactNode {
  const [question, setQuestion] = useState('')

  async function ask(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (await onAsk(question)) setQuestion('')
  }

  return (
    <form className="question" ref={regionRefs.question} onSubmit={(event) => void ask(event)}>
      <label htmlFor="question">{t('window.ask')}</label>
      <div className="row">
        <input
          ref={targetRefs.question}
          id="question"
          type="text"
          required
          maxLength={2000}
          autoComplete="off"
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <button type="submit">{t('window.ask.submit')}</button>
      </div>
    </form>
  )
}

export type DescribeOptions = Pick<CommandInput<'more'>, 'detail' | 'preset'>

interface DescribeAgainProps {
  /** The level of detail of the caption that is shown. */
  detail: Detail | null
  ownPresets: readonly OwnPreset[]
  onDescribe: (options: DescribeOptions) => void
}

/** Describes the picture again in another way. This takes a button press, because each description costs money. */
export function DescribeAgain({ detail, ownPresets, onDescribe }: DescribeAgainProps): ReactNode {
  const [chosen, setChosen] = useState(detail === 'detailed' ? 'detail:brief' : 'detail:detailed')

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const [kind, name] = [chosen.slice(0, chosen.indexOf(':')), chosen.slice(chosen.indexOf(':') + 1)]
    onDescribe({ [kind]: name })
  }

  return (
    <form className="field" onSubmit={submit}>
      <label htmlFor="describe-again">{t('window.describe-again')}</label>
      <div className="row">
        <Select id="describe-again" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <optgroup label={t('window.describe-again.details')}>
            {details.map((name) => (
              <option key={name} value={`detail:${name}`}>
                {t(`caption.detail.${name}`)}
              </option>
            ))}
          </optgroup>
          <optgroup label={t('window.describe-again.presets')}>
            {presets.map((name) => (
              <option key={name} value={`preset:${name}`}>
                {t(`window.preset.${name}`)}
              </option>
            ))}
          </optgroup>
          {ownPresets.length > 0 && (
            <optgroup label={t('window.describe-again.own')}>
              {ownPresets.map(({ name }) => (
                <option key={name} value={`preset:${name}`}>
                  {name}
                </option>
              ))}
            </optgroup>
          )}
        </Select>
        <button type="submit">{t('window.describe-again.submit')}</button>
      </div>
    </form>
  )
}
