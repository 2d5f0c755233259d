import {
  connectX11,
  findDisplay,
  queryExtension,
  named,
  request,
  words,
  type X11Connection
} from '../linux/x11-connection.ts'

/**
 * Change events of the X11 clipboard, by the XFixes extension: they come the moment the clipboard changes, cost nothing
 * while it does not, and a server that goes away is noticed and looked for again.
 * https://www.x.org/releases/current/doc/fixesproto/fixesproto.txt
 */

const reconnectMs = 3000

const xfixesQueryVersion = 0
const xfixesSelectSelectionInput = 2
const setSelectionOwnerMask = 1

/** Asks for the events and calls back for each; throws when the connection ends. */
async function listen(x: X11Connection, onChange: () => void): Promise<never> {
  x.send(named(queryExtension, 'XFIXES'))
  const [isPresent, xfixes = 0, selectionNotify = 0] = (await x.reply()).subarray(8, 11)
  if (!isPresent) throw new Error('The X server has no XFixes extension.')
  const [clipboard = 0] = await x.atoms('CLIPBOARD')
  x.send(request(xfixes, xfixesQueryVersion, words(5, 0)))
  await x.reply()
  x.send(request(xfixes, xfixesSelectSelectionInput, words(x.root, clipboard, setSelectionOwnerMask)))
  for (;;) {
    const event = await x.event()
    if ((event.readUInt8(0) & 0x7f) === selectionNotify) onChange()
  }
}

/**
 * Calls back after each change of the X11 clipboard; returns a disposer. A lost server is looked for every 3 s.
 * Throws no-permission where there is no display.
 */
export function watchX11Clipboard(env: NodeJS.ProcessEnv, onChange: () => void): () => void {
  findDisplay(env)
  let connection: X11Connection | undefined
  let retry: NodeJS.Timeout | undefined
  let isEnded = false

  const open = async (): Promise<void> => {
    try {
      connection = await connectX11(env)
      if (!isEnded) await listen(connection, onChange)
    } catch {
      // Looked for again below.
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
