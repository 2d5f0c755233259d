import { splitSentences } from '#core/text/sentences.ts'
import type { Item } from '#shared/bridge.ts'
import type { Description } from '#shared/caption.ts'
import { unchecked } from '#shared/privacy-rules.ts'

/** The fields of a description that an item stores. */
export type DescribedFields = Pick<
  Description,
  | 'caption'
  | 'steps'
  | 'unconfirmed'
  | 'isTextUnchecked'
  | 'notice'
  | 'privacy'
  | 'tags'
  | 'model'
  | 'costUsd'
  | 'offline'
  | 'warnings'
>

/** Nothing is marked unverified. */
export const nothingUnverified = { unconfirmed: [], isTextUnchecked: false }

/** The fields of an item before anything is known about it. */
export const emptyResult: Partial<Item> = {
  ...nothingUnverified,
  caption: '',
  sentences: [],
  steps: [],
  notice: null,
  isWithheld: false,
  privacy: unchecked,
  warnings: [],
  failure: null
}

/** The fields that a description changes in an item. @param language The caption's language, as a BCP 47 tag. */
export function outcomeOf(
  description: DescribedFields,
  language: string
): Partial<Item> & Pick<Item, 'caption' | 'sentences'> {
  const { caption, steps, unconfirmed, isTextUnchecked, notice, privacy, tags, model, costUsd, offline, warnings } =
    description
  return {
    state: 'done',
    caption,
    sentences: [...splitSentences(caption, language)],
    steps,
    unconfirmed,
    isTextUnchecked,
    notice,
    privacy,
    tags,
    model,
    costUsd,
    offline,
    warnings
  }
}
