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
  steps: [],
  notice: null,
  isWithheld: false,
  warnings: [],
  failure: null
}

/** The change of an item that a description brings. */
export function outcomeOf(description: Told): Partial<Item> {
  const { caption, steps, unconfirmed, isTextUnchecked, notice, tags, model, costUsd, offline, warnings } = description
  return {
    state: 'done',
    caption,
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
