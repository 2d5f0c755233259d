import type { RefCallback } from 'react'
import type { EventPayload } from '#shared/bridge.ts'
import { steps, type Step } from '#shared/caption.ts'

/**
 * Where keyboard focus goes (docs/decisions/0085-one-focus-service.md). Views register their elements with the refs
 * below; whatever moves focus from one view to another names its target here and never searches the document.
 * Focus moves only when the user asks for it, so nothing here may be called because a caption arrived.
 */

/** The regions of the window, named as the app names them when it asks the window to go there. */
export type Region = 'toolbar' | Exclude<EventPayload<'goto'>['place'], 'commands'>

const regionNames: readonly Region[] = ['toolbar', 'caption', 'question', 'open', 'history', 'settings']

const regions = new Map<HTMLElement, Region>()
const targets = new Map<HTMLElement, Region>()
const sentences = new Map<HTMLElement, Step>()

/** For the element around a region. F6 goes through regions in the order of the document. */
export const regionRefs = refsInto(regions, regionNames)
/** For the element in a region that takes focus: its heading, or its first control. */
export const targetRefs = refsInto(targets, regionNames)
/** For each sentence of the shown caption, by the part of the caption it belongs to. */
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

/** Returns false when the region is not shown. */
export function moveFocus(region: Region): boolean {
  const target = [...targets].find(([, name]) => name === region)?.[0]
  target?.focus()
  return target !== undefined
}

/** F6 and Shift+F6: to the next or previous region, and around from the last to the first. */
export function moveToRegion(direction: 1 | -1): void {
  const all = inDocumentOrder(regions)
  const at = all.findIndex((region) => region.contains(document.activeElement))
  const from = at < 0 && direction === -1 ? 0 : at
  const next = all[(from + direction + all.length) % all.length]
  const name = next && regions.get(next)
  if (name) moveFocus(name)
}

/**
 * Remembers what has focus. The returned function moves focus back to it, or to the caption's heading when it is gone:
 * while nothing has focus, Orca misses what the window announces.
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

/** To the next or previous sentence of the caption; from elsewhere to its first or last. It stops at both ends. */
export function moveToSentence(direction: 1 | -1): void {
  const all = inDocumentOrder(sentences)
  const at = all.findIndex((sentence) => sentence === document.activeElement)
  const next = at < 0 ? all.at(direction === 1 ? 0 : -1) : all[at + direction]
  if (next) read(next)
}

/** To the first sentence of a part of the caption. Returns false when the caption has no such part. */
export function moveToStep(step: Step): boolean {
  const sentence = inDocumentOrder(sentences).find((element) => sentences.get(element) === step)
  if (sentence) read(sentence)
  return sentence !== undefined
}

/** How many parts the shown caption has. */
export function shownStepCount(): number {
  return new Set(sentences.values()).size
}

/** Back to where focus was before reading began. */
export function stopReading(): void {
  leaveCaption?.()
  leaveCaption = null
}

/** Calls the listener whenever focus has moved; returns a function that ends that. */
export function onFocusMove(listener: () => void): () => void {
  document.addEventListener('focusin', listener)
  document.addEventListener('focusout', listener)
  return () => {
    document.removeEventListener('focusin', listener)
    document.removeEventListener('focusout', listener)
  }
}
