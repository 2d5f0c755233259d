import { parseArgs } from 'node:util'
import { UsageError } from './exit-codes.ts'
import { t, type PlainMessageKey } from '#shared/messages/messages.ts'

/** What the shell offers as completions: names of files or folders, or these words. */
export type Completion = 'files' | 'folders' | readonly string[]

/** An option of the command line. Without `value` it is a switch. */
export interface OptionSyntax<Value = unknown> {
  help: PlainMessageKey
  /** Placeholder for the value in help: "QUESTION". */
  value?: string
  completion?: Completion
  /** @throws UsageError for a value that cannot be used. */
  read?: (typed: string, option: string) => Value
  /** The message that this option is required. */
  missing?: PlainMessageKey
  /** Accepted, but not listed. */
  isHidden?: boolean
}

export type Options = Record<string, OptionSyntax>

/** The words after the options. */
export interface OperandSyntax {
  /** Placeholder in help: "FILE". */
  name: string
  completion?: Completion
  /** The message if it is missing; without one, the operand is optional. */
  missing?: PlainMessageKey
  /** The most that may be given; default: any number. */
  max?: number
}

/** A command of the command line: the source of parsing, help, completion and man page. */
export interface CommandSyntax<Its extends Options = Options> {
  name: string
  /** One sentence. */
  help: PlainMessageKey
  /** Paragraphs for the help page of the command. */
  about?: readonly PlainMessageKey[]
  /** What its exit codes mean, if they say more than whether it worked. */
  exit?: PlainMessageKey
  operand?: OperandSyntax
  /** The message if there are too many operands; default: the command takes no more arguments. */
  tooMany?: PlainMessageKey
  options: Its
}

/** Null for an option that was not given; false for a switch. */
export type Values<Its extends Options> = {
  [Name in keyof Its]: Its[Name] extends { read: (typed: string, option: string) => infer Value }
    ? Its[Name] extends { missing: PlainMessageKey }
      ? Value
      : Value | null
    : boolean
}

/** Parses a command's arguments. Errors: UsageError with a sentence that says what is wrong. */
export function parse<Its extends Options>(
  syntax: CommandSyntax<Its>,
  args: readonly string[]
): { values: Values<Its>; operands: string[] } {
  const { name: command, options } = syntax
  const { tokens } = parseArgs({
    // A negative number, such as the left edge of an area, is not an option.
    args: args.map((arg) => (/^-\d/u.test(arg) ? numberMark + arg : arg)),
    options: Object.fromEntries(
      Object.entries(options).map(([name, { read }]) => [name, { type: read ? ('string' as const) : 'boolean' }])
    ),
    allowPositionals: true,
    strict: false,
    tokens: true
  })
  const values: Record<string, unknown> = {}
  for (const [name, { read }] of Object.entries(options)) values[name] = read ? null : false
  const operands: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(unmarked(token.value))
    if (token.kind !== 'option') continue
    const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined
    if (!option) throw new UsageError(t('cli.unknown-option', { option: token.rawName, command }))
    values[token.name] = readOption(option, token)
  }
  checkOperands(syntax, operands)
  for (const [name, { missing }] of Object.entries(options))
    if (missing && values[name] === null) throw new UsageError(t(missing))
  return { values: values as Values<Its>, operands }
}

/** Keeps `parseArgs` from mistaking a negative number for options; no program argument can contain this character. */
const numberMark = '\0'

function unmarked(typed: string): string {
  return typed.startsWith(numberMark) ? typed.slice(1) : typed
}

function readOption(
  { read }: OptionSyntax,
  { rawName, value, inlineValue }: { rawName: string; value?: string | undefined; inlineValue?: boolean | undefined }
): unknown {
  if (!read) {
    if (value !== undefined) throw new UsageError(t('cli.option-takes-no-value', { option: rawName }))
    return true
  }
  // A word that looks like the next option is not a value, so the value is missing.
  if (value === undefined || (!inlineValue && value.length > 1 && value.startsWith('-')))
    throw new UsageError(t('cli.option-needs-value', { option: rawName }))
  return read(unmarked(value), rawName)
}

function checkOperands({ name: command, operand, tooMany }: CommandSyntax, typed: string[]): void {
  if (operand?.missing && typed.length === 0) throw new UsageError(t(operand.missing))
  if (typed.length <= (operand ? (operand.max ?? Infinity) : 0)) return
  throw new UsageError(tooMany ? t(tooMany) : t('cli.takes-nothing-more', { command }))
}

/** A switch, which is on if it is given. */
export function flag(help: PlainMessageKey): OptionSyntax & { read?: undefined } {
  return { help }
}

/** An option with a value that `read` checks and converts. */
export function option<Value>(
  value: string,
  help: PlainMessageKey,
  read: (typed: string, option: string) => Value,
  completion?: Completion
): OptionSyntax<Value> & { read: (typed: string, option: string) => Value } {
  return { value, help, read, ...(completion && { completion }) }
}

/** An option whose value is one of a few words. */
export function choice<Value extends string>(
  help: PlainMessageKey,
  choices: readonly Value[]
): ReturnType<typeof option<Value>> {
  return option(
    choices.join('|'),
    help,
    (typed, name) => {
      const found = choices.find((one) => one === typed)
      if (found === undefined)
        throw new UsageError(t('cli.option-one-of', { option: name, choices: choices.join(', ') }))
      return found
    },
    choices
  )
}

/** An option with some text of at most `maxLength` characters, trimmed. */
export function text(
  value: string,
  help: PlainMessageKey,
  { maxLength = Infinity, completion }: { maxLength?: number; completion?: Completion } = {}
): ReturnType<typeof option<string>> {
  return option(
    value,
    help,
    (typed, name) => {
      const trimmed = typed.trim()
      if (trimmed === '') throw new UsageError(t('cli.option-empty', { option: name }))
      if (trimmed.length > maxLength) throw new UsageError(t('cli.option-too-long', { option: name, maxLength }))
      return trimmed
    },
    completion
  )
}
