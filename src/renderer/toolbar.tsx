import type { ReactNode } from 'react'
import { windowKeyName } from './keys.ts'
import { commandEntry, type CommandId } from '#shared/commands.ts'

const shown: readonly CommandId[] = ['screen', 'clipboard', 'stop', 'repeat', 'copy', 'commands']

/** The commands used most, each with its key in its name. */
export function Toolbar({ onRun }: { onRun: (command: CommandId) => void }): ReactNode {
  return (
    <nav aria-label="Commands" className="toolbar" data-region>
      {shown.map((id) => (
        <button key={id} type="button" onClick={() => onRun(id)}>
          {commandEntry(id).title} <kbd>{windowKeyName(id)}</kbd>
        </button>
      ))}
    </nav>
  )
}
