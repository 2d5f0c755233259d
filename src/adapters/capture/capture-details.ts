import type { Capture } from '#core/ports/capture.ts'
import type { Area } from '#shared/caption.ts'
import { t } from '#shared/messages/messages.ts'
import { overlap } from '#core/areas.ts'

/** What a capture says about itself, whichever way it was taken. */

/** @param number of the display, from 1. */
export function screenLabel(number: number, count: number): string {
  return count > 1 ? t('capture.label.screen-of', { number, count }) : t('capture.label.screen')
}

export function areaSubject({ x, y, width, height }: Area): string {
  return `area:${x},${y},${width},${height}`
}

/** The window with the keyboard focus, in the desktop's own units. */
interface FrontWindow {
  title: string | null
  application: string | null
  place: Area
}

/** The active window's details, if any of it is in the captured place; otherwise nulls. */
export function windowContext(
  active: FrontWindow | null,
  place: Area
): Pick<Capture, 'windowTitle' | 'applicationName' | 'windowPlace'> {
  const shown = active && overlap(active.place, place) ? active : null
  return {
    windowTitle: shown?.title ?? null,
    applicationName: shown?.application ?? null,
    windowPlace: shown?.place ?? null
  }
}
