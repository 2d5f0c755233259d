import { splitSentences } from '#core/text/sentences.ts'
import type { Item } from '#shared/bridge.ts'
import type { Description } from '#shared/caption.ts'

/** What an item keeps of a description. */
export type Told = Pick<
  Description,
  | 'caption'
  | 'steps'
  | 'unconfirmed'
  | 'isTextUnchecked'
  | 'notice'
  | 'tags'
  | 'model'
  | 'costUsd'
  | 'offline'
  | 'warnings'
>

export const noDoubt = { unconfirmed: [], isTextUnchecked: false }

/** An item of which nothing is known yet, or no more. */
export const unknown: Partial<Item> = {
  ...noDoubt,
  caption: '',
  sentences: [],
  steps: [],
  notice: null,
  isWithheld: false,
  warnings: [],
  failure: null
}

/** The change of an item that a description brings. @param language BCP 47, of the caption. */
export function outcomeOf(description: Told, language: string): Partial<Item> & Pick<Item, 'caption' | 'sentences'> {
  const { caption, steps, unconfirmed, isTextUnchecked, notice, tags, model, costUsd, offline, warnings } = description
  return {
    state: 'done',
    caption,
    sentences: [...splitSentences(caption, language)],
    steps,
    unconfirmed,
    isTextUnchecked,
    notice,
    tags,
    model,
    costUsd,
    offline,
    warnings
  }
}
