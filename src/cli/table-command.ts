import { resolve } from 'node:path'
import { z } from 'zod'
import { parse, readDescribeArguments } from './describe-options.ts'
import type { PictureJob } from './describing.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { isPictureCommand, type PictureCommand } from './picture-commands.ts'
import type { Terminal } from './terminal.ts'
import { paths } from '#adapters/paths.ts'
import { sendCommand } from '#app/control-socket.ts'
import { commandEntry, type CommandId } from '#shared/commands.ts'
import { printableLine } from '#shared/printable.ts'

/** An entry of the command table: the running Descry does it; what brings a picture can also be done here. */
export async function tableCommand(id: CommandId, args: string[], terminal: Terminal): Promise<ExitCode> {
  if (isPictureCommand(id)) return pictureCommand(id, args, terminal)
  const handedOver = await handOver(id, readInput(id, args), terminal)
  if (handedOver !== null) return handedOver
  terminal.tell('Descry is not running. Start it with npm start, or with descry watch.')
  return exitCodes.failed
}

/** With nothing but `--detail` it is handed over; what else `describe` can do is done here, and so is all if nothing runs. */
async function pictureCommand(id: PictureCommand, args: string[], terminal: Terminal): Promise<ExitCode> {
  // Left of or above the first display, an area begins with a minus, as options do.
  const isArea = (arg: string): boolean => /^-\d/u.test(arg)
  const { flags, positionals } = readDescribeArguments(args.filter((arg) => !isArea(arg)))
  const [area, ...more] = [...positionals, ...args.filter(isArea)]
  if (id !== 'region' && area !== undefined) throw new UsageError(`${id} takes no file. Use descry describe for one.`)
  if (more.length > 0) throw new UsageError('region takes one area, such as 10,20,300,200, without spaces.')
  const input = { ...(area !== undefined && { area }), ...(flags.detail !== null && { detail: flags.detail }) }
  const parsed = commandEntry(id).input.safeParse(input)
  if (!parsed.success) throw new UsageError(`${id}: ${parsed.error.issues[0]?.message ?? ''}`)
  const isPlain = Object.entries(flags).every(([name, value]) => name === 'detail' || value === null || value === false)
  if (isPlain) {
    const handedOver = await handOver(id, input, terminal)
    if (handedOver !== null) return handedOver
  }
  if (id === 'region' && area === undefined)
    throw new UsageError('region wants left,top,width,height, such as 10,20,300,200, when no Descry runs.')
  const { describeHere } = await import('./describing.ts')
  // The text is read on this computer, whatever else is said.
  const asked = id === 'text' ? { ...flags, detail: 'text' as const, isOffline: true } : flags
  const jobs =
    id === 'clipboard'
      ? await clipboardJobs()
      : [{ source: area ?? id, load: captures[id](area ?? '', terminal), isCapture: true }]
  return describeHere(jobs, asked, terminal)
}

type Load = PictureJob['load']

const captures: Record<Exclude<PictureCommand, 'clipboard'>, (area: string, terminal: Terminal) => Load> = {
  screen:
    (_, terminal) =>
    async ({ screen }) => {
      const [active, ...others] = await screen.captureScreens()
      if (others.length > 0) terminal.tell(`${active.label}.`)
      return active
    },
  window:
    () =>
    ({ screen }) =>
      screen.captureWindow(),
  region:
    (area) =>
    ({ screen }) => {
      const [x = 0, y = 0, width = 0, height = 0] = area.split(',').map(Number)
      return screen.captureArea({ x, y, width, height })
    },
  object:
    () =>
    ({ screen }) =>
      screen.captureObject(),
  text:
    () =>
    ({ screen }) =>
      screen.captureWindow()
}

/** What the clipboard holds or names: one picture, or many files. */
async function clipboardJobs(): Promise<PictureJob[]> {
  const [{ createClipboard }, { createSettingsFile }, { readClipboardPictures }] = await Promise.all([
    import('#adapters/clipboard/clipboard.ts'),
    import('#adapters/settings-file.ts'),
    import('#app/intake/clipboard-pictures.ts')
  ])
  const { settings } = await createSettingsFile(paths(process.env).settingsFile).load()
  const offered = await readClipboardPictures(createClipboard(), settings)
  return offered.map((picture) => ({
    source: offered.length === 1 ? 'clipboard' : picture.label,
    load: async () => ({ bytes: await picture.read(), windowTitle: null, applicationName: null })
  }))
}

/** Has the running Descry do it; null when none runs. */
export async function handOver(id: CommandId, input: unknown, terminal: Terminal): Promise<ExitCode | null> {
  const { socketPath, tokenFile } = paths(process.env)
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

/** The entry's input from its schema: the operand is what is typed; all other fields are options. */
function readInput(id: CommandId, args: string[]): unknown {
  const { input: schema, operand } = commandEntry(id)
  const fields = schema instanceof z.ZodObject ? Object.entries(schema.shape) : []
  const typed = operand?.field
  const required = fields.find(([, field]) => !(field instanceof z.ZodOptional))?.[0]
  const optional = fields.filter(([name]) => name !== typed).map(([name]) => name)
  const { values, positionals } = parse(
    args,
    Object.fromEntries(optional.map((name) => [optionName(name), { type: 'string' as const }]))
  )
  if (typed === undefined && positionals.length > 0) throw new UsageError(`${id} takes nothing more.`)
  if (required !== undefined && positionals.length === 0) throw new UsageError(`${id} wants the ${required}.`)
  const input: Record<string, unknown> = {}
  if (typed !== undefined && positionals.length > 0)
    // The running Descry has another working directory.
    input[typed] = typed === 'path' ? resolve(positionals.join(' ')) : positionals.join(' ')
  for (const name of optional) {
    const value = values[optionName(name)]
    if (value !== undefined) input[name] = value
  }
  const parsed = schema.safeParse(input)
  if (!parsed.success) throw new UsageError(`${id}: ${parsed.error.issues[0]?.message ?? ''}`)
  return parsed.data
}

/** itemId → item-id */
function optionName(field: string): string {
  return field.replaceAll(/[A-Z]/gu, (letter) => `-${letter.toLowerCase()}`)
}
