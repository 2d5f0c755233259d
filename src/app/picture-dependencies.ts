import { forkHelper, type StartHelper } from '#adapters/helper/helper-process.ts'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import {
  createForgivingModel,
  notingSent,
  onlyWhile,
  type RefusedParameters
} from '#core/describing/models/model-wrappers.ts'
import { createIdleClock, createSystemClock } from '#adapters/clock.ts'
import { createSharedDecoder } from '#core/describing/shared-decoder.ts'
import { openDatabase } from '#adapters/database.ts'
import { createFileOpener } from '#adapters/pictures/file-opener.ts'
import { createKeyring } from '#adapters/keyring.ts'
import { createLogFile, type LogFile } from '#adapters/log-file.ts'
import { createMemoryCare, type MemoryCare } from '#adapters/memory.ts'
import { createOpenAiModel } from '#adapters/providers/openai.ts'
import { paths, type Paths } from '#adapters/paths.ts'
import { createSettingsFile } from '#adapters/settings-file.ts'
import { createTextReader } from '#adapters/ocr/text-reader.ts'
import { createZxingReader } from '#adapters/pictures/zxing.ts'
import { openAiBaseUrl } from '#shared/settings.ts'
import type { Clock } from '#core/ports/time.ts'
import type { CodeReader, FileOpener, PictureDecoder, TextReader } from '#core/ports/pictures.ts'
import type { VisionModel } from '#core/ports/vision.ts'
import type { CaptionCache, KeyStore, SentLog, SettingsStore, SpendingLedger } from '#core/ports/storage.ts'

/** The adapters that describing a picture takes. Each starts its work when it is first used. */
export interface PictureDependencies {
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
  spending: SpendingLedger
  captions: CaptionCache
  sent: SentLog
  logFile: LogFile
}

/**
 * Without voices, screens and the rest of a desktop, which take time to load. Nothing is started here.
 *
 * @param startHelper how this host starts the process that decodes untrusted files.
 */
export function createPictureDependencies(
  given: NodeJS.ProcessEnv = process.env,
  startHelper: StartHelper = forkHelper
): PictureDependencies {
  const { OPENAI_API_KEY: key, ...env } = given
  // Programs started from here on must not inherit it: speech-dispatcher outlives Descry, and crash reports contain the
  // environment.
  delete process.env.OPENAI_API_KEY
  const where = paths(env)
  const memory = createMemoryCare()
  const decoder = createSharedDecoder(memory.after(createCanvasDecoder(startHelper)), createIdleClock())
  const database = openDatabase(where.databaseFile)
  const refused: RefusedParameters = new Map()
  return {
    paths: where,
    environmentKey: key ? { key, baseUrl: env.OPENAI_BASE_URL || openAiBaseUrl } : null,
    clock: createSystemClock(),
    memory,
    decoder,
    opener: createFileOpener(decoder, startHelper),
    reader: createTextReader(startHelper),
    codes: createZxingReader(),
    keys: createKeyring(),
    settingsStore: createSettingsFile(where.settingsFile),
    connectVision: (baseUrl, apiKey, mayAsk = () => true) =>
      createForgivingModel(
        onlyWhile(mayAsk, notingSent(createOpenAiModel({ baseUrl, apiKey }), baseUrl, database.sent)),
        refused
      ),
    spending: database.spending,
    captions: database.captions,
    sent: database.sent,
    logFile: createLogFile(where.logFile)
  }
}
