import { createSpeechWindow, type ConnectableSpeechWindow } from './speech-window.ts'
import { createCanvasDecoder } from '#adapters/canvas.ts'
import { createClipboard } from '#adapters/clipboard.ts'
import { createSystemClock } from '#adapters/clock.ts'
import { createEarconPlayer } from '#adapters/earcon-player.ts'
import { createFileOpener } from '#adapters/file-opener.ts'
import { createFolderWatcher } from '#adapters/folder-watcher.ts'
import { createKeyring } from '#adapters/keyring.ts'
import { createOpenAiModel } from '#adapters/openai.ts'
import { places, type Places } from '#adapters/places.ts'
import { createReaderOutputs } from '#adapters/readers/readers-for-system.ts'
import { createScreenCapture } from '#adapters/screen-capture.ts'
import { createScreenReaderDetector } from '#adapters/screen-reader.ts'
import { findScreenshotFolders } from '#adapters/screenshot-folders.ts'
import { createSettingsFile } from '#adapters/settings-file.ts'
import { createTesseractReader } from '#adapters/tesseract.ts'
import { createVoices } from '#adapters/voices/voices-for-system.ts'
import { createZxingReader } from '#adapters/zxing.ts'
import { openAiBaseUrl } from '#shared/settings.ts'
import type {
  Clipboard,
  Clock,
  CodeReader,
  EarconPlayer,
  FileOpener,
  FolderWatcher,
  KeyStore,
  PictureDecoder,
  ReaderOutput,
  ScreenCapture,
  ScreenReaderDetector,
  SettingsStore,
  TextReader,
  VisionModel,
  Voice
} from '#core/ports.ts'

/** The real things behind core's ports, as every host uses them. Each does its work when first asked. */
export interface Parts {
  places: Places
  /** A key from the environment, and the only address it may go to; null without one. */
  environmentKey: { key: string; baseUrl: string } | null
  clock: Clock
  decoder: PictureDecoder
  opener: FileOpener
  reader: TextReader
  codes: CodeReader
  keys: KeyStore
  settingsStore: SettingsStore
  connectVision(baseUrl: string, apiKey: string | null): VisionModel
  voices: Voice[]
  /** Where the last of them speaks before the silent one. */
  speechWindow: ConnectableSpeechWindow
  screenReader: ScreenReaderDetector
  /** The screen readers of this system that take text from us. */
  readers: ReaderOutput[]
  earcons: EarconPlayer
  clipboard: Clipboard
  folderWatcher: FolderWatcher
  findScreenshotFolders(): Promise<string[]>
  screen: ScreenCapture
}

/** All real adapters for this system. Nothing is started or loaded here. */
export function createParts(env: NodeJS.ProcessEnv = process.env): Parts {
  const where = places(env)
  const speechWindow = createSpeechWindow()
  const decoder = createCanvasDecoder()
  return {
    places: where,
    environmentKey: env.OPENAI_API_KEY
      ? { key: env.OPENAI_API_KEY, baseUrl: env.OPENAI_BASE_URL || openAiBaseUrl }
      : null,
    clock: createSystemClock(),
    decoder,
    opener: createFileOpener(decoder),
    reader: createTesseractReader(),
    codes: createZxingReader(),
    keys: createKeyring(),
    settingsStore: createSettingsFile(where.settingsFile),
    connectVision: (baseUrl, apiKey) => createOpenAiModel({ baseUrl, apiKey }),
    voices: createVoices(process.platform, speechWindow),
    speechWindow,
    screenReader: createScreenReaderDetector(),
    readers: createReaderOutputs(process.platform, env),
    earcons: createEarconPlayer({ platform: process.platform, env }),
    clipboard: createClipboard(),
    folderWatcher: createFolderWatcher(),
    findScreenshotFolders: () => findScreenshotFolders(),
    screen: createScreenCapture()
  }
}
