import type { Step } from '#shared/caption.ts'

/** Ways to move through the window by key. Focus moves only when the user asks. */

function step(
  elements: HTMLElement[],
  direction: 1 | -1,
  hasFocus: (element: HTMLElement) => boolean
): HTMLElement | null {
  const at = elements.findIndex(hasFocus)
  return (at < 0 ? elements.at(direction === 1 ? 0 : -1) : elements[at + direction]) ?? null
}

const focusable = 'h2[tabindex], input:not(:disabled), select:not(:disabled), button:not(:disabled)'

/** F6: the first thing in the next region, round in a circle. */
export function goToRegion(direction: 1 | -1): void {
  const regions = [...document.querySelectorAll<HTMLElement>('[data-region]')]
  const at = regions.findIndex((region) => region.contains(document.activeElement))
  const from = at < 0 && direction === -1 ? 0 : at
  const next = regions[(from + direction + regions.length) % regions.length]
  next?.querySelector<HTMLElement>(focusable)?.focus()
}

/** Alt+PageDown and Alt+PageUp: the next or previous sentence of the caption; at either end it stays. */
export function goToSentence(direction: 1 | -1): void {
  const sentences = [...document.querySelectorAll<HTMLElement>('[data-sentence]')]
  const next = step(sentences, direction, (sentence) => sentence === document.activeElement)
  next?.focus()
}

/** Ctrl+1 to Ctrl+5: the first sentence of a step. False when the caption has no such step. */
export function goToStep(step: Step): boolean {
  const sentence = document.querySelector<HTMLElement>(`[data-step='${step}'] [data-sentence]`)
  sentence?.focus()
  return sentence !== null
}

/** How many steps the shown caption has. */
export function shownSteps(): number {
  return document.querySelectorAll('[data-step]').length
}

/** True when focus is on a sentence: the caption must then not be replaced by a newer one. */
export function isReading(): boolean {
  return document.activeElement?.matches('[data-sentence]') ?? false
}
