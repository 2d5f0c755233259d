import {
  connectX11,
  findDisplay,
  queryExtension,
  named,
  request,
  words,
  type X11Connection
} from '../linux/x11-connection.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { findProgram } from '../programs/run-program.ts'
import { writeWithTool, type ClipboardAccess } from './clipboard-access.ts'
import { ownX11Clipboard } from './x11-owner.ts'
import { createX11Selection } from './x11-selection.ts'

/**
 * The X11 clipboard: read and watched over the X server's socket; written with xclip, so that a text survives
 * Descry, or by Descry itself without xclip. */
export function createX11Access(env: NodeJS.ProcessEnv): ClipboardAccess {
  const selection = createX11Selection(env)
  return {
    formats: (timeoutMs) => selection.list(timeoutMs),
    bytes: (target, timeoutMs) => selection.read(target, timeoutMs),
    writeText: (text, timeoutMs) =>
      findProgram('xclip', env) ? writeWithXclip(env, text, timeoutMs) : ownX11Clipboard(env, text),
    watch(onChange) {
      const stopWatching = watchX11Clipboard(env, onChange)
      const release = selection.keepReady()
      return () => {
        stopWatching()
        release()
      }
    }
  }
}

/** xclip ends before the X server knows that the clipboard is its own, so what is read then may still be the old text. */
async function writeWithXclip(env: NodeJS.ProcessEnv, text: string, timeoutMs: number): Promise<void> {
  const x = await connectX11(env, AbortSignal.timeout(timeoutMs))
  try {
    const nextChange = await subscribe(x)
    await writeWithTool('xclip', ['-selection', 'clipboard', '-i', '-t', 'UTF8_STRING'], text, { env, timeoutMs })
    await nextChange?.()
  } catch (cause) {
    throw new DescryError('no-permission', { message: t('capture.copy-failed'), cause })
  } finally {
    x.close()
  }
}

// ---- change events --------------------------------------------------------------------------------------------------

// They come from the XFixes extension, the moment the clipboard changes, and cost nothing while it does not:
// https://www.x.org/releases/current/doc/fixesproto/fixesproto.txt

const reconnectMs = 3000

const xfixesQueryVersion = 0
const xfixesSelectSelectionInput = 2
const setSelectionOwnerMask = 1

/**
 * From when it resolves, each change counts; what it returns resolves at the next one and throws when the connection
 * ends. Null when the server has no XFixes extension.
 */
async function subscribe(x: X11Connection): Promise<(() => Promise<void>) | null> {
  x.send(named(queryExtension, 'XFIXES'))
  const [isPresent, xfixes = 0, selectionNotify = 0] = (await x.reply()).subarray(8, 11)
  if (!isPresent) return null
  x.send(request(xfixes, xfixesQueryVersion, words(5, 0)))
  await x.reply()
  const [clipboard = 0] = await x.atoms('CLIPBOARD')
  x.send(request(xfixes, xfixesSelectSelectionInput, words(x.root, clipboard, setSelectionOwnerMask)))
  // Its answer comes after the server has heard of the subscription.
  await x.atoms('CLIPBOARD')
  return async () => {
    while (((await x.event()).readUInt8(0) & 0x7f) !== selectionNotify);
  }
}

/**
 * Calls back after each change of the X11 clipboard; returns a disposer. If the server is lost, it tries to reconnect
 * every 3 s. Throws no-permission if there is no display.
 */
export function watchX11Clipboard(env: NodeJS.ProcessEnv, onChange: () => void): () => void {
  findDisplay(env)
  let connection: X11Connection | undefined
  let retry: NodeJS.Timeout | undefined
  let isEnded = false

  const open = async (): Promise<void> => {
    try {
      connection = await connectX11(env)
      const nextChange = isEnded ? null : await subscribe(connection)
      // Until the connection ends, which throws.
      if (nextChange)
        for (;;) {
          await nextChange()
          onChange()
        }
    } catch {
      // Tries again below.
    }
    connection?.close()
    if (!isEnded) retry = setTimeout(() => void open(), reconnectMs)
  }
  void open()

  return () => {
    isEnded = true
    clearTimeout(retry)
    connection?.close()
  }
}
