import { createClipboard, type SystemAccess } from '#adapters/clipboard/clipboard.ts'
import { createEarconPlayer } from '#adapters/earcon-player.ts'
import { createFocusFinder } from '#adapters/capture/focus/focus-for-system.ts'
import { createFolderWatcher } from '#adapters/folders/folder-watcher.ts'
import { forkHelper, type StartHelper } from '#adapters/helper/helper-process.ts'
import { createPictureDependencies, type PictureDependencies } from './picture-dependencies.ts'
import { createReaderOutputs } from '#adapters/readers/readers-for-system.ts'
import { createPresence } from '#adapters/presence/presence.ts'
import { createPasswordFields } from '#adapters/privacy/password-fields.ts'
import { withPasswordFields } from '#core/capture/with-password-fields.ts'
import { createScreenCapture } from '#adapters/capture/screen-capture.ts'
import { createScreenReaderDetector } from '#adapters/screen-reader.ts'
import { findScreenshotFolders } from '#adapters/folders/screenshot-folders.ts'
import { createVoices } from '#adapters/voices/voices-for-system.ts'
import { createWaylandCapture } from '#adapters/capture/wayland-capture.ts'
import { createEmitter, type Emitter, type Events } from '#core/async/emitter.ts'
import type { EventPayload, RequestInput } from '#shared/bridge.ts'
import type { EarconPlayer, ReaderOutput, Presence, ScreenReaderDetector, Voice } from '#core/ports/speech.ts'
import type { Clipboard, FolderWatcher } from '#core/ports/intake.ts'
import type { ScreenCapture } from '#core/ports/capture.ts'

/** The adapters behind core's ports. Each starts its work when it is first used. */
export interface Dependencies extends PictureDependencies {
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
}

/**
 * All real adapters for this system. Nothing is started or loaded here.
 *
 * @param startHelper how this host starts the process that decodes untrusted files.
 * @param clipboardAccess how this host reaches the clipboard of macOS and Windows; default with the system's own programs.
 */
export function createDependencies(
  given: NodeJS.ProcessEnv = process.env,
  startHelper: StartHelper = forkHelper,
  clipboardAccess?: SystemAccess
): Dependencies {
  const pictures = createPictureDependencies(given, startHelper)
  const { OPENAI_API_KEY: _key, ...env } = given
  const speechOrders = createEmitter<EventPayload<'speech'>>()
  const speechEvents = createEmitter<RequestInput<'speech-event'>>()
  const ownFiles = createEmitter<string>()
  return {
    ...pictures,
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
    clipboard: createClipboard({ systemAccess: clipboardAccess }),
    folderWatcher: createFolderWatcher(),
    findScreenshotFolders: () => findScreenshotFolders(),
    screen: withPasswordFields(
      createScreenCapture({
        env,
        focus: createFocusFinder(process.platform, env),
        wayland: createWaylandCapture(env, { onOwnFile: ownFiles.emit })
      }),
      createPasswordFields(process.platform, env)
    ),
    ownFiles
  }
}
