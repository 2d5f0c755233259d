import { parse } from './describe-options.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { bindEnvironmentKey, chooseBaseUrl } from './provider.ts'
import { handOver } from './table-command.ts'
import { waitForKeychain, type Terminal } from './terminal.ts'
import { AlreadyRunning } from '#app/control-socket.ts'
import type { App, Host } from '#app/host.ts'
import type { Item } from '#shared/bridge.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { printableLine } from '#shared/printable.ts'
import { shownUnverified } from '#shared/unverified.ts'

/** `descry watch`: the app without a window, until Ctrl-C or `descry quit`. */
export async function watchCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, positionals } = parse(args, {
    auto: { type: 'boolean' },
    offline: { type: 'boolean' },
    'base-url': { type: 'string' },
    model: { type: 'string' }
  })
  if (positionals.length === 1 && positionals[0] === 'pause') return pauseOrGoOn(terminal)
  if (positionals.length > 0) throw new UsageError('watch takes no file. Use descry describe for one.')

  const [{ createApp }, { createDependencies }] = await Promise.all([
    import('#app/app.ts'),
    import('#app/dependencies.ts')
  ])
  const flag = values['base-url'] ?? null
  const dependencies = createDependencies(bindEnvironmentKey(process.env, flag))
  const baseUrl = chooseBaseUrl(flag, process.env, (await dependencies.settingsStore.load()).settings.baseUrl)
  let quit = (): void => undefined
  const hasQuit = new Promise<void>((resolve) => (quit = resolve))
  const interrupted = new Promise<void>((resolve) =>
    terminal.signal.addEventListener('abort', () => resolve(), { once: true })
  )
  const creating = createApp(terminalHost(quit), {
    dependencies,
    onItem: itemPrinter(terminal),
    onProblem: (problem) => terminal.tell(problem),
    // Who types the command has chosen, for this run: what is asked for is sent, what merely arrives only with --auto.
    overrides: {
      baseUrl,
      sendingAllowedTo: values.offline ? null : baseUrl,
      whenPictureArrives: values.auto ? 'describe' : 'ready',
      ...(values.model === undefined ? {} : { model: values.model })
    }
  })
  const app = await waitForKeychain(creating, terminal)
  try {
    await app.start()
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error
    await app.close()
    terminal.tell('Descry is already running. descry quit ends it.')
    return exitCodes.failed
  }
  printPauses(app, terminal)
  terminal.print(`${whatIsWatched(app)} ${whereTo(app, values)} Ctrl-C ends.\n`)
  await Promise.race([hasQuit, interrupted])
  await app.close()
  return terminal.signal.aborted ? exitCodes.interrupted : exitCodes.ok
}

/** `descry watch pause`: the running Descry pauses for an hour, or goes on. */
async function pauseOrGoOn(terminal: Terminal): Promise<ExitCode> {
  const handedOver = await handOver('pause-watching', {}, terminal)
  if (handedOver !== null) return handedOver
  terminal.tell('Descry is not running.')
  return exitCodes.failed
}

function whatIsWatched(app: App): string {
  const { clipboard, folders } = app.status().watching
  const watched = [...(clipboard ? ['the clipboard'] : []), ...folders.map(printableLine)]
  return watched.length === 0
    ? 'Nothing can be watched here.'
    : `Watching ${new Intl.ListFormat('en').format(watched)}.`
}

function whereTo(app: App, { auto, offline }: { auto?: boolean; offline?: boolean }): string {
  const { key, provider } = app.status()
  if (offline) return 'No picture leaves this computer.'
  // Never a promise: the keychain may still be unlocked, or a key be stored from another terminal.
  const condition =
    key === 'none' || key === 'unavailable'
      ? ' once it has a key; none was found yet, so pictures stay here until then'
      : ''
  return auto
    ? `Each new picture is sent to ${provider}${condition}.`
    : `Pictures stay here until descry clipboard or descry screen asks for one, which is then sent to ${provider}${condition}.`
}

function terminalHost(quit: () => void): Host {
  return {
    name: 'terminal',
    limits: 'Descry runs without a window and without hotkeys here.',
    isWindowFocused: async () => false,
    async showWindow() {
      throw new DescryError('unsupported', {
        message: 'Descry runs without a window here.',
        next: 'End it with descry quit, then run npm start.'
      })
    },
    send: () => undefined,
    quit
  }
}

/** A line for each picture that came, and each outcome. */
function itemPrinter(terminal: Terminal): (item: Item) => void {
  const states = new Map<string, Item['state']>()
  return (item) => {
    if (states.get(item.id) === item.state) return
    states.set(item.id, item.state)
    const line = itemLine(item)
    if (line !== null) terminal.print(`${printableLine(line)}\n`)
    for (const { message, next } of item.state === 'done' ? item.warnings : []) terminal.tell(`${message} ${next}`)
  }
}

function itemLine(item: Item): string | null {
  const { state, origin, label, caption, notice, failure } = item
  if (state === 'waiting') return cameByItself(origin) ? `${t('capture.pictures-ready', { count: 1 })}: ${label}` : null
  if (state === 'done')
    return [`${label}:`, notice && `Notice: ${notice.replace(/[.!?]*$/u, '.')}`, caption, shownUnverified(item)]
      .filter((words) => words !== null)
      .join(' ')
  if (state === 'failed') return `${label}: ${failure?.message ?? ''} ${failure?.next ?? ''}`
  if (state === 'stopped') return `${t('speech.stopped')}: ${label}`
  return null
}

const cameByItself = (origin: Item['origin']): boolean => origin === 'clipboard' || origin === 'file'

function printPauses(app: App, terminal: Terminal): void {
  let wasPaused = false
  app.onStatus(({ watching: { isPaused } }) => {
    if (isPaused === wasPaused) return
    wasPaused = isPaused
    terminal.print(`${isPaused ? 'Watching paused' : t('capture.watching-resumed')}\n`)
  })
}
