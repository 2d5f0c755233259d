import { useEffect, useEffectEvent, useRef, useState, type KeyboardEvent, type ReactNode } from 'react'
import { regionRefs, targetRefs } from '../focus-navigation.ts'
import { windowCommands, windowKeyName } from './keys.ts'
import { commandEntry, type CommandId } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'

const toolbarCommands: readonly CommandId[] = ['screen', 'clipboard', 'stop', 'repeat', 'copy', 'commands']

/** The commands used most, each with its key. */
export function Toolbar({ onRun }: { onRun: (command: CommandId) => void }): ReactNode {
  return (
    <nav aria-label={t('window.toolbar')} className="toolbar" ref={regionRefs.toolbar}>
      {toolbarCommands.map((id, index) => (
        <button key={id} ref={index === 0 ? targetRefs.toolbar : null} type="button" onClick={() => onRun(id)}>
          {commandEntry(id).title} <kbd>{windowKeyName(id)}</kbd>
        </button>
      ))}
    </nav>
  )
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

/** How many commands match, and which one Enter runs. */
function resultOf(found: readonly CommandId[]): string {
  const [first] = found
  if (!first) return t('window.commands.none')
  return t('window.commands.found', { count: found.length, first: commandEntry(first).title })
}

interface Props {
  onRun: (command: CommandId) => void
  onClose: () => void
  say: (text: string) => void
}

/** All commands in one list. Typing filters, arrow keys move, Enter runs the first match, Escape goes back. No timeout. */
export function CommandList({ onRun, onClose, say }: Props): ReactNode {
  const [filter, setFilter] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const list = useRef<HTMLUListElement>(null)
  const found = matching(filter)
  const sayResult = useEffectEvent(() => say(resultOf(found)))

  useEffect(() => input.current?.focus(), [])

  // Announced once typing pauses, not with every letter.
  useEffect(() => {
    if (filter === '') return undefined
    const timer = setTimeout(sayResult, typingPauseMs)
    return () => clearTimeout(timer)
  }, [filter])

  function move(from: EventTarget, step: number): void {
    const buttons = [...(list.current?.children ?? [])].map(({ firstElementChild }) => firstElementChild)
    const stops = [input.current, ...buttons] as (HTMLElement | null)[]
    const at = stops.indexOf(from as HTMLElement)
    stops[Math.max(0, Math.min(stops.length - 1, at + step))]?.focus()
  }

  function onKeyDown(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (event.key === 'Escape') onClose()
    else if (step !== undefined) move(event.target, step)
    else if (event.key === 'Enter' && event.target === input.current) {
      if (found[0]) onRun(found[0])
      else say(resultOf(found))
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="backdrop">
      {/* Not showModal(), which would make the live regions inert. The rest of the window is inert instead. */}
      <dialog open aria-modal="true" aria-labelledby="commands-title" onKeyDown={onKeyDown}>
        <h2 id="commands-title">{t('window.commands')}</h2>
        <label>
          {t('window.commands.filter')}
          <input
            ref={input}
            type="search"
            value={filter}
            autoComplete="off"
            onChange={(event) => setFilter(event.target.value)}
          />
        </label>
        <ul ref={list} className="plain command-list">
          {found.map((id) => (
            <li key={id}>
              <button type="button" aria-describedby={`help-${id}`} onClick={() => onRun(id)}>
                {commandEntry(id).title} <kbd>{windowKeyName(id)}</kbd>
              </button>
              <p id={`help-${id}`} className="help">
                {commandEntry(id).help}
              </p>
            </li>
          ))}
        </ul>
        {found.length === 0 && <p>{resultOf(found)}</p>}
        <button type="button" onClick={onClose}>
          {t('window.close')} <kbd>{t('window.key.escape')}</kbd>
        </button>
      </dialog>
    </div>
  )
}
