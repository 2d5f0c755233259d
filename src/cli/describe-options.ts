import { parseArgs, type ParseArgsOptionsConfig } from 'node:util'
import { UsageError } from './exit-codes.ts'
import { readParts, type PartChoice } from './parts-flag.ts'
import { details, type Detail } from '#shared/caption.ts'

/** What can be said to `describe`, and to `screen` and `clipboard` where they do the work themselves. */
export interface DescribeFlags {
  detail: Detail | null
  question: string | null
  /** Built-in, or one of the user's own. */
  preset: string | null
  language: string | null
  model: string | null
  baseUrl: string | null
  /** Which pages, frames or parts; null: the first pages of a document, and all else whole. */
  parts: PartChoice | null
  /** A caption kept from before is not wanted. */
  isFresh: boolean
  isOffline: boolean
  isSpoken: boolean
  isJson: boolean
}

export const describeOptions = {
  detail: { type: 'string' },
  ask: { type: 'string' },
  preset: { type: 'string' },
  parts: { type: 'string' },
  fresh: { type: 'boolean' },
  lang: { type: 'string' },
  model: { type: 'string' },
  'base-url': { type: 'string' },
  offline: { type: 'boolean' },
  speak: { type: 'boolean' },
  json: { type: 'boolean' }
} as const satisfies ParseArgsOptionsConfig

/** `util.parseArgs`, with our kind of error. */
export function parse<Options extends ParseArgsOptionsConfig>(
  args: string[],
  options: Options
): ReturnType<typeof parseArgs<{ args: string[]; options: Options; allowPositionals: true }>> {
  try {
    return parseArgs({ args, options, allowPositionals: true })
  } catch (error) {
    if (error instanceof TypeError) throw new UsageError(error.message)
    throw error
  }
}

export function readDescribeArguments(args: string[]): { flags: DescribeFlags; positionals: string[] } {
  const { values, positionals } = parse(args, describeOptions)
  return { positionals, flags: describeFlags(values) }
}

/** The values of `describeOptions`, checked. */
export function describeFlags(values: ReturnType<typeof parse<typeof describeOptions>>['values']): DescribeFlags {
  return {
    detail: values.detail === undefined ? null : oneOf('--detail', details, values.detail),
    question: values.ask === undefined ? null : text('--ask', values.ask, 2000),
    preset: values.preset === undefined ? null : text('--preset', values.preset, 40),
    language: values.lang === undefined ? null : languageTag(values.lang),
    model: values.model === undefined ? null : text('--model', values.model, 200),
    baseUrl: values['base-url'] ?? null,
    parts: values.parts === undefined ? null : readParts(values.parts),
    isFresh: values.fresh ?? false,
    isOffline: values.offline ?? false,
    isSpoken: values.speak ?? false,
    isJson: values.json ?? false
  }
}

function oneOf<Value extends string>(name: string, allowed: readonly Value[], typed: string): Value {
  const found = allowed.find((value) => value === typed)
  if (found === undefined) throw new UsageError(`${name} wants one of ${allowed.join(', ')}.`)
  return found
}

function text(name: string, typed: string, maxLength: number): string {
  const trimmed = typed.trim()
  if (trimmed === '') throw new UsageError(`${name} wants some text.`)
  if (trimmed.length > maxLength) throw new UsageError(`${name} takes at most ${maxLength} characters.`)
  return trimmed
}

/** @throws UsageError for what is no BCP 47 tag. */
export function languageTag(typed: string): string {
  try {
    const [tag] = Intl.getCanonicalLocales(typed)
    if (tag !== undefined) return tag
  } catch {
    // not a tag
  }
  throw new UsageError('--lang wants a language tag such as en, de or pt-BR.')
}
