import { declared } from './declaration.ts'
import { exitCodes, UsageError, type ExitCode } from './exit-codes.ts'
import { bindEnvironmentKey, chooseBaseUrl } from './provider.ts'
import { parse } from './syntax.ts'
import { waitForKeychain, type Terminal } from './terminal.ts'
import { AlreadyRunning } from '#app/control-socket.ts'
import type { App, Host } from '#app/host.ts'
import type { Item } from '#shared/bridge.ts'
import { DescryError, failureText } from '#shared/errors.ts'
import { formatList } from '#shared/messages/formats.ts'
import { t } from '#shared/messages/messages.ts'
import { printableLine } from '#shared/printable.ts'
import { shownUnverified } from '#shared/unverified.ts'

/** `descry watch`: the app without a window, until Ctrl-C or `descry quit`. */
export async function watchCommand(args: string[], terminal: Terminal): Promise<ExitCode> {
  const { values, operands } = parse(declared.watch, args)
  if (operands[0] === 'pause') return (await import('./table-command.ts')).tableCommand('pause-watching', [], terminal)
  if (operands.length > 0) throw new UsageError(t('cli.takes-no-file'))

  const [{ createApp }, { createDependencies }] = await Promise.all([
    import('#app/app.ts'),
    import('#app/dependencies.ts')
  ])
  const flag = values['base-url']
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
    // Typing the command is consent for this run: requests are sent, new pictures only with --auto.
    overrides: {
      baseUrl,
      sendingAllowedTo: values.offline ? null : baseUrl,
      whenPictureArrives: values.auto ? 'describe' : 'ready',
      ...(values.model !== null && { model: values.model })
    }
  })
  const app = await waitForKeychain(creating, terminal)
  try {
    await app.start()
  } catch (error) {
    if (!(error instanceof AlreadyRunning)) throw error
    await app.close()
    terminal.tell(t('cli.watch.already-running'))
    return exitCodes.failed
  }
  printPauses(app, terminal)
  terminal.print(`${[whatIsWatched(app), whereTo(app, values), t('cli.watch.how-to-end')].join(' ')}\n`)
  await Promise.race([hasQuit, interrupted])
  await app.close()
  return terminal.signal.aborted ? exitCodes.interrupted : exitCodes.ok
}

function whatIsWatched(app: App): string {
  const { clipboard, folders } = app.status().watching
  const places = [...(clipboard ? [t('cli.watch.clipboard')] : []), ...folders.map(printableLine)]
  return places.length === 0 ? t('cli.watch.nothing') : t('cli.watch.watching', { places: formatList(places) })
}

function whereTo(app: App, { auto, offline }: { auto: boolean; offline: boolean }): string {
  const { key, provider } = app.status()
  if (offline) return t('cli.watch.where.offline')
  // Not final: the keychain may still be unlocked, or a key stored from another terminal.
  const hasKey = key !== 'none' && key !== 'unavailable'
  if (auto) return t(hasKey ? 'cli.watch.where.all' : 'cli.watch.where.all-without-key', { provider })
  return t(hasKey ? 'cli.watch.where.asked' : 'cli.watch.where.asked-without-key', { provider })
}

function terminalHost(quit: () => void): Host {
  return {
    name: 'terminal',
    limits: t('cli.watch.limits'),
    isWindowFocused: async () => false,
    async showWindow() {
      throw new DescryError('unsupported', {
        message: t('cli.watch.no-window'),
        next: t('cli.watch.no-window.next')
      })
    },
    send: () => undefined,
    quit
  }
}

/** Prints a line for each new picture and each outcome. */
function itemPrinter(terminal: Terminal): (item: Item) => void {
  const states = new Map<string, Item['state']>()
  return (item) => {
    if (states.get(item.id) === item.state) return
    states.set(item.id, item.state)
    const line = itemLine(item)
    if (line !== null) terminal.print(`${printableLine(line)}\n`)
    for (const warning of item.state === 'done' ? item.warnings : []) terminal.tell(failureText(warning))
  }
}

function itemLine(item: Item): string | null {
  const { state, origin, label, caption, notice, failure } = item
  if (state === 'waiting') return isNewPicture(origin) ? t('cli.watch.new-picture', { label }) : null
  if (state === 'done')
    return t('cli.watch.caption', {
      label,
      caption: [
        notice === null ? null : t('cli.notice', { notice: notice.replace(/[.!?]*$/u, '.') }),
        caption,
        shownUnverified(item)
      ]
        .filter((words) => words !== null)
        .join(' ')
    })
  if (state === 'failed' && failure) return t('cli.watch.caption', { label, caption: failureText(failure) })
  if (state === 'stopped') return t('cli.watch.stopped', { label })
  return null
}

const isNewPicture = (origin: Item['origin']): boolean => origin === 'clipboard' || origin === 'file'

function printPauses(app: App, terminal: Terminal): void {
  let wasPaused = false
  app.onStatus(({ watching: { isPaused } }) => {
    if (isPaused === wasPaused) return
    wasPaused = isPaused
    terminal.print(`${isPaused ? t('cli.watch.paused') : t('capture.watching-resumed')}\n`)
  })
}
