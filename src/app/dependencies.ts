import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createForgivingModel, onlyWhile, type RefusedParameters } from '#core/describing/models/model-wrappers.ts'
import { createClipboard } from '#adapters/clipboard/clipboard.ts'
import { createIdleClock, createSystemClock } from '#adapters/clock.ts'
import { createSharedDecoder } from '#core/describing/shared-decoder.ts'
import { createEarconPlayer } from '#adapters/earcon-player.ts'
import { openDatabase } from '#adapters/database.ts'
import { createFileOpener } from '#adapters/pictures/file-opener.ts'
import { createFocusFinder } from '#adapters/capture/focus/focus-for-system.ts'
import { createFolderWatcher } from '#adapters/folders/folder-watcher.ts'
import { forkHelper, type StartHelper } from '#adapters/helper/helper-process.ts'
import { createKeyring } from '#adapters/keyring.ts'
import { createLogFile, type LogFile } from '#adapters/log-file.ts'
import { createMemoryCare, type MemoryCare } from '#adapters/memory.ts'
import { createOpenAiModel } from '#adapters/providers/openai.ts'
import { paths, type Paths } from '#adapters/paths.ts'
import { createReaderOutputs } from '#adapters/readers/readers-for-system.ts'
import { createPresence } from '#adapters/presence/presence.ts'
import { createScreenCapture } from '#adapters/capture/screen-capture.ts'
import { createScreenReaderDetector } from '#adapters/screen-reader.ts'
import { findScreenshotFolders } from '#adapters/folders/screenshot-folders.ts'
import { createSettingsFile } from '#adapters/settings-file.ts'
import { createTesseractReader } from '#adapters/pictures/tesseract.ts'
import { createVoices } from '#adapters/voices/voices-for-system.ts'
import { createWaylandCapture } from '#adapters/capture/wayland-capture.ts'
import { createZxingReader } from '#adapters/pictures/zxing.ts'
import { createEmitter, type Emitter, type Events } from '#core/async/emitter.ts'
import type { EventPayload, RequestInput } from '#shared/bridge.ts'
import { openAiBaseUrl } from '#shared/settings.ts'
import type { Clock } from '#core/ports/time.ts'
import type { CodeReader, FileOpener, PictureDecoder, TextReader } from '#core/ports/pictures.ts'
import type { VisionModel } from '#core/ports/vision.ts'
import type { EarconPlayer, ReaderOutput, Presence, ScreenReaderDetector, Voice } from '#core/ports/speech.ts'
import type { Clipboard, FolderWatcher } from '#core/ports/intake.ts'
import type { ScreenCapture } from '#core/ports/capture.ts'
import type { CaptionCache, KeyStore, SettingsStore, SpendingLedger } from '#core/ports/storage.ts'

/** The adapters behind core's ports. Each starts its work when it is first used. */
export interface Dependencies {
  paths: Paths
  /** A key from the environment, and the only address it may go to; null without one. */
  environmentKey: { key: string; baseUrl: string } | null
  clock: Clock
  memory: MemoryCare
  decoder: PictureDecoder
  opener: FileOpener
  reader: TextReader
  codes: CodeReader
  keys: KeyStore
  settingsStore: SettingsStore
  /** @param mayAsk called before each request, so that a change of settings counts at once. */
  connectVision(baseUrl: string, apiKey: string | null, mayAsk?: () => boolean): VisionModel
  voices: Voice[]
  /** The window in which the last voice but the silent one speaks. */
  speechWindow: { orders: Events<EventPayload<'speech'>>; events: Emitter<RequestInput<'speech-event'>> }
  screenReader: ScreenReaderDetector
  presence: Presence
  /** The screen readers of this system that Descry can speak through. */
  readers: ReaderOutput[]
  earcons: EarconPlayer
  clipboard: Clipboard
  folderWatcher: FolderWatcher
  findScreenshotFolders(): Promise<string[]>
  screen: ScreenCapture
  /** Tells the digest of each file that capturing leaves in a folder for a moment. */
  ownFiles: Events<string>
  spending: SpendingLedger
  captions: CaptionCache
  logFile: LogFile
}

/**
 * All real adapters for this system. Nothing is started or loaded here.
 *
 * @param startHelper how this host starts the process that decodes untrusted files.
 */
export function createDependencies(
  given: NodeJS.ProcessEnv = process.env,
  startHelper: StartHelper = forkHelper
): Dependencies {
  const { OPENAI_API_KEY: key, ...env } = given
  // Programs started from here on must not inherit it: speech-dispatcher outlives Descry, and crash reports contain the
  // environment.
  delete process.env.OPENAI_API_KEY
  const where = paths(env)
  const speechOrders = createEmitter<EventPayload<'speech'>>()
  const speechEvents = createEmitter<RequestInput<'speech-event'>>()
  const memory = createMemoryCare()
  const decoder = createSharedDecoder(memory.after(createCanvasDecoder(startHelper)), createIdleClock())
  const database = openDatabase(where.databaseFile)
  const refused: RefusedParameters = new Map()
  const ownFiles = createEmitter<string>()
  return {
    paths: where,
    environmentKey: key ? { key, baseUrl: env.OPENAI_BASE_URL || openAiBaseUrl } : null,
    clock: createSystemClock(),
    memory,
    decoder,
    opener: createFileOpener(decoder, startHelper),
    reader: createTesseractReader(startHelper),
    codes: createZxingReader(),
    keys: createKeyring(),
    settingsStore: createSettingsFile(where.settingsFile),
    connectVision: (baseUrl, apiKey, mayAsk = () => true) =>
      createForgivingModel(onlyWhile(mayAsk, createOpenAiModel({ baseUrl, apiKey })), refused),
    voices: createVoices(process.platform, {
      isOpen: () => speechOrders.hasListeners,
      send: speechOrders.emit,
      onEvent: (listener) => void speechEvents.on(listener)
    }),
    speechWindow: { orders: speechOrders, events: speechEvents },
    screenReader: createScreenReaderDetector(),
    presence: createPresence(process.platform, env),
    readers: createReaderOutputs(process.platform, env),
    earcons: createEarconPlayer({ platform: process.platform, env }),
    clipboard: createClipboard(),
    folderWatcher: createFolderWatcher(),
    findScreenshotFolders: () => findScreenshotFolders(),
    screen: createScreenCapture({
      env,
      focus: createFocusFinder(process.platform, env),
      wayland: createWaylandCapture(env, { onOwnFile: ownFiles.emit })
    }),
    ownFiles,
    spending: database.spending,
    captions: database.captions,
    logFile: createLogFile(where.logFile)
  }
}
