import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import type { Clipboard, ClipboardContent, ClipboardReading } from '#core/ports/intake.ts'
import { findProgram } from '../programs/run-program.ts'
import type { ClipboardAccess } from './clipboard-access.ts'
import { createMacAccess } from './mac.ts'
import { createWaylandAccess, isWaylandWatchable } from './wayland.ts'
import { createWindowsAccess } from './windows.ts'
import { createX11Access } from './x11.ts'
import {
  copiedFiles,
  fileFormats,
  kdeSecretMark,
  pictureFormats,
  plainTextFormats,
  secretMarks,
  singleImage,
  textFormat
} from './formats.ts'

const maxTextCharacters = 1_000_000

/** The system's own program accepts the text at once. */
const writeTimeoutMs = 2000

async function readContent(
  access: ClipboardAccess,
  { isForWatcher = false }: ClipboardReading,
  timeoutMs: number,
  platform: NodeJS.Platform
): Promise<ClipboardContent> {
  const formats = await access.formats(timeoutMs)
  /** The best of `wanted` that is available. */
  const read = async (wanted: string[]): Promise<Uint8Array | null> => {
    const format = wanted.find((one) => formats.includes(one))
    return format === undefined ? null : access.bytes(format, timeoutMs)
  }
  const isConcealed = async (): Promise<boolean> => {
    if (formats.some((format) => secretMarks.has(format))) return true
    if (!formats.includes(kdeSecretMark)) return false
    const hint = await read([kdeSecretMark])
    // If the mark can no longer be read, assume a password.
    return hint === null || Buffer.from(hint).toString().trim() === 'secret'
  }
  if (await isConcealed())
    return { picture: null, hasText: false, isConcealed: true, files: [], imageAddress: null, text: null }

  const hasText = formats.some((format) => textFormat.test(format))
  const html = hasText ? await read(['text/html']) : null
  const image = html && singleImage(html)
  const files = await read(fileFormats)
  const text = isForWatcher ? null : await read(plainTextFormats)
  // Programs such as Excel draw the picture only when asked, so a watcher does not ask for what it will not use.
  const picture = isForWatcher && hasText && !image ? null : await read(pictureFormats)
  return {
    picture: picture && picture.length > 0 ? picture : null,
    hasText: hasText && !image,
    isConcealed: false,
    files: files ? copiedFiles(decoded(files), platform) : [],
    imageAddress: image?.address ?? null,
    text: text && text.length <= 4 * maxTextCharacters ? shortEnough(decoded(text)) : null
  }
}

const decoded = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)
const shortEnough = (text: string): string | null => (text.length <= maxTextCharacters ? text : null)

/** How the clipboard is reached on this desktop; `wayland-unwatched` cannot tell when it changes. */
export function clipboardWay(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv
): 'native' | 'x11' | 'wayland' | 'wayland-unwatched' | 'none' {
  if (platform === 'darwin' || platform === 'win32') return 'native'
  // XWayland's clipboard may be unavailable while no X11 program has the focus, so it comes second.
  if (env.WAYLAND_DISPLAY && isWaylandWatchable(env)) return 'wayland'
  if (env.DISPLAY) return 'x11'
  return env.WAYLAND_DISPLAY && findProgram('wl-paste', env) ? 'wayland-unwatched' : 'none'
}

function chooseAccess(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, systemAccess: SystemAccess): ClipboardAccess {
  const way = clipboardWay(platform, env)
  if (way === 'native') return systemAccess(platform, env)
  if (way === 'x11') return createX11Access(env)
  if (way !== 'none') return createWaylandAccess(env, { isWatchable: way === 'wayland' })
  throw new DescryError('no-permission', {
    message: env.WAYLAND_DISPLAY ? t('capture.clipboard-wayland') : t('capture.clipboard-no-desktop'),
    next: env.WAYLAND_DISPLAY ? t('capture.clipboard-wayland.next') : t('capture.run-in-desktop')
  })
}

function unreachable(error: unknown): DescryError {
  if (error instanceof DescryError) return error
  return new DescryError('no-permission', { message: t('capture.clipboard-unreachable'), cause: error })
}

/** How the clipboard of macOS or Windows is reached. */
export type SystemAccess = (platform: NodeJS.Platform, env: NodeJS.ProcessEnv) => ClipboardAccess

/** With the system's own programs, which every host can start. */
const accessByProgram: SystemAccess = (platform, env) =>
  platform === 'darwin' ? createMacAccess(env) : createWindowsAccess(env)

export interface ClipboardOptions {
  platform?: NodeJS.Platform
  env?: NodeJS.ProcessEnv
  /** Electron has a clipboard of its own, which starts no program. */
  systemAccess?: SystemAccess | undefined
  /** How long the clipboard's owner may take per format; default 15,000, since some draw the picture only when asked. */
  timeoutMs?: number
}

/**
 * The system's clipboard. Nothing is loaded or started before the first call.
 * Errors: no-permission (no desktop), timed-out (the clipboard's owner hangs), too-large.
 */
export function createClipboard(options: ClipboardOptions = {}): Clipboard {
  const { platform = process.platform, env = process.env, timeoutMs = 15_000 } = options
  const { systemAccess = accessByProgram } = options
  let chosen: ClipboardAccess | undefined
  const access = (): ClipboardAccess => (chosen ??= chooseAccess(platform, env, systemAccess))
  const guarded = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work()
    } catch (error) {
      throw unreachable(error)
    }
  }
  return {
    read: (reading = {}) => guarded(() => readContent(access(), reading, timeoutMs, platform)),
    watch(onChange) {
      try {
        return access().watch(onChange)
      } catch (error) {
        throw unreachable(error)
      }
    },
    writeText: (text) => guarded(() => access().writeText(text, writeTimeoutMs))
  }
}
