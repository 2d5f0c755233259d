import { declared } from './declaration.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { listedOptions, optionSynopsis, synopsis } from './help.ts'
import { parse, type CommandSyntax } from './syntax.ts'
import { allCommands } from './table-syntax.ts'
import type { Terminal } from './terminal.ts'
import { t } from '#shared/messages/messages.ts'

/** `descry man`: the manual page in roff, for `descry man | man -l -` or a file in the manual path. */
export function manCommand(args: string[], terminal: Terminal): ExitCode {
  parse(declared.man, args)
  terminal.print(manPage())
  return exitCodes.ok
}

const environment = {
  OPENAI_API_KEY: 'cli.man.openai-api-key',
  OPENAI_BASE_URL: 'cli.man.openai-base-url',
  DESCRY_HOME: 'cli.man.descry-home'
} as const

const exitStatus = {
  0: 'cli.man.exit-0',
  1: 'cli.man.exit-1',
  2: 'cli.man.exit-2',
  3: 'cli.man.exit-3',
  130: 'cli.man.exit-130'
} as const

function manPage(): string {
  return [
    `.TH DESCRY 1 ${new Date().toISOString().slice(0, 10)} Descry`,
    '.SH NAME',
    `descry \\- ${escaped(t('cli.man.name'))}`,
    '.SH SYNOPSIS',
    '.B descry',
    '.I COMMAND',
    `[${escaped(t('cli.man.options'))}]`,
    '.SH DESCRIPTION',
    text(t('cli.help.tagline')),
    '.SH COMMANDS',
    ...allCommands().flatMap(commandSection),
    '.SH EXIT STATUS',
    ...Object.entries(exitStatus).flatMap(([code, key]) => tagged(code, t(key))),
    '.SH ENVIRONMENT',
    ...Object.entries(environment).flatMap(([name, key]) => tagged(name, t(key))),
    ''
  ].join('\n')
}

function commandSection(command: CommandSyntax): string[] {
  const paragraphs = (command.about ?? []).flatMap((key) => ['.PP', text(t(key))])
  const options = listedOptions(command).flatMap(([name, option]) =>
    tagged(optionSynopsis(name, option), t(option.help))
  )
  return [`.SS descry ${escaped(synopsis(command))}`, text(t(command.help)), ...paragraphs, ...options]
}

function tagged(tag: string, body: string): string[] {
  return ['.TP', `.B ${escaped(tag)}`, text(body)]
}

/** A paragraph with one sentence per line, as roff requires. */
function text(paragraph: string): string {
  return escaped(paragraph)
    .split(/(?<=[.?!]) (?=[A-Z])/u)
    .map((line) => (/^[.']/u.test(line) ? `\\&${line}` : line))
    .join('\n')
}

/** Escapes characters that roff would interpret, and hyphens, which must stay ASCII so that options can be copied. */
function escaped(words: string): string {
  return words.replaceAll('\\', '\\e').replaceAll('-', '\\-').replaceAll('…', '\\.\\.\\.').replaceAll('"', '\\(dq')
}
