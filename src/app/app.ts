import { createAgain } from './commands/again.ts'
import { createIntake } from './intake/intake.ts'
import { createCaptionCommands } from './commands/caption-commands.ts'
import { createCaptioning } from './captions/captioning.ts'
import { createCaptureCommands } from './commands/capture-commands.ts'
import { createCommandHandlers } from './commands/command-handlers.ts'
import { serveControlSocket } from './control-socket.ts'
import { createGridChoosing } from './commands/grid.ts'
import type { App, CommandReply, Host } from './host.ts'
import { createItems } from './items.ts'
import { createKeys } from './keys.ts'
import { createMeteredDescriber } from './captions/metered-describer.ts'
import { createOpening } from './opening.ts'
import { createDependencies, type Dependencies } from './dependencies.ts'
import { createPreferences } from './preferences.ts'
import { createSecondOpinion } from './commands/second-opinion.ts'
import { createSpeechCommands } from './commands/speech-commands.ts'
import { createWindowRequests } from './window-requests.ts'
import { createAnnouncer } from '#core/speaking/announcer.ts'
import { createSpeechQueue } from '#core/speaking/speech-queue.ts'
import type { BridgeHandlers, Item, Status } from '#shared/bridge.ts'
import { commandEntry, isReachable, type CommandHandlers, type CommandId, type Surface } from '#shared/commands.ts'
import { asDescryError, DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'

export interface AppOptions {
  dependencies?: Dependencies
  /** Settings that hold for this run only, such as `watch --auto`'s mode. */
  overrides?: Partial<Settings>
  /** Hears what could not be watched or read. */
  onProblem?: (problem: string) => void
  /** Hears of each new and changed item; `descry watch` prints from it. */
  onItem?: (item: Item) => void
}

/** Puts the whole app together for one host. Nothing runs before `start()`. */
export async function createApp(host: Host, options: AppOptions = {}): Promise<App> {
  const dependencies = options.dependencies ?? createDependencies()
  const statusListeners = new Set<(status: Status) => void>()
  let revision = 0
  let hotkeys: Status['hotkeys'] = []
  let screenReader: string | null = null
  let socket: { close(): Promise<void> } | null = null

  const items = createItems((item, gone) => {
    revision += 1
    host.send('item', { revision, item, gone: [...gone] })
    options.onItem?.(item)
    // A kept caption comes without them.
    if (item.state === 'done' && item.facts === null) intake.findFacts(item.pictureId)
  })
  const keys = createKeys(dependencies.keys, dependencies.environmentKey)
  const preferences = await createPreferences(dependencies.settingsStore, keys, options.overrides ?? {}, statusChanged)
  if (host.name !== 'terminal') dependencies.speechWindow.connect((order) => host.send('speech', order))
  const queue = createSpeechQueue({
    voices: dependencies.voices,
    settings: () => preferences.current(),
    clock: dependencies.clock,
    onSentence: (sentence) => host.send('reading', { sentence }),
    onFailure(failure) {
      announcer.voiceFailed(failure)
      statusChanged()
    }
  })
  const announcer = createAnnouncer({
    queue,
    screenReader: dependencies.screenReader,
    presence: dependencies.presence,
    readers: dependencies.readers,
    earcons: dependencies.earcons,
    settings: () => preferences.current(),
    isWindowFocused: () => host.isWindowFocused(),
    toWindow: (text, urgency) => host.send('announce', { text, urgency }),
    clock: dependencies.clock
  })
  const outside = {
    ...dependencies,
    connectVision: (baseUrl: string, apiKey: string | null) =>
      dependencies.connectVision(baseUrl, apiKey, () => preferences.maySendTo(baseUrl))
  }
  const describer = createMeteredDescriber(outside, () => preferences.current(), statusChanged)
  const captioning = createCaptioning(outside, describer, items, preferences, announcer)
  const intake = createIntake(
    dependencies,
    items,
    captioning,
    preferences,
    announcer,
    options.onProblem ?? (() => undefined),
    statusChanged
  )
  const opening = createOpening(dependencies, items, captioning)
  const secondOpinion = createSecondOpinion(dependencies, items, captioning, preferences, announcer)
  const again = createAgain(dependencies, items, captioning, announcer)
  const grids = createGridChoosing(dependencies, host, announcer)
  const captures = createCaptureCommands(dependencies, host, items, captioning, grids, announcer, again)
  const commandHandlers: CommandHandlers = {
    ...captures.commandHandlers,
    ...createCaptionCommands(dependencies, items, captioning, preferences, announcer),
    ...secondOpinion,
    ...createCommandHandlers({
      dependencies,
      host,
      items,
      captioning,
      opening,
      again,
      intake,
      announcer,
      reading: queue.reading,
      preferences,
      status,
      statusChanged
    }),
    ...createSpeechCommands(queue, announcer, preferences)
  }

  function status(): Status {
    const settings = preferences.current()
    return {
      settings,
      key: preferences.keyState(),
      provider: new URL(settings.baseUrl).host,
      sendingOn: preferences.isSendingOn(),
      voice: queue.voiceName,
      screenReader,
      watching: {
        clipboard: intake.watching.clipboard(),
        folders: intake.watching.folders(),
        isPaused: intake.arrivals.pausedUntilMs() !== null
      },
      spent: dependencies.spending.spent(),
      hotkeys,
      host: { name: host.name, limits: host.limits }
    }
  }

  function statusChanged(): void {
    revision += 1
    const now = status()
    host.send('status', { revision, status: now })
    for (const listener of statusListeners) listener(now)
  }

  async function run(command: CommandId, input: unknown, surface: Surface): Promise<CommandReply> {
    try {
      if (!isReachable(command, surface)) throw new DescryError('no-permission')
      const parsed = commandEntry(command).input.safeParse(input)
      if (!parsed.success) throw new DescryError('internal', { message: 'The command was given something malformed.' })
      const handler = commandHandlers[command] as (input: unknown, surface: Surface) => Promise<unknown>
      return { ok: true, value: await handler(parsed.data, surface) }
    } catch (error) {
      const failure = asDescryError(error).toFailure()
      announcer.fail(failure)
      return { ok: false, error: failure }
    }
  }

  const handlers: BridgeHandlers = {
    snapshot: async () => ({ revision, items: items.all(), status: status() }),
    async run({ command, input }) {
      const reply = await run(command, input, 'window')
      if (!reply.ok) throw new DescryError(reply.error.code, reply.error)
      return reply.value
    },
    ...captures.handlers,
    ...grids.handlers,
    ...createWindowRequests({ dependencies, items, captioning, opening, intake, preferences, queue, status })
  }

  return {
    run,
    handlers,
    failed: (failure) => announcer.fail(failure),
    status,
    async start() {
      const { socketPath, tokenFile } = dependencies.paths
      socket = await serveControlSocket({
        path: socketPath,
        tokenFile,
        run: (command, input) => run(command, input, 'socket')
      })
      // Not awaited: a locked keychain asks its user first, and the rest need not wait.
      preferences.lookForKey().catch(() => undefined)
      screenReader = await dependencies.screenReader.running()
      await intake.start()
      statusChanged()
      // Proving a voice can take seconds where the sound is broken; watching does not wait for it.
      if (preferences.current().speaker !== 'silent') queue.open().then(statusChanged, () => undefined)
      // behavior B15: who has no screen reader hears us from the first second; a reader reads the window itself.
      const isFirstRun = host.name !== 'terminal' && !preferences.current().isSetUp
      if (isFirstRun && screenReader === null) announcer.say(t('speech.welcome'), 'remark')
      if (preferences.warning) announcer.say(preferences.warning, 'answer')
    },
    onStatus(listener) {
      statusListeners.add(listener)
      return () => statusListeners.delete(listener)
    },
    setHotkeys(held) {
      const before = new Set(hotkeys.map(({ problem }) => problem))
      hotkeys = held
      statusChanged()
      for (const { problem } of held) if (problem && !before.has(problem)) announcer.say(problem, 'watcher')
    },
    async close() {
      intake.close()
      captioning.stop()
      await socket?.close()
      await captioning.idle()
      announcer.close()
      await queue.close()
      await Promise.all([...dependencies.readers.map((output) => output.close()), dependencies.earcons.close()])
      await dependencies.reader.close()
    }
  }
}
