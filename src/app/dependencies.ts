import { createSpeechWindow, type ConnectableSpeechWindow } from './speech-window.ts'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createForgivingModel, onlyWhile, type RefusedParameters } from '#core/describing/models/model-wrappers.ts'
import { createClipboard } from '#adapters/clipboard/clipboard.ts'
import { createSystemClock } from '#adapters/clock.ts'
import { createEarconPlayer } from '#adapters/earcon-player.ts'
import { openDatabase } from '#adapters/database.ts'
import { createFileOpener } from '#adapters/pictures/file-opener.ts'
import { createFocusFinder } from '#adapters/capture/focus/focus-for-system.ts'
import { createFolderWatcher } from '#adapters/folders/folder-watcher.ts'
import { forkHelper, type StartHelper } from '#adapters/helper/helper-process.ts'
import { createKeyring } from '#adapters/keyring.ts'
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
import { openAiBaseUrl } from '#shared/settings.ts'
import type { Clock } from '#core/ports/time.ts'
import type { CodeReader, FileOpener, PictureDecoder, TextReader } from '#core/ports/pictures.ts'
import type { VisionModel } from '#core/ports/vision.ts'
import type { EarconPlayer, ReaderOutput, Presence, ScreenReaderDetector, Voice } from '#core/ports/speech.ts'
import type { Clipboard, FolderWatcher } from '#core/ports/intake.ts'
import type { ScreenCapture } from '#core/ports/capture.ts'
import type { CaptionCache, KeyStore, SettingsStore, SpendingLedger } from '#core/ports/storage.ts'

/** The real things behind core's ports, as every host uses them. Each does its work when first asked. */
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
  /** @param mayAsk asked before each request that goes out; what changes its mind in between is heeded. */
  connectVision(baseUrl: string, apiKey: string | null, mayAsk?: () => boolean): VisionModel
  voices: Voice[]
  /** Where the last of them speaks before the silent one. */
  speechWindow: ConnectableSpeechWindow
  screenReader: ScreenReaderDetector
  presence: Presence
  /** The screen readers of this system that take text from us. */
  readers: ReaderOutput[]
  earcons: EarconPlayer
  clipboard: Clipboard
  folderWatcher: FolderWatcher
  findScreenshotFolders(): Promise<string[]>
  screen: ScreenCapture
  /** Set by the app: hears the digest of each file that capturing leaves in a folder for a moment. */
  ownFiles: { onWrite: (sha256: string) => void }
  spending: SpendingLedger
  captions: CaptionCache
}

/**
 * All real adapters for this system. Nothing is started or loaded here.
 *
 * @param startHelper how this host starts the process that draws and reads what nobody should trust.
 */
export function createDependencies(
  given: NodeJS.ProcessEnv = process.env,
  startHelper: StartHelper = forkHelper
): Dependencies {
  const { OPENAI_API_KEY: key, ...env } = given
  // No program that is started from here on may inherit it: speech-dispatcher outlives Descry, and reports of crashes tell
  // the environment.
  delete process.env.OPENAI_API_KEY
  const where = paths(env)
  const speechWindow = createSpeechWindow()
  const memory = createMemoryCare()
  const decoder = memory.after(createCanvasDecoder(startHelper))
  const database = openDatabase(where.databaseFile)
  const refused: RefusedParameters = new Map()
  const ownFiles: Dependencies['ownFiles'] = { onWrite: () => undefined }
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
    voices: createVoices(process.platform, speechWindow),
    speechWindow,
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
      wayland: createWaylandCapture(env, { onOwnFile: (sha256) => ownFiles.onWrite(sha256) })
    }),
    ownFiles,
    spending: database.spending,
    captions: database.captions
  }
}
