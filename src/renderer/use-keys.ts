import { useEffect, useEffectEvent, useRef } from 'react'
import { pressedCommand } from './keys.ts'
import { goToRegion, goToSentence, isReading } from './moving.ts'
import type { CommandId } from '#shared/commands.ts'

/** The window's keys: every command's own, F6, Alt+PageUp and Alt+PageDown, and Escape out of reading. */
export function useKeys(onCommand: (command: CommandId) => void): void {
  const focusBefore = useRef<HTMLElement | null>(null)

  function readSentence(direction: 1 | -1): void {
    if (!isReading()) focusBefore.current = document.activeElement as HTMLElement | null
    goToSentence(direction)
  }

  function stopReading(): void {
    focusBefore.current?.focus()
    // Nothing had focus before. Not left to nobody: Orca then misses what the window announces.
    if (isReading()) document.getElementById('caption-title')?.focus()
  }

  /** True when the key was one of ours. */
  function isTaken(event: KeyboardEvent): boolean {
    const command = pressedCommand(event)
    const isPage = event.altKey && !event.ctrlKey && !event.shiftKey && !event.metaKey
    if (command) onCommand(command)
    else if (event.key === 'F6') goToRegion(event.shiftKey ? -1 : 1)
    else if (isPage && event.key === 'PageDown') readSentence(1)
    else if (isPage && event.key === 'PageUp') readSentence(-1)
    else if (event.key === 'Escape' && isReading()) stopReading()
    else return false
    return true
  }

  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    if (event.isComposing || event.defaultPrevented) return
    if (event.repeat ? pressedCommand(event) !== null : isTaken(event)) event.preventDefault()
  })

  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
