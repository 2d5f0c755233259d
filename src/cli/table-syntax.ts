import { z } from 'zod'
import { declared } from './declaration.ts'
import { describeOptions } from './options.ts'
import { choice, text, type CommandSyntax, type Options } from './syntax.ts'
import { commandEntry, commandIds, isReachable, type CommandId } from '#shared/commands.ts'
import type { PlainMessageKey } from '#shared/messages/messages.ts'

/** Commands that capture or read a picture, which the command line can do itself if no Descry is running. */
const pictureCommands = ['screen', 'window', 'region', 'object', 'text', 'clipboard'] as const
export type PictureCommand = (typeof pictureCommands)[number]

export function isPictureCommand(id: CommandId): id is PictureCommand {
  return pictureCommands.some((one) => one === id)
}

/** The table's command with this name, if the command line has it. */
export function tableCommandNamed(name: string): CommandId | null {
  return commandIds.find((id) => id === name && isReachable(id, 'cli')) ?? null
}

const optionHelp: Record<string, PlainMessageKey> = {
  detail: 'cli.option.more-detail',
  preset: 'cli.option.more-preset',
  of: 'cli.option.of',
  itemId: 'cli.option.item-id'
}

/** How a command of the table is typed: the fields of its input are the options, except for the operand. */
export function tableSyntax(id: CommandId): CommandSyntax {
  const { input, operand } = commandEntry(id)
  const fields = input instanceof z.ZodObject ? Object.entries(input.shape) : []
  const options = fields
    .filter(([name]) => name !== operand?.field)
    .map(([name, field]) => [optionName(name), optionOf(name, field)] as const)
  return {
    name: id,
    help: `commands.${id}.help`,
    about: [isPictureCommand(id) ? 'cli.table.about-pictures' : 'cli.table.about'],
    options: isPictureCommand(id) ? describeOptions : Object.fromEntries(options),
    ...(operand && { operand: operandOf(id, operand, fields) }),
    ...(isPictureCommand(id) && { tooMany: id === 'region' ? 'cli.region.one-area' : 'cli.takes-no-file' })
  }
}

/** Every command of the command line, its own first. */
export function allCommands(): CommandSyntax[] {
  const own: CommandSyntax[] = Object.values(declared)
  const ids = commandIds.filter((id) => isReachable(id, 'cli') && !Object.hasOwn(declared, id))
  return [...own, ...ids.map(tableSyntax)]
}

function optionOf(name: string, field: z.ZodType): Options[string] {
  const help = optionHelp[name] ?? 'cli.option.item-id'
  const choices = choicesOf(field)
  if (choices) return choice(help, choices)
  return { ...text('NAME', help), ...(name === 'itemId' && { isHidden: true }) }
}

function operandOf(
  id: CommandId,
  { field, name }: { field: string; name: string },
  fields: [string, z.ZodType][]
): NonNullable<CommandSyntax['operand']> {
  const schema = fields.find(([one]) => one === field)?.[1]
  const choices = choicesOf(schema)
  const completion = field === 'path' ? 'files' : choices
  return {
    name: choices ? choices.join('|') : name,
    ...(completion && { completion }),
    ...(id === 'ask' && { missing: 'cli.ask.needs-question' }),
    ...(id === 'region' && { max: 1 })
  }
}

/** The words that a field accepts, if these are few. */
export function choicesOf(schema: z.ZodType | undefined): string[] | undefined {
  const inner = schema instanceof z.ZodOptional ? schema.unwrap() : schema
  return inner instanceof z.ZodEnum ? inner.options.map(String) : undefined
}

/** itemId → item-id */
function optionName(field: string): string {
  return field.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)
}
