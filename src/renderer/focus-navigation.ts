import type { RefCallback } from 'react'
import type { EventPayload } from '#shared/bridge.ts'
import { steps, type Step } from '#shared/caption.ts'

/**
 * Where keyboard focus goes (docs/decisions/0085-one-focus-service.md). Views register their elements with the refs
 * below. Code that moves focus from one view to another calls a function here with the target's name and never searches
 * the document. Focus moves only when the user asks for it, so never call these functions because a caption arrived.
 */

/** The regions of the window, by the names the app uses when it moves focus to them. */
export type Region = 'toolbar' | Exclude<EventPayload<'goto'>['place'], 'commands'>

const regionNames: readonly Region[] = ['toolbar', 'caption', 'question', 'open', 'history', 'settings']

const regions = new Map<HTMLElement, Region>()
const targets = new Map<HTMLElement, Region>()
const sentences = new Map<HTMLElement, Step>()

/** Refs for the elements that contain the regions. F6 goes through the regions in document order. */
export const regionRefs = refsInto(regions, regionNames)
/** Refs for the element that takes focus in each region: its heading or first control. */
export const targetRefs = refsInto(targets, regionNames)
/** Refs for the sentences of the displayed caption, by the part of the caption they belong to. */
export const sentenceRefs = refsInto(sentences, steps)

/** Refs that stay the same between renders, so React does not register an element again with every token. */
function refsInto<Name extends string>(
  elements: Map<HTMLElement, Name>,
  names: readonly Name[]
): Record<Name, RefCallback<HTMLElement>> {
  const refs = names.map((name): [Name, RefCallback<HTMLElement>] => [
    name,
    (element) => {
      if (!element) return undefined
      elements.set(element, name)
      return () => void elements.delete(element)
    }
  ])
  return Object.fromEntries(refs) as Record<Name, RefCallback<HTMLElement>>
}

function inDocumentOrder(elements: Map<HTMLElement, unknown>): HTMLElement[] {
  return [...elements.keys()].toSorted((one, other) =>
    one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1
  )
}

/** Returns false if the region isn't shown. */
export function moveFocus(region: Region): boolean {
  const target = [...targets].find(([, name]) => name === region)?.[0]
  target?.focus()
  return target !== undefined
}

/** F6 and Shift+F6: moves to the next or previous region, wrapping around at the ends. */
export function moveToRegion(direction: 1 | -1): void {
  const all = inDocumentOrder(regions)
  const at = all.findIndex((region) => region.contains(document.activeElement))
  const from = at < 0 && direction === -1 ? 0 : at
  const next = all[(from + direction + all.length) % all.length]
  const name = next && regions.get(next)
  if (name) moveFocus(name)
}

/**
 * Remembers what has focus. The returned function moves focus back to it, or to the caption's heading if it is gone,
 * because Orca misses announcements while nothing has focus.
 */
export function rememberFocus(): () => void {
  const before = document.activeElement
  return () => {
    if (before instanceof HTMLElement && before !== document.body && before.isConnected) before.focus()
    else moveFocus('caption')
  }
}

let leaveCaption: (() => void) | null = null

/** True while focus is on a sentence: a newer picture must not replace the caption then. */
export function isReading(): boolean {
  return document.activeElement instanceof HTMLElement && sentences.has(document.activeElement)
}

function read(sentence: HTMLElement): void {
  if (!isReading()) leaveCaption = rememberFocus()
  sentence.focus()
}

/**
 * Moves to the next or previous sentence of the caption, or from elsewhere to its first or last. Stops at both ends.
 */
export function moveToSentence(direction: 1 | -1): void {
  const all = inDocumentOrder(sentences)
  const at = all.findIndex((sentence) => sentence === document.activeElement)
  const next = at < 0 ? all.at(direction === 1 ? 0 : -1) : all[at + direction]
  if (next) read(next)
}

/** Moves to the first sentence of a part of the caption. Returns false if the caption doesn't have that part. */
export function moveToStep(step: Step): boolean {
  const sentence = inDocumentOrder(sentences).find((element) => sentences.get(element) === step)
  if (sentence) read(sentence)
  return sentence !== undefined
}

/** How many parts the shown caption has. */
export function shownStepCount(): number {
  return new Set(sentences.values()).size
}

/** Moves focus back to where it was before reading began. */
export function stopReading(): void {
  leaveCaption?.()
  leaveCaption = null
}

/** Calls the listener whenever focus has moved; returns a function that removes it. */
export function onFocusMove(listener: () => void): () => void {
  document.addEventListener('focusin', listener)
  document.addEventListener('focusout', listener)
  return () => {
    document.removeEventListener('focusin', listener)
    document.removeEventListener('focusout', listener)
  }
}
