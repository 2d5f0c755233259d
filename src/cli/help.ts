import { declared } from './declaration.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { parse, type CommandSyntax, type OptionSyntax } from './syntax.ts'
import { allCommands } from './table-syntax.ts'
import type { Terminal } from './terminal.ts'
import { t } from '#shared/messages/messages.ts'

const widthColumns = 80

/** `descry help [COMMAND]` */
export function helpCommand(args: string[], terminal: Terminal): ExitCode {
  const [topic] = parse(declared.help, args).operands
  terminal.print(topic === undefined ? overview() : helpPage(topic))
  return exitCodes.ok
}

/** Every command with one sentence. */
export function overview(): string {
  const rows = allCommands().map((command) => row(synopsis(command), t(command.help)))
  return `${t('cli.help.tagline')}\n\n${t('cli.help.usage')}\n\n${rows.join('')}\n${t('cli.help.more')}\n`
}

/** The full help for one command. Errors: UsageError if there is no command with this name. */
function helpPage(topic: string): string {
  const command = allCommands().find(({ name }) => name === topic)
  if (!command) throw new UsageError(t('cli.no-such-command', { name: topic }))
  const options = listedOptions(command).map(([name, option]) => row(optionSynopsis(name, option), t(option.help)))
  const paragraphs = [command.help, ...(command.about ?? [])].map((key) => wrapped(t(key)))
  return [
    `descry ${synopsis(command)}\n`,
    ...paragraphs,
    ...(options.length > 0 ? [options.join('')] : []),
    wrapped(t(command.exit ?? 'cli.exit.other'))
  ].join('\n')
}

/** The options that are not hidden. */
export function listedOptions({ options }: CommandSyntax): [string, OptionSyntax][] {
  return Object.entries(options).filter(([, { isHidden }]) => !isHidden)
}

/** `batch FOLDER --out FILE` */
export function synopsis({ name, operand, options }: CommandSyntax): string {
  const needed = Object.entries(options).filter(([, { missing }]) => missing)
  const words = needed.map(([option, syntax]) => optionSynopsis(option, syntax))
  if (operand) words.unshift(operand.missing ? operand.name : `[${operand.name}]`)
  return [name, ...words].join(' ')
}

/** `--model NAME` */
export function optionSynopsis(name: string, { value }: OptionSyntax): string {
  return value === undefined ? `--${name}` : `--${name} ${value}`
}

const indentColumns = 26

/** What to type, and next to it or below it what it does. */
function row(typed: string, help: string): string {
  const gap = ' '.repeat(indentColumns)
  const lines = linesOf(help, widthColumns - indentColumns).map((line) => `${gap}${line}\n`)
  const head = `  ${typed}`
  if (head.length >= indentColumns) return `${head}\n${lines.join('')}`
  return head.padEnd(indentColumns) + lines.join('').slice(indentColumns)
}

function wrapped(paragraph: string): string {
  return linesOf(paragraph, widthColumns)
    .map((line) => `${line}\n`)
    .join('')
}

function linesOf(paragraph: string, width: number): string[] {
  const lines: string[] = []
  for (const word of paragraph.split(/\s+/u)) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
