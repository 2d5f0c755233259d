import { z } from 'zod'
import { UsageError } from '../exit-codes.ts'
import { choicesOf } from '../table-syntax.ts'
import { presets } from '#shared/caption.ts'
import { commandEntry, commandIds, isReachable, type CommandId, type CommandMenu } from '#shared/commands.ts'
import { t, type PlainMessageKey } from '#shared/messages/messages.ts'

/**
 * How commands are typed at the prompt: those of the command table that a terminal can do, in place of some of which the
 * prompt has its own, and a few more.
 */

/** The prompt's own commands, with what may follow them. */
const own = {
  help: { help: 'terminal.help.help', argument: '[COMMAND]' },
  history: { help: 'terminal.help.history', argument: '[NUMBER]' },
  settings: { help: 'terminal.help.settings', argument: '[NAME VALUE]' },
  voice: { help: 'terminal.help.voice', argument: 'on|off' },
  key: { help: 'terminal.help.key', argument: '' },
  quit: { help: 'terminal.help.quit', argument: '' }
} as const satisfies Record<string, { help: PlainMessageKey; argument: string }>

export type OwnCommand = keyof typeof own
export type TableCommand = Exclude<CommandId, OwnCommand>

const isOwn = (name: string): name is OwnCommand => Object.hasOwn(own, name)

const tableCommands = commandIds.filter((id): id is TableCommand => isReachable(id, 'terminal') && !isOwn(id))

const inMenus = (...menus: CommandMenu[]): TableCommand[] =>
  menus.flatMap((menu) => tableCommands.filter((id) => commandEntry(id).menu === menu))

/** In the order in which they are listed: what one needs first is first. */
export const commandNames: readonly string[] = [
  ...inMenus('caption'),
  'history',
  ...inMenus('file', 'capture'),
  'settings',
  'key',
  ...inMenus('help'),
  'voice',
  ...inMenus('speech'),
  ...inMenus('privacy'),
  'help',
  'quit'
] satisfies (OwnCommand | TableCommand)[]

/** The command that a name, or the beginning of one, stands for. Errors: UsageError. */
export function findCommandNamed(typed: string): { own: OwnCommand } | { table: TableCommand } {
  const name = typed.toLowerCase()
  const meant = commandNames.includes(name) ? [name] : commandNames.filter((one) => name !== '' && one.startsWith(name))
  const [found, ...others] = meant
  if (found === undefined) throw new UsageError(t('terminal.no-such-command', { name: typed }))
  if (others.length > 0) {
    const commands = meant.map((one) => `:${one}`).join(', ')
    throw new UsageError(t('terminal.ambiguous-command', { name: typed, count: meant.length, commands }))
  }
  return isOwn(found) ? { own: found } : { table: found as TableCommand }
}

/** ":more [brief|standard|detailed|text] [PRESET]" */
export function usageOf(name: string): string {
  return [`:${name}`, isOwn(name) ? own[name].argument : tableUsage(name as TableCommand)].filter(Boolean).join(' ')
}

export function helpOf(name: string): string {
  if (isOwn(name)) return t(own[name].help)
  // These two do something else here.
  if (name === 'region') return t('terminal.help.region')
  if (name === 'diagnostics') return t('cli.diagnostics.help')
  return commandEntry(name as TableCommand).help
}

/** What may be typed after a command, for Tab. */
export function argumentsOf(name: string): string[] {
  if (name === 'voice') return ['on', 'off']
  if (name === 'help') return [...commandNames]
  if (isOwn(name) || !isTable(name)) return []
  return fieldsOf(name).flatMap(([field, schema]) => (field === 'preset' ? presets : (choicesOf(schema) ?? [])))
}

/** The input that was typed after a command of the table. Errors: UsageError with how it is typed. */
export function inputOf(id: TableCommand, rest: string): Record<string, unknown> {
  const { operand, input: schema } = commandEntry(id)
  const input = operand ? (rest === '' ? {} : { [operand.field]: rest }) : wordsAsInput(id, rest)
  const isMissing = operand && rest === '' && !isOptionalOperand(id)
  if (isMissing || input === null || !schema.safeParse(input).success)
    throw new UsageError(t('terminal.usage', { usage: usageOf(id) }))
  return input
}

/** True for a command that is about a picture in the list. */
export function takesItem(id: TableCommand): boolean {
  const { input } = commandEntry(id)
  return input instanceof z.ZodObject && 'itemId' in input.shape
}

function isTable(name: string): name is TableCommand {
  return tableCommands.some((id) => id === name)
}

const isOptionalOperand = (id: TableCommand): boolean => id === 'step'

function fieldsOf(id: TableCommand): [string, z.ZodType][] {
  const { input } = commandEntry(id)
  const fields: [string, z.ZodType][] = input instanceof z.ZodObject ? Object.entries(input.shape) : []
  const { operand } = commandEntry(id)
  return fields.filter(([name]) => name !== 'itemId' && (operand === undefined || name === operand.field))
}

function tableUsage(id: TableCommand): string {
  const { operand } = commandEntry(id)
  return fieldsOf(id)
    .map(([field, schema]) => {
      const words = choicesOf(schema)?.join('|') ?? operand?.name ?? field.toUpperCase()
      return operand && !isOptionalOperand(id) ? words : `[${words}]`
    })
    .join(' ')
}

/** Words without the names of their options: each belongs to the field that knows it. Null if one belongs to none. */
function wordsAsInput(id: TableCommand, rest: string): Record<string, unknown> | null {
  const input: Record<string, unknown> = {}
  const fields = fieldsOf(id)
  const unknown: string[] = []
  for (const word of rest.split(/\s+/u).filter(Boolean)) {
    const known = fields.find(([name, schema]) => !(name in input) && choicesOf(schema)?.includes(word.toLowerCase()))
    if (known) input[known[0]] = word.toLowerCase()
    else unknown.push(word)
  }
  if (unknown.length === 0) return input
  // The name of a preset of the user's own may have several words.
  return fields.some(([name]) => name === 'preset') ? { ...input, preset: unknown.join(' ') } : null
}
