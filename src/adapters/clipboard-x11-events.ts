import { connectX11, findX11Display, named, request, words, type X11Connection } from './x11-connection.ts'
import { DescryError } from '#shared/errors.ts'

/**
 * Change events of the X11 clipboard, by the XFixes extension over the X server's own socket: they come the moment the
 * clipboard changes, cost nothing while it does not, and a server that goes away is noticed and looked for again.
 * https://www.x.org/releases/current/doc/fixesproto/fixesproto.txt
 */

const reconnectMs = 3000

const queryExtension = 98
const internAtom = 16
const xfixesQueryVersion = 0
const xfixesSelectSelectionInput = 2
const setSelectionOwnerMask = 1

/** Asks for the events and calls back for each; throws when the connection ends. */
async function listen(x11: X11Connection, onChange: () => void): Promise<never> {
  const extension = await x11.ask(named(queryExtension, 'XFIXES'))
  const [isPresent, xfixes = 0, selectionNotify = 0] = extension.subarray(8, 11)
  if (!isPresent) throw new Error('The X server has no XFixes extension.')
  const clipboard = (await x11.ask(named(internAtom, 'CLIPBOARD'))).readUInt32LE(8)
  await x11.ask(request(xfixes, xfixesQueryVersion, words(5, 0)))
  x11.send(request(xfixes, xfixesSelectSelectionInput, words(x11.root, clipboard, setSelectionOwnerMask)))
  for (;;) {
    const event = await x11.next()
    if ((event.readUInt8(0) & 0x7f) === selectionNotify) onChange()
  }
}

/**
 * Calls back after each change of the X11 clipboard; returns a disposer. A lost server is looked for every 3 s.
 * Throws no-permission where there is no display.
 */
export function watchX11Clipboard(env: NodeJS.ProcessEnv, onChange: () => void): () => void {
  const display = findX11Display(env)
  if (!display) {
    throw new DescryError('no-permission', {
      message: 'There is no display here whose clipboard could be watched.',
      next: 'Run Descry inside your desktop session.'
    })
  }
  const ended = new AbortController()
  let retry: NodeJS.Timeout | undefined

  const open = async (): Promise<void> => {
    let x11: X11Connection | undefined
    try {
      x11 = await connectX11(display, env, ended.signal)
      await listen(x11, onChange)
    } catch {
      // Looked for again below.
    }
    x11?.close()
    if (!ended.signal.aborted) retry = setTimeout(() => void open(), reconnectMs)
  }
  void open()

  return () => {
    ended.abort()
    clearTimeout(retry)
  }
}
