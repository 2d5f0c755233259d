import { useState, type ReactNode, type SubmitEvent } from 'react'
import { Select } from './select.tsx'
import { detailNames, presetNames } from './words.ts'
import type { Detail, OwnPreset } from '#shared/caption.ts'
import type { CommandInput } from '#shared/commands.ts'

export type Wish = Pick<CommandInput<'more'>, 'detail' | 'preset'>

interface Props {
  /** How much is said now. */
  detail: Detail | null
  ownPresets: readonly OwnPreset[]
  onDescribe: (wish: Wish) => void
}

function Options({ kind, names }: { kind: keyof Wish; names: Record<string, string> }): ReactNode {
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
