import { resolve } from 'node:path'
import type { PictureJob } from './describing.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { describeFlags, type DescribeFlags, type describeOptions } from './options.ts'
import { parse, type Values } from './syntax.ts'
import { isPictureCommand, tableSyntax, type PictureCommand } from './table-syntax.ts'
import type { Terminal } from './terminal.ts'
import { paths } from '#adapters/paths.ts'
import { sendCommand } from '#app/control-socket.ts'
import { readArea } from '#core/areas.ts'
import { commandEntry, type CommandId } from '#shared/commands.ts'
import { failureText } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { printableLine } from '#shared/printable.ts'

/** A command of the table. The running Descry runs it; a capture also works in this process. */
export async function tableCommand(id: CommandId, args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, operands } = parse(tableSyntax(id), args)
  if (isPictureCommand(id)) {
    const typed = values as Values<typeof describeOptions>
    return pictureCommand(id, { flags: describeFlags(typed), area: operands[0] }, terminal)
  }
  const handedOver = await handOver(id, readInput(id, values, operands), terminal)
  if (handedOver !== null) return handedOver
  terminal.tell(t('cli.not-running'))
  return exitCodes.failed
}

/** With no option but `--detail`, the running Descry runs it. Other options of `describe` work only in this process. */
async function pictureCommand(
  id: PictureCommand,
  { flags, area }: { flags: DescribeFlags; area: string | undefined },
  terminal: Terminal
): Promise<ExitCode> {
  const input = checkInput(id, {
    ...(area !== undefined && { area }),
    ...(flags.detail !== null && { detail: flags.detail })
  })
  const isPlain = Object.entries(flags).every(([name, value]) => name === 'detail' || value === null || value === false)
  if (isPlain) {
    const handedOver = await handOver(id, input, terminal)
    if (handedOver !== null) return handedOver
  }
  if (id === 'region' && area === undefined) throw new UsageError(t('cli.region.needs-area'))
  const { describeHere } = await import('./describing.ts')
  // The text command always reads on this computer, whatever the other options are.
  const asked = id === 'text' ? { ...flags, detail: 'text' as const, isOffline: true } : flags
  const jobs =
    id === 'clipboard'
      ? await clipboardJobs()
      : [{ source: area ?? id, load: captures[id](area ?? '', terminal), isCapture: true as const }]
  return describeHere(jobs, asked, terminal)
}

type Load = Extract<PictureJob, { isCapture: true }>['load']

const captures: Record<Exclude<PictureCommand, 'clipboard'>, (area: string, terminal: Terminal) => Load> = {
  screen:
    (_, terminal) =>
    async ({ screen }) => {
      const [active, ...others] = await screen.captureScreens()
      if (others.length > 0) terminal.tell(t('cli.captured-screen', { label: active.label }))
      return active
    },
  window:
    () =>
    ({ screen }) =>
      screen.captureWindow(),
  region:
    (area) =>
    ({ screen }) =>
      screen.captureArea(readArea(area)),
  object:
    () =>
    ({ screen }) =>
      screen.captureObject(),
  text:
    () =>
    ({ screen }) =>
      screen.captureWindow()
}

/** What is on the clipboard: a picture, or files. */
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

/** Asks the running Descry to run it. Null if none is running. */
export async function handOver(id: CommandId, input: unknown, terminal: Terminal): Promise<ExitCode | null> {
  const { socketPath, tokenFile } = paths(process.env)
  const reply = await sendCommand({ path: socketPath, tokenFile }, id, input)
  if (!reply) return null
  if (!reply.ok) {
    terminal.tell(failureText(reply.error))
    return exitCodes.failed
  }
  const { value } = reply
  if (typeof value === 'object' && value !== null && 'text' in value && typeof value.text === 'string')
    terminal.print(`${printableLine(value.text)}\n`)
  return exitCodes.ok
}

function readInput(id: CommandId, values: Record<string, unknown>, operands: string[]): unknown {
  const { operand } = commandEntry(id)
  const input: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) if (value !== null) input[fieldName(name)] = value
  if (operand && operands.length > 0) {
    const typed = operands.join(' ')
    // The running Descry has a different working directory.
    input[operand.field] = operand.field === 'path' ? resolve(typed) : typed
  }
  return checkInput(id, input)
}

/** Errors: UsageError for input that the command does not take. */
function checkInput(id: CommandId, input: unknown): unknown {
  const parsed = commandEntry(id).input.safeParse(input)
  if (parsed.success) return parsed.data
  throw new UsageError(t('cli.invalid-input', { command: id, problem: parsed.error.issues[0]?.message ?? '' }))
}

/** item-id → itemId */
function fieldName(option: string): string {
  return option.replaceAll(/-([a-z])/gu, (_, letter: string) => letter.toUpperCase())
}
