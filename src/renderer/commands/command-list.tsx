import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { windowCommands, windowKeyName } from './keys.ts'
import { commandEntry, type CommandId } from '#shared/commands.ts'

interface Props {
  onRun: (command: CommandId) => void
  onClose: () => void
  say: (text: string) => void
}

function matching(filter: string): CommandId[] {
  const words = filter.toLowerCase().split(/\s+/u)
  return windowCommands.filter((id) => {
    const { title, help } = commandEntry(id)
    const text = `${title} ${help}`.toLowerCase()
    return id !== 'commands' && words.every((word) => text.includes(word))
  })
}

const typingPauseMs = 400

/** How many fit, and which of them Enter runs. */
function resultOf(found: readonly CommandId[]): string {
  const [first] = found
  if (!first) return 'No command fits.'
  return `${found.length === 1 ? '1 command' : `${found.length} commands, first`}: ${commandEntry(first).title}`
}

/** Every command in one list. Typing filters, arrows move, Enter runs, Escape goes back. No timeout. */
export function CommandList({ onRun, onClose, say }: Props): ReactNode {
  const [filter, setFilter] = useState('')
  const dialog = useRef<HTMLDialogElement>(null)
  const found = matching(filter)
  const result = useEffectEvent(() => say(resultOf(found)))

  useEffect(() => dialog.current?.querySelector('input')?.focus(), [])

  // Once, when typing pauses: not with every letter.
  useEffect(() => {
    if (filter === '') return undefined
    const timer = setTimeout(result, typingPauseMs)
    return () => clearTimeout(timer)
  }, [filter])

  function move(step: number): void {
    const stops = [...(dialog.current?.querySelectorAll<HTMLElement>('input, li button') ?? [])]
    const at = stops.indexOf(document.activeElement as HTMLElement)
    stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape') onClose()
    else if (step !== undefined) move(step)
    else if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      if (found[0]) onRun(found[0])
      else say(resultOf(found))
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="backdrop">
      {/* Not modal by showModal(): that would make the live regions inert. The rest of the window is inert instead. */}
      <dialog ref={dialog} open aria-modal="true" aria-labelledby="commands-title" onKeyDown={onKeyDown}>
        <h2 id="commands-title">All commands</h2>
        <label>
          Filter
          <input type="search" value={filter} autoComplete="off" onChange={(event) => setFilter(event.target.value)} />
        </label>
        <ul className="plain command-list">
          {found.map((id) => (
            <li key={id}>
              <button type="button" onClick={() => onRun(id)}>
                <span className="command-title">{commandEntry(id).title}</span> <kbd>{windowKeyName(id)}</kbd>
                <span className="help">{commandEntry(id).help}</span>
              </button>
            </li>
          ))}
        </ul>
        {found.length === 0 && <p>{resultOf(found)}</p>}
        <button type="button" onClick={onClose}>
          Close <kbd>Escape</kbd>
        </button>
      </dialog>
    </div>
  )
}

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
