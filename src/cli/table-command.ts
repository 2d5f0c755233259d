import { z } from 'zod'
import { parse, readDescribeArguments } from './describe-options.ts'
import type { PictureJob } from './describing.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import type { Terminal } from './terminal.ts'
import { places } from '#adapters/places.ts'
import { sendCommand } from '#app/control-socket.ts'
import { commandEntry, type CommandId } from '#shared/commands.ts'
import { DescryError } from '#shared/errors.ts'
import { printableLine } from '#shared/printable.ts'

/** An entry of the command table: the running Descry does it; `screen` and `clipboard` can also be done here. */
export async function tableCommand(id: CommandId, args: string[], terminal: Terminal): Promise<ExitCode> {
  if (id === 'screen' || id === 'clipboard') return pictureCommand(id, args, terminal)
  const handedOver = await handOver(id, readInput(id, args), terminal)
  if (handedOver !== null) return handedOver
  terminal.tell('Descry is not running. Start it with npm start, or with descry watch.')
  return exitCodes.failed
}

/** With nothing but `--detail` it is handed over; what else `describe` can do is done here, and so is all if nothing runs. */
async function pictureCommand(id: 'screen' | 'clipboard', args: string[], terminal: Terminal): Promise<ExitCode> {
  const { flags, positionals } = readDescribeArguments(args)
  if (positionals.length > 0) throw new UsageError(`${id} takes no file. Use descry describe for one.`)
  if (args.every((arg, index) => arg.startsWith('--detail') || args[index - 1] === '--detail')) {
    const handedOver = await handOver(id, flags.detail === null ? {} : { detail: flags.detail }, terminal)
    if (handedOver !== null) return handedOver
  }
  const { describeHere } = await import('./describing.ts')
  const job: PictureJob = id === 'screen' ? { source: id, load: captureScreen } : { source: id, load: readClipboard }
  return describeHere([job], flags, terminal, id === 'screen' ? 'screen' : null)
}

const captureScreen: PictureJob['load'] = async ({ screen }) => (await screen.captureScreens())[0]

const readClipboard: PictureJob['load'] = async ({ clipboard }) => {
  const { picture, isConcealed } = await clipboard.read()
  if (isConcealed) throw new DescryError('no-picture', { message: 'The clipboard is marked private.' })
  if (!picture) throw new DescryError('no-picture', { message: 'There is no picture on the clipboard.' })
  return { bytes: picture, windowTitle: null, applicationName: null }
}

/** Null when no Descry is running. */
async function handOver(id: CommandId, input: unknown, terminal: Terminal): Promise<ExitCode | null> {
  const { socketPath, tokenFile } = places(process.env)
  const reply = await sendCommand({ path: socketPath, tokenFile }, id, input)
  if (!reply) return null
  if (!reply.ok) {
    terminal.tell(`${reply.error.message} ${reply.error.next}`)
    return exitCodes.failed
  }
  const { value } = reply
  if (typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string')
    terminal.print(`${printableLine(value.text)}\n`)
  return exitCodes.ok
}

/** The entry's input from its schema: its required text is what is typed, everything else is an option. */
function readInput(id: CommandId, args: string[]): unknown {
  const schema = commandEntry(id).input
  const fields = schema instanceof z.ZodObject ? Object.entries(schema.shape) : []
  const typed = fields.find(([, field]) => !(field instanceof z.ZodOptional))?.[0]
  const optional = fields.filter(([name]) => name !== typed).map(([name]) => name)
  const { values, positionals } = parse(
    args,
    Object.fromEntries(optional.map((name) => [optionName(name), { type: 'string' as const }]))
  )
  if (typed === undefined && positionals.length > 0) throw new UsageError(`${id} takes nothing more.`)
  if (typed !== undefined && positionals.length === 0) throw new UsageError(`${id} wants the ${typed}.`)
  const input: Record<string, unknown> = typed === undefined ? {} : { [typed]: positionals.join(' ') }
  for (const name of optional) {
    const value = values[optionName(name)]
    if (value !== undefined) input[name] = value
  }
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw new UsageError(`${id}: ${parsed.error.issues[0]?.message ?? 'This cannot be understood'}.`)
  return parsed.data
}

/** itemId → item-id */
function optionName(field: string): string {
  return field.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)
}
