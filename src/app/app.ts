import { createCaptioning } from './captions/captioning.ts'
import { createCommands } from './commands/commands.ts'
import { serveControlSocket } from './control-socket.ts'
import { createDescribeService } from './describing/describe-service.ts'
import { logRequests } from './describing/request-log.ts'
import { createDependencies, type Dependencies } from './dependencies.ts'
import type { App, Host } from './host.ts'
import { createIntake } from './intake/intake.ts'
import { createItems, type ItemChange } from './items.ts'
import { createKeys } from './keys.ts'
import { createOpening } from './opening.ts'
import { createPreferences } from './preferences.ts'
import { createStatus } from './status.ts'
import { withTranscript } from './transcript.ts'
import { createWindowRequests } from './window-requests.ts'
import { createWindowUpdates } from './window-updates.ts'
import { createEmitter } from '#core/async/emitter.ts'
import { createLog, knownName, screenReaderNames, voiceNames } from '#core/log/log.ts'
import { createAnnouncer } from '#core/speaking/announcer.ts'
import { createSpeechQueue } from '#core/speaking/speech-queue.ts'
import type { Item } from '#shared/bridge.ts'
import { DescryError, type Failure } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { Settings } from '#shared/settings.ts'

export interface AppOptions {
  dependencies?: Dependencies
  /** Settings for this run only, such as the mode of `watch --auto`. Read anew each time, so they may change. */
  overrides?: Partial<Settings>
  /**
   * Only does what it is told to here: it neither watches for pictures nor takes commands from elsewhere, so it may run
   * beside another Descry.
   */
  isSession?: boolean
  /** Called with everything that is said, heard or not, as lines of text; the terminal app prints them. */
  onLine?: (line: string) => void
  /** Called with what could not be watched or read. */
  onProblem?: (problem: string) => void
  /** Called with each new and changed item; `descry watch` prints from it. */
  onItem?: (item: Item) => void
}

/**
 * Puts the whole app together for one host. Nothing runs before `start()`. What several parts want to know travels by the
 * emitters made first, so that each part needs only parts made before it.
 */
export async function createApp(host: Host, options: AppOptions = {}): Promise<App> {
  const dependencies = options.dependencies ?? createDependencies()
  const { clock, screenReader, presence, readers, earcons, speechWindow } = dependencies

  const itemChanges = createEmitter<ItemChange>()
  const statusChanges = createEmitter<void>()
  const voiceFailures = createEmitter<Failure>()

  // What the app knows: the list of pictures and the settings.
  const items = createItems(itemChanges.emit)
  const keys = createKeys(dependencies.keys, dependencies.environmentKey)
  const overrides = options.overrides ?? {}
  const preferences = await createPreferences(dependencies.settingsStore, keys, overrides, statusChanges.emit)
  const settings = (): Settings => preferences.current()

  const log = createLog(dependencies.logFile)

  // Who speaks.
  const queue = createSpeechQueue({
    voices: dependencies.voices,
    settings,
    clock,
    onSentence: (sentence) => host.send('reading', { sentence }),
    onFailure: voiceFailures.emit
  })
  const speaking = createAnnouncer({
    queue,
    screenReader,
    presence,
    readers,
    earcons,
    settings,
    isWindowFocused: () => host.isWindowFocused(),
    toWindow: (text, urgency) => host.send('announce', { text, urgency }),
    clock
  })
  const announcer = options.onLine ? withTranscript(speaking, options.onLine) : speaking
  voiceFailures.on((failure) => {
    log.write({ event: 'voice-failure', code: failure.code })
    announcer.voiceFailed(failure)
    statusChanges.emit()
  })

  // How pictures are described, and where they come from.
  const describing = createDescribeService({
    dependencies,
    settings,
    findKey: (baseUrl) => preferences.keyFor(baseUrl),
    maySendTo: (baseUrl) => preferences.maySendTo(baseUrl),
    spending: dependencies.spending,
    captions: dependencies.captions,
    readsByDefault: true,
    onSpent: statusChanges.emit
  })
  const service = logRequests(describing, { log, clock, settings })
  const captioning = createCaptioning({ host, service, items, preferences, announcer, clock: dependencies.clock })
  const opening = createOpening(dependencies, items, captioning)
  const intake = createIntake({
    dependencies,
    items,
    itemChanges,
    captioning,
    preferences,
    announcer,
    onProblem: options.onProblem ?? (() => undefined),
    onPause: statusChanges.emit
  })

  // What the user can do, and what the window shows.
  const status = createStatus({ host, spending: dependencies.spending, preferences, queue, intake, statusChanges })
  const commands = createCommands({
    dependencies,
    host,
    items,
    captioning,
    opening,
    intake,
    announcer,
    queue,
    preferences,
    status,
    log
  })
  const updates = createWindowUpdates({ host, items, itemChanges, status, statusChanges })
  if (host.name !== 'terminal') speechWindow.orders.on((order) => host.send('speech', order))
  itemChanges.on(({ item }) => options.onItem?.(item))

  function voiceChosen(): void {
    log.write({ event: 'voice', voice: knownName(voiceNames, queue.voiceName) })
    status.changed()
  }

  const closing: (() => Promise<void>)[] = []

  async function serve(): Promise<void> {
    const { socketPath, tokenFile } = dependencies.paths
    const socket = await serveControlSocket({
      path: socketPath,
      tokenFile,
      run: (command, input) => commands.run(command, input, 'socket')
    })
    closing.push(() => socket.close())
  }

  return {
    run: commands.run,
    handlers: {
      snapshot: async () => updates.snapshot(),
      async run({ command, input }) {
        const reply = await commands.run(command, input, 'window')
        if (!reply.ok) throw new DescryError(reply.error.code, reply.error)
        return reply.value
      },
      ...commands.windowHandlers,
      ...createWindowRequests({ dependencies, items, captioning, opening, intake, preferences, queue, status })
    },
    failed: (failure) => announcer.fail(failure),
    status: status.current,
    onStatus: (listener) => statusChanges.on(() => listener(status.current())),
    setHotkeys(held) {
      const before = new Set(status.current().hotkeys.map(({ problem }) => problem))
      status.setHotkeys(held)
      for (const { problem } of held) if (problem && !before.has(problem)) announcer.say(problem, 'watcher')
    },
    async start() {
      if (!options.isSession) await serve()
      // A locked keychain asks its user first; only a session has nothing to do before that.
      const lookingForKey = preferences.lookForKey().catch(() => undefined)
      if (options.isSession) await lookingForKey
      const readerName = await screenReader.running()
      status.setScreenReader(readerName)
      log.write({ event: 'started', program: host.name, screenReader: knownName(screenReaderNames, readerName) })
      if (!options.isSession) await intake.start()
      status.changed()
      // Not awaited: trying the voices can take seconds where the sound is broken.
      if (settings().speaker !== 'silent') queue.open().then(voiceChosen, () => undefined)
      // behavior B15: a user without a screen reader hears us from the first second; a screen reader reads the window.
      const isFirstRun = host.name !== 'terminal' && !settings().isSetUp
      if (isFirstRun && readerName === null) announcer.say(t('speech.welcome'), 'remark')
      if (preferences.warning) announcer.say(preferences.warning, 'answer')
    },
    reloadSettings: () => preferences.reload(),
    idle: () => captioning.idle(),
    async close() {
      intake.close()
      captioning.stop()
      for (const close of closing) await close()
      await captioning.idle()
      announcer.close()
      await queue.close()
      await Promise.all([...readers.map((output) => output.close()), earcons.close()])
      await dependencies.reader.close()
      log.write({ event: 'closed', program: host.name })
    }
  }
}
