import { useEffect, useEffectEvent } from 'react'
import {
  isReading,
  moveToRegion,
  moveToSentence,
  moveToStep,
  shownStepCount,
  stopReading
} from '../focus-navigation.ts'
import { isMac, pressedCommand } from './keys.ts'
import { steps, type Step } from '#shared/caption.ts'
import type { CommandId } from '#shared/commands.ts'
import { t } from '#shared/messages/messages.ts'

/**
 * Ctrl+1 to Ctrl+5, on macOS Cmd. Not Alt: Orca mistakes Alt and a digit for a tab change and misses announcements
 * until the next key. Keys are matched by position, because some keyboards need Shift for a digit.
 */
function pressedStep({ code, ctrlKey, metaKey, altKey, shiftKey }: KeyboardEvent): Step | null {
  const isPrimary = ctrlKey !== metaKey && metaKey === isMac && !altKey && !shiftKey
  return isPrimary ? (steps.find((_, index) => code === `Digit${index + 1}`) ?? null) : null
}

/**
 * The window's keys: those of the commands, F6 by region, Alt+PageUp and Alt+PageDown by sentence, Ctrl+1 to Ctrl+5 by
 * part, and Escape to leave the caption.
 */
export function useKeys(onCommand: (command: CommandId) => void, say: (text: string) => void): void {
  function readStep(step: Step): void {
    if (moveToStep(step)) return
    const shown = shownStepCount()
    if (shown === 0) say(t('caption.none-yet'))
    else
      say(
        shown === 1
          ? t('caption.one-part-only', { host: 'window' })
          : t('caption.nothing-in-part', { part: t(`caption.part.${step}`) })
      )
  }

  /** Returns true when the key was one of ours. */
  function handle(event: KeyboardEvent): boolean {
    const command = pressedCommand(event)
    const isAlt = event.altKey && !event.ctrlKey && !event.shiftKey && !event.metaKey
    const step = pressedStep(event)
    if (command) onCommand(command)
    else if (event.key === 'F6') moveToRegion(event.shiftKey ? -1 : 1)
    else if (isAlt && event.key === 'PageDown') moveToSentence(1)
    else if (isAlt && event.key === 'PageUp') moveToSentence(-1)
    else if (step) readStep(step)
    else if (event.key === 'Escape' && isReading()) stopReading()
    else return false
    return true
  }

  const onKeyDown = useEffectEvent((event: KeyboardEvent): void => {
    if (event.isComposing || event.defaultPrevented) return
    if (event.repeat ? pressedCommand(event) !== null : handle(event)) event.preventDefault()
  })

  useEffect(() => {
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [])
}
