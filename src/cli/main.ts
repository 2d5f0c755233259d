import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { helpCommand, overview } from './help.ts'
import { createTerminal, type Terminal } from './terminal.ts'
import { isKeychainBusy } from '#adapters/keyring.ts'
import { commandIds, isReachable } from '#shared/commands.ts'
import { asDescryError, isAbort } from '#shared/errors.ts'

/** What still runs this long after Ctrl-C, such as OCR in its worker, is left behind. */
const longestGoodbyeMs = 250

async function run(args: string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined) {
    process.stderr.write(overview())
    return exitCodes.wrongUsage
  }
  if (name === '--help' || name === '-h') return helpCommand([], terminal)
  if (rest[0] === '--help' || rest[0] === '-h') return helpCommand([name], terminal)
  if (name === 'help') return helpCommand(rest, terminal)
  // Loaded when needed: a hand-over from a hotkey must not wait for decoders.
  if (name === 'describe') return (await import('./describe-command.ts')).describeCommand(rest, terminal)
  if (name === 'batch') return (await import('./batch-command.ts')).batchCommand(rest, terminal)
  if (name === 'compare') return (await import('./compare-command.ts')).compareCommand(rest, terminal)
  if (name === 'watch') return (await import('./watch-command.ts')).watchCommand(rest, terminal)
  if (name === 'key') return (await import('./key-command.ts')).keyCommand(rest, terminal)
  if (name === 'say') return (await import('./say-command.ts')).sayCommand(rest, terminal)
  if (name === 'doctor') return (await import('./doctor-command.ts')).doctorCommand(rest, terminal)
  if (name === 'voices') return (await import('./voices-command.ts')).voicesCommand(rest, terminal)
  if (name === 'spent') return (await import('./spent-command.ts')).spentCommand(rest, terminal)
  if (name === 'forget') return (await import('./forget-command.ts')).forgetCommand(rest, terminal)
  const id = commandIds.find((id) => id === name && isReachable(id, 'cli'))
  if (id) return (await import('./table-command.ts')).tableCommand(id, rest, terminal)
  throw new UsageError(`There is no command ${name}. descry help lists them.`)
}

async function runSafely(args: string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await run(args, terminal)
  } catch (error) {
    if (terminal.signal.aborted || isAbort(error)) return exitCodes.interrupted
    if (error instanceof UsageError) {
      terminal.tell(error.message)
      return exitCodes.wrongUsage
    }
    const { message, next } = asDescryError(error)
    terminal.tell(`${message} ${next}`)
    return exitCodes.failed
  }
}

/** Ends the process now, whatever threads are still busy. */
function leave(code: ExitCode): never {
  // Another program in this process's place takes all threads with it. Windows' keychain asks nobody anything.
  if (isKeychainBusy() && process.platform !== 'win32') process.execve?.('/bin/sh', ['sh', '-c', `exit ${code}`])
  process.exit(code)
}

const controller = new AbortController()
const terminal = createTerminal(controller)
controller.signal.addEventListener('abort', () => setTimeout(() => leave(exitCodes.interrupted), longestGoodbyeMs))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (controller.signal.aborted) leave(exitCodes.interrupted)
    terminal.interrupt()
  })
}
// `descry … | head`: nobody reads any more. Speech must fall silent then, too.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => controller.abort())

const code = await runSafely(process.argv.slice(2), terminal)
// Out with all that is written, and then do not wait for workers and connections that would keep the process alive.
await new Promise((resolve) => process.stdout.write('', resolve))
leave(code)
