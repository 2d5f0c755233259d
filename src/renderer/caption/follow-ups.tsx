import { useState, type ReactNode, type SubmitEvent } from 'react'
import { Select } from '../ui/fields.tsx'
import { detailNames, presetNames } from './item-labels.ts'
import type { Detail, OwnPreset } from '#shared/caption.ts'
import type { CommandInput } from '#shared/commands.ts'

/** Asks about the picture that is shown. What was typed stays until it was taken. */
export function Question({ onAsk }: { onAsk: (question: string) => Promise<boolean> }): ReactNode {
  const [question, setQuestion] = useState('')

  async function ask(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (await onAsk(question)) setQuestion('')
  }

  return (
    <form className="question" data-region onSubmit={(event) => void ask(event)}>
      <label htmlFor="question">Ask about this picture</label>
      <div className="row">
        <input
          id="question"
          type="text"
          required
          maxLength={2000}
          autoComplete="off"
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
        />
        <button type="submit">Ask</button>
      </div>
    </form>
  )
}

export type DescribeOptions = Pick<CommandInput<'more'>, 'detail' | 'preset'>

interface Props {
  /** How much is said now. */
  detail: Detail | null
  ownPresets: readonly OwnPreset[]
  onDescribe: (options: DescribeOptions) => void
}

function Options({ kind, names }: { kind: keyof DescribeOptions; names: Record<string, string> }): ReactNode {
  return Object.entries(names).map(([name, words]) => (
    <option key={name} value={`${kind}:${name}`}>
      {words}
    </option>
  ))
}

/** Another amount of detail, or another kind of picture. A button asks for it, because each description costs something. */
export function DescribeAgain({ detail, ownPresets, onDescribe }: Props): ReactNode {
  const [chosen, setChosen] = useState(detail === 'detailed' ? 'detail:brief' : 'detail:detailed')

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const [kind, name] = [chosen.slice(0, chosen.indexOf(':')), chosen.slice(chosen.indexOf(':') + 1)]
    onDescribe({ [kind]: name })
  }

  return (
    <form className="field" onSubmit={submit}>
      <label htmlFor="describe-again">Describe again as</label>
      <div className="row">
        <Select id="describe-again" value={chosen} onChange={(event) => setChosen(event.target.value)}>
          <optgroup label="Amount of detail">
            <Options kind="detail" names={detailNames} />
          </optgroup>
          <optgroup label="Kind of picture">
            <Options kind="preset" names={presetNames} />
          </optgroup>
          {ownPresets.length > 0 && (
            <optgroup label="Your own">
              <Options kind="preset" names={Object.fromEntries(ownPresets.map(({ name }) => [name, name]))} />
            </optgroup>
          )}
        </Select>
        <button type="submit">Describe</button>
      </div>
    </form>
  )
}
