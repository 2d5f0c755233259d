import { FluentBundle, FluentResource, type FluentVariable, type Message } from '@fluent/bundle'
import { english } from './en/english.ts'

/**
 * Every sentence a person sees or hears, by key. Messages are written in Fluent's syntax (projectfluent.org): `{ $name }`
 * for a parameter, a select expression for plurals. Keys and parameters are typed from the English catalog, so a missing
 * key, or a message given the wrong parameters, does not compile. docs/decisions/0080-fluent-messages.md says why Fluent.
 */
export type MessageKey = keyof typeof english

/** What follows a "$" up to the end of the parameter's name. */
type Before<Text extends string, Mark extends string> = Text extends `${infer Head}${Mark}${string}` ? Head : Text
type Name<Text extends string> = Before<Before<Before<Before<Text, ' '>, ','>, ')'>, '}'>
type ParameterNames<Pattern extends string, Names extends string = never> = Pattern extends `${string}$${infer Rest}`
  ? ParameterNames<Rest, Names | Name<Rest>>
  : Names

/** The parameters of a message. Numbers and dates are formatted for the language by Intl. */
export type MessageParameters<Key extends MessageKey> = Record<ParameterNames<(typeof english)[Key]>, FluentVariable>

/** A message with parameters needs them; one without takes none. */
type Arguments<Key extends MessageKey> = [ParameterNames<(typeof english)[Key]>] extends [never]
  ? []
  : [parameters: MessageParameters<Key>]

/** Keys of the messages that take no parameters, for tables that map a code to a message. */
export type PlainMessageKey = {
  [Key in MessageKey]: [ParameterNames<(typeof english)[Key]>] extends [never] ? Key : never
}[MessageKey]

// Direction isolates (U+2068, U+2069) would reach speech engines, JSON and the terminal.
const bundle = new FluentBundle('en', { useIsolating: false })
const parsed = new Map<MessageKey, NonNullable<Message['value']>>()

/** The message in the user's language. */
export function t<Key extends MessageKey>(key: Key, ...[parameters]: Arguments<Key>): string {
  const source: string = english[key]
  if (!source.includes('{')) return source
  let pattern = parsed.get(key)
  if (pattern === undefined) {
    pattern = parsePattern(source)
    parsed.set(key, pattern)
  }
  return bundle.formatPattern(pattern, parameters)
}

/** @throws SyntaxError when it is not a Fluent pattern; a test parses every message of the catalog. */
function parsePattern(source: string): NonNullable<Message['value']> {
  const [entry] = new FluentResource(`message = ${source.replaceAll('\n', '\n    ')}\n`).body
  if (!entry?.value) throw new SyntaxError(`Not a Fluent pattern: ${source}`)
  return entry.value
}
