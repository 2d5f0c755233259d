import { UsageError } from './exit-codes.ts'
import { choice, flag, option, text, type Options, type Values } from './syntax.ts'
import { details, presets, type Detail } from '#shared/caption.ts'
import { t } from '#shared/messages/messages.ts'

/** The value of `--parts`: all, or ranges of numbers from 1, both ends included. */
export type PartChoice = 'all' | { from: number; to: number }[]

export const privacyChoices = ['hide', 'local', 'ask', 'off'] as const
/** What happens to a picture with something private in it; off: pictures are not checked. */
export type PrivacyChoice = (typeof privacyChoices)[number]

/** Options that several commands share. */
export const sharedOptions = {
  detail: choice('cli.option.detail', details),
  ask: text('QUESTION', 'cli.option.ask', { maxLength: 2000 }),
  preset: text('NAME', 'cli.option.preset', { maxLength: 40, completion: presets }),
  lang: option('TAG', 'cli.option.lang', languageTag),
  model: text('NAME', 'cli.option.model', { maxLength: 200 }),
  'base-url': text('URL', 'cli.option.base-url'),
  privacy: choice('cli.option.privacy', privacyChoices),
  offline: flag('cli.option.offline'),
  speak: flag('cli.option.speak'),
  json: flag('cli.option.json')
} satisfies Options

export const describeOptions = {
  detail: sharedOptions.detail,
  ask: sharedOptions.ask,
  preset: sharedOptions.preset,
  parts: option('LIST|all', 'cli.option.parts', readParts, ['all']),
  fresh: flag('cli.option.fresh'),
  lang: sharedOptions.lang,
  model: sharedOptions.model,
  'base-url': sharedOptions['base-url'],
  privacy: sharedOptions.privacy,
  offline: sharedOptions.offline,
  speak: sharedOptions.speak,
  json: sharedOptions.json
} satisfies Options

/** How pictures are described in this run: the options of `describe`. */
export interface DescribeFlags {
  detail: Detail | null
  question: string | null
  /** Built-in, or one of the user's own. */
  preset: string | null
  /** BCP 47. */
  language: string | null
  model: string | null
  baseUrl: string | null
  /** Null: as in the settings; pictures are not checked if those were never chosen. */
  privacy: PrivacyChoice | null
  /** Which pages, frames or parts; null: the first pages of a document, or any other file as a whole. */
  parts: PartChoice | null
  /** Ask again even if a caption of this picture is saved. */
  isFresh: boolean
  isOffline: boolean
  isSpoken: boolean
  isJson: boolean
}

/** The flags that these options set; an option that a command lacks counts as not given. */
export function describeFlags(values: Partial<Values<typeof describeOptions>>): DescribeFlags {
  return {
    detail: values.detail ?? null,
    question: values.ask ?? null,
    preset: values.preset ?? null,
    language: values.lang ?? null,
    model: values.model ?? null,
    baseUrl: values['base-url'] ?? null,
    privacy: values.privacy ?? null,
    parts: values.parts ?? null,
    isFresh: values.fresh ?? false,
    isOffline: values.offline ?? false,
    isSpoken: values.speak ?? false,
    isJson: values.json ?? false
  }
}

/** @throws UsageError for anything but a BCP 47 tag. */
export function languageTag(typed: string): string {
  try {
    const [tag] = Intl.getCanonicalLocales(typed)
    if (tag !== undefined) return tag
  } catch {
    // Not a tag.
  }
  throw new UsageError(t('cli.not-a-language'))
}

/** @throws UsageError for anything but `all`, or numbers and ranges such as 1,3-5. */
export function readParts(typed: string): PartChoice {
  if (typed === 'all') return 'all'
  return typed.split(',').map((piece) => {
    const [, from, to = from] = /^\s*(\d{1,6})(?:-(\d{1,6}))?\s*$/u.exec(piece) ?? []
    const range = { from: Number(from), to: Number(to) }
    if (from === undefined || range.from < 1 || range.to < range.from) throw new UsageError(t('cli.not-parts'))
    return range
  })
}
