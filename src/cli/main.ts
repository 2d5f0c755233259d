import type { DeclaredName } from './declaration.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { createTerminal, type Terminal } from './terminal.ts'
import { isKeychainBusy } from '#adapters/keyring.ts'
import { removeLeftovers } from '#adapters/programs/temporary-folder.ts'
import { asDescryError, DescryError, isAbort } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** How long work that cannot be stopped, such as OCR in its worker, may go on after Ctrl-C. */
const exitTimeoutMs = 250

type CommandFunction = (args: string[], terminal: Terminal) => ExitCode | Promise<ExitCode>

/** Loaded when needed: a command from a hotkey must not wait for picture decoders. */
const commandFunctions: Record<DeclaredName, () => Promise<CommandFunction>> = {
  describe: async () => (await import('./describe-command.ts')).describeCommand,
  batch: async () => (await import('./batch-command.ts')).batchCommand,
  compare: async () => (await import('./compare-command.ts')).compareCommand,
  terminal: async () => (await import('./terminal-app/terminal-app.ts')).terminalCommand,
  watch: async () => (await import('./watch-command.ts')).watchCommand,
  key: async () => (await import('./key-command.ts')).keyCommand,
  say: async () => (await import('./speech.ts')).sayCommand,
  voices: async () => (await import('./speech.ts')).voicesCommand,
  languages: async () => (await import('./languages-command.ts')).languagesCommand,
  doctor: async () => (await import('./doctor-command.ts')).doctorCommand,
  spent: async () => (await import('./stored-data.ts')).spentCommand,
  sent: async () => (await import('./stored-data.ts')).sentCommand,
  'clear-sent': async () => (await import('./stored-data.ts')).clearSentCommand,
  forget: async () => (await import('./stored-data.ts')).forgetCommand,
  log: async () => (await import('./log-command.ts')).logCommand,
  diagnostics: async () => (await import('./log-command.ts')).diagnosticsCommand,
  completion: async () => (await import('./completion.ts')).completionCommand,
  man: async () => (await import('./man-page.ts')).manCommand,
  help: async () => (await import('./help.ts')).helpCommand
}

async function run(args: string[], terminal: Terminal): Promise<ExitCode> {
  const [name, ...rest] = args
  if (name === undefined) {
    if (process.stdin.isTTY && process.stdout.isTTY) return (await commandFunctions.terminal())([], terminal)
    process.stderr.write((await import('./help.ts')).overview())
    return exitCodes.wrongUsage
  }
  const help = wantedHelp(name, rest)
  if (help) return (await commandFunctions.help())(help, terminal)
  const isDeclared = (word: string): word is DeclaredName => Object.hasOwn(commandFunctions, word)
  if (isDeclared(name)) return (await commandFunctions[name]())(rest, terminal)
  const id = (await import('./table-syntax.ts')).tableCommandNamed(name)
  if (id) return (await import('./table-command.ts')).tableCommand(id, rest, terminal)
  throw new UsageError(t('cli.no-such-command', { name }))
}

/** The words for `descry help`, if --help or -h comes before "--" or in place of a command. */
function wantedHelp(name: string, rest: string[]): string[] | null {
  const isHelp = (word: string): boolean => word === '--help' || word === '-h'
  if (isHelp(name)) return []
  const end = rest.indexOf('--')
  return rest.slice(0, end < 0 ? undefined : end).some(isHelp) ? [name] : null
}

async function runSafely(args: string[], terminal: Terminal): Promise<ExitCode> {
  try {
    return await Promise.race([run(args, terminal), unlessForgotten()])
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

/**
 * Fails when nothing is left that could happen, although the command has not ended. Node would end the process with code 13
 * and a warning for programmers.
 */
function unlessForgotten(): Promise<never> {
  return new Promise((_, reject) => {
    process.once('beforeExit', () => reject(new DescryError('internal')))
  })
}

/** Ends the process even if threads are still busy. */
function leave(code: ExitCode): never {
  // A thread that waits for the keychain would keep the process alive; replacing the process ends all threads. The
  // keychain of Windows never waits for the user.
  if (isKeychainBusy() && process.platform !== 'win32') process.execve?.('/bin/sh', ['sh', '-c', `exit ${code}`])
  process.exit(code)
}

const controller = new AbortController()
const terminal = createTerminal(controller)
controller.signal.addEventListener('abort', () => setTimeout(() => leave(exitCodes.interrupted), exitTimeoutMs))
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => {
    if (controller.signal.aborted) leave(exitCodes.interrupted)
    terminal.interrupt(signal)
  })
}
// `descry … | head`: nothing reads the output anymore, so speech must stop too.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => controller.abort())

void removeLeftovers()
const code = await runSafely(process.argv.slice(2), terminal)
// Flush the output, then leave without waiting for workers and connections that would keep the process alive.
await new Promise((resolve) => process.stdout.write('', resolve))
leave(code)
