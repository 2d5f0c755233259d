import { declared, shells } from './declaration.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { listedOptions } from './help.ts'
import { parse, type Completion, type CommandSyntax } from './syntax.ts'
import { allCommands } from './table-syntax.ts'
import type { Terminal } from './terminal.ts'
import { t } from '#shared/messages/messages.ts'

/**
 * `descry completion SHELL`: a script for the shell's start-up file. It holds all commands and options, so that pressing
 * Tab starts no program.
 */
export function completionCommand(args: string[], terminal: Terminal): ExitCode {
  const [typed] = parse(declared.completion, args).operands
  const shell = shells.find((one) => one === typed)
  if (!shell) throw new UsageError(t('cli.completion.needs-shell'))
  terminal.print(scripts[shell](allCommands().map(wordsOf)))
  return exitCodes.ok
}

interface CommandWords {
  name: string
  help: string
  operand: Completion | null
  options: { name: string; help: string; takesValue: boolean; completion: Completion | null }[]
}

function wordsOf(command: CommandSyntax): CommandWords {
  const names = command.name === 'help' ? allCommands().map(({ name }) => name) : null
  return {
    name: command.name,
    help: t(command.help),
    operand: names ?? command.operand?.completion ?? null,
    options: listedOptions(command).map(([name, { help, read, completion = null }]) => ({
      name: `--${name}`,
      help: t(help),
      takesValue: read !== undefined,
      completion
    }))
  }
}

const scripts: Record<(typeof shells)[number], (commands: CommandWords[]) => string> = {
  bash: bashScript,
  zsh: zshScript,
  fish: fishScript,
  powershell: powershellScript
}

const single = (words: string): string => `'${words.replaceAll("'", `'\\''`)}'`
const isWords = (completion: Completion | null): completion is readonly string[] => Array.isArray(completion)

function bashScript(commands: CommandWords[]): string {
  // A name may contain spaces. The bash that comes with macOS has no compopt.
  const files = "compopt -o filenames 2>/dev/null; local IFS=$'\\n'; COMPREPLY=($(compgen"
  const offer = (completion: Completion | null): string => {
    if (completion === 'files') return `${files} -f -- "$word"))`
    if (completion === 'folders') return `${files} -d -- "$word"))`
    return isWords(completion) ? `COMPREPLY=($(compgen -W ${single(completion.join(' '))} -- "$word"))` : ':'
  }
  const cases = commands.map(({ name, operand, options }) => {
    const values = options
      .filter(({ takesValue }) => takesValue)
      .map((option) => `        ${option.name}) ${offer(option.completion)}; return ;;\n`)
    const names = options.map((option) => option.name).join(' ')
    return `    ${name})
      case $previous in
${values.join('')}      esac
      if [[ $word == -* ]]; then ${offer(names.split(' '))}; else ${offer(operand)}; fi ;;
`
  })
  return `_descry() {
  local word=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then ${offer(commands.map(({ name }) => name))}; return; fi
  case \${COMP_WORDS[1]} in
${cases.join('')}  esac
}
complete -F _descry descry
`
}

function zshScript(commands: CommandWords[]): string {
  const described = (name: string, help: string): string => single(`${name.replaceAll(':', '\\:')}:${help}`)
  const offer = (completion: Completion | null): string => {
    if (completion === 'files') return '_files'
    if (completion === 'folders') return '_files -/'
    return isWords(completion) ? `compadd -- ${completion.map(single).join(' ')}` : ':'
  }
  const cases = commands.map(({ name, operand, options }) => {
    const values = options
      .filter(({ takesValue }) => takesValue)
      .map((option) => `        ${option.name}) ${offer(option.completion)}; return ;;\n`)
    const list = options.map((option) => described(option.name, option.help)).join(' ')
    return `    ${name})
      case $words[CURRENT-1] in
${values.join('')}      esac
      entries=(${list})
      if [[ $PREFIX == -* ]]; then _describe -o option entries; else ${offer(operand)}; fi ;;
`
  })
  return `#compdef descry
_descry() {
  local -a entries
  if ((CURRENT == 2)); then
    entries=(${commands.map(({ name, help }) => described(name, help)).join(' ')})
    _describe command entries
    return
  fi
  case $words[2] in
${cases.join('')}  esac
}
if [[ $funcstack[1] == _descry ]]; then _descry "$@"; else compdef _descry descry; fi
`
}

function fishScript(commands: CommandWords[]): string {
  const quoted = (words: string): string => `'${words.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
  const offer = (completion: Completion | null): string => {
    if (completion === 'files') return '-F'
    if (completion === 'folders') return "-f -a '(__fish_complete_directories)'"
    return isWords(completion) ? `-f -a ${quoted(completion.join(' '))}` : '-f'
  }
  const lines = commands.flatMap(({ name, help, operand, options }) => {
    const here = `complete -c descry -n ${quoted(`__fish_seen_subcommand_from ${name}`)}`
    return [
      `complete -c descry -n __fish_use_subcommand -f -a ${name} -d ${quoted(help)}`,
      `${here} ${offer(operand)}`,
      ...options.map((option) => {
        const value = option.takesValue ? ` -r ${offer(option.completion)}` : ''
        return `${here} -l ${option.name.slice(2)}${value} -d ${quoted(option.help)}`
      })
    ]
  })
  return `complete -c descry -f\n${lines.join('\n')}\n`
}

function powershellScript(commands: CommandWords[]): string {
  const quoted = (words: string): string => `'${words.replaceAll("'", "''")}'`
  const list = (words: readonly string[]): string => `@(${words.map(quoted).join(', ')})`
  const values = (completion: Completion | null): string => (isWords(completion) ? list(completion) : '$null')
  const entries = commands.map(({ name, help, operand, options }) => {
    const rows = options.map(
      (option) =>
        `      ${quoted(option.name)} = @{ Help = ${quoted(option.help)}; TakesValue = $${option.takesValue}; Values = ${values(option.completion)} }\n`
    )
    return `    ${quoted(name)} = @{ Help = ${quoted(help)}; Operands = ${values(operand)}; Options = [ordered]@{\n${rows.join('')}    } }\n`
  })
  // If nothing is offered here, PowerShell offers files.
  return `Register-ArgumentCompleter -Native -CommandName descry -ScriptBlock {
  param($word, $ast, $cursor)
  $commands = [ordered]@{
${entries.join('')}  }
  $typed = @($ast.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object { $_.ToString() })
  function Offer($names, $helps) {
    $names | Where-Object { $_ -like "$word*" } | ForEach-Object {
      $help = if ($helps) { $helps[$_].Help } else { $_ }
      [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $help)
    }
  }
  if ($typed.Count -le 1) { return Offer $commands.Keys $commands }
  $command = $commands[$typed[1]]
  if (-not $command) { return }
  $option = $command.Options[$typed[-1]]
  if ($option -and $option.TakesValue) { return Offer $option.Values $null }
  if ($word -like '-*') { return Offer $command.Options.Keys $command.Options }
  Offer $command.Operands $null
}
`
}
