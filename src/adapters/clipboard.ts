import { DescryError } from '#shared/errors.ts'
import type { Clipboard, ClipboardContent } from '#core/ports.ts'
import type { ClipboardAccess } from './clipboard-access.ts'
import { createNativeAccess } from './clipboard-native.ts'
import { createWaylandAccess } from './clipboard-wayland.ts'
import { createX11Access } from './clipboard-x11.ts'
import { watchX11Clipboard } from './clipboard-x11-events.ts'
import { isInstalled } from './clipboard-tool.ts'
import { isSingleImage } from './clipboard-html.ts'

/** Best first: lossless, then small, then old. */
const pictureFormats = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/bmp', 'image/tiff']
const textFormat =
  /^(?:text\/(?:plain|rtf|richtext|html)|application\/rtf)\b|^(?:UTF8_STRING|STRING|TEXT|COMPOUND_TEXT)$/u

const kdeSecretMark = 'x-kde-passwordManagerHint'
/** Marks that mean "leave this alone" by being there: Windows, macOS. */
const secretMarks = new Set(['ExcludeClipboardContentFromMonitorProcessing', 'org.nspasteboard.ConcealedType'])

async function isConcealed(access: ClipboardAccess, formats: string[]): Promise<boolean> {
  if (formats.some((format) => secretMarks.has(format))) return true
  if (!formats.includes(kdeSecretMark)) return false
  const hint = await access.bytes(kdeSecretMark)
  // A mark that cannot be read any more is taken at its worst.
  return hint === null || Buffer.from(hint).toString().trim() === 'secret'
}

async function readContent(access: ClipboardAccess): Promise<ClipboardContent> {
  const formats = await access.formats()
  let hasText = formats.some((format) => textFormat.test(format))
  if (await isConcealed(access, formats)) return { picture: null, hasText, isConcealed: true }
  const format = pictureFormats.find((one) => formats.includes(one))
  if (!format) return { picture: null, hasText, isConcealed: false }
  if (hasText && formats.includes('text/html')) {
    const html = await access.bytes('text/html')
    hasText = html === null || !isSingleImage(html)
  }
  const picture = await access.bytes(format)
  return { picture: picture && picture.length > 0 ? picture : null, hasText, isConcealed: false }
}

function chooseAccess(platform: NodeJS.Platform, env: NodeJS.ProcessEnv, timeoutMs: number): ClipboardAccess {
  if (platform === 'darwin' || platform === 'win32') return createNativeAccess()
  // XWayland shares the clipboard without wl-paste's window, which takes the focus for a moment under GNOME.
  if (env.DISPLAY) {
    // The native module reads well, but its watcher never tells that the X server went away.
    if (!isInstalled('xclip', env)) return { ...createNativeAccess(), watch: (tell) => watchX11Clipboard(env, tell) }
    return createX11Access(env, timeoutMs)
  }
  if (env.WAYLAND_DISPLAY && isInstalled('wl-paste', env)) return createWaylandAccess(env, timeoutMs)
  throw new DescryError('no-permission', {
    message: env.WAYLAND_DISPLAY
      ? 'The Wayland clipboard cannot be read.'
      : 'There is no desktop here, so no clipboard.',
    next: env.WAYLAND_DISPLAY ? 'Install wl-clipboard.' : 'Run Descry inside your desktop session.'
  })
}

/** What the native module throws, in our words. */
function unreachable(error: unknown): DescryError {
  if (error instanceof DescryError) return error
  return new DescryError('no-permission', { message: 'The clipboard cannot be reached.', cause: error })
}

export interface ClipboardOptions {
  platform?: NodeJS.Platform
  env?: NodeJS.ProcessEnv
  /** How long the program that holds the clipboard may take to answer; default 2000. */
  timeoutMs?: number
}

/**
 * The system's clipboard. Nothing is loaded or started before the first call.
 * Errors: no-permission (no desktop), timed-out (the clipboard's owner hangs), too-large.
 */
export function createClipboard(options: ClipboardOptions = {}): Clipboard {
  const { platform = process.platform, env = process.env, timeoutMs = 2000 } = options
  let chosen: ClipboardAccess | undefined
  const access = (): ClipboardAccess => (chosen ??= chooseAccess(platform, env, timeoutMs))
  const guarded = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    try {
      return await work()
    } catch (error) {
      throw unreachable(error)
    }
  }
  return {
    read: () => guarded(() => readContent(access())),
    watch(onChange) {
      try {
        return access().watch(onChange)
      } catch (error) {
        throw unreachable(error)
      }
    },
    writeText: (text) => guarded(() => access().writeText(text))
  }
}
