import { useEffect, useEffectEvent, useRef } from 'react'
import { isMac, pressedCommand } from './keys.ts'
import { goToRegion, goToSentence, goToStep, isReading, shownSteps } from '../focus-navigation.ts'
import { steps, type Step } from '#shared/caption.ts'
import type { CommandId } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'

/**
 * Ctrl+1 to Ctrl+5, on macOS with Cmd. Not with Alt: Orca takes Alt and a digit for a change of tabs, and is deaf to what is
 * announced until the next key. By the key's place, because on some keyboards a digit wants Shift.
 */
function pressedStep({ code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): Step | null {
  const isPrimary = ctrlKey !== metaKey && metaKey === isMac && !altKey && !shiftKey
  return isPrimary ? (steps.find((_, index) => code === `Digit${index + 1}`) ?? null) : null
}

/**
 * The window's keys: every command's own, F6, Alt+PageUp and Alt+PageDown by sentence, Ctrl+1 to Ctrl+5 by step, and Escape
 * out of reading.
 */
export function useKeys(onCommand: (command: CommandId) => void, say: (text: string) => void): void {
  const focusBefore = useRef<HTMLElement | null>(null)

  function startReading(): void {
    if (!isReading()) focusBefore.current = document.activeElement as HTMLElement | null
  }

  function readSentence(direction: 1 | -1): void {
    startReading()
    goToSentence(direction)
  }

  function readStep(step: Step): void {
    startReading()
    if (goToStep(step)) return
    const shown = shownSteps()
    if (shown === 0) say(t('caption.none-yet'))
    else
      say(shown === 1 ? t('caption.one-part-only') : t('caption.nothing-in-part', { part: t(`caption.part.${step}`) }))
  }

  function stopReading(): void {
    focusBefore.current?.focus()
    // Nothing had focus before. Not left to nobody: Orca then misses what the window announces.
    if (isReading()) document.getElementById('caption-title')?.focus()
  }

  /** True when the key was one of ours. */
  function isTaken(event: KeyboardEvent): boolean {
    const command = pressedCommand(event)
    const isAlt = event.altKey && !event.ctrlKey && !event.shiftKey && !event.metaKey
    const step = pressedStep(event)
    if (command) onCommand(command)
    else if (event.key === 'F6') goToRegion(event.shiftKey ? -1 : 1)
    else if (isAlt && event.key === 'PageDown') readSentence(1)
    else if (isAlt && event.key === 'PageUp') readSentence(-1)
    else if (step) readStep(step)
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
