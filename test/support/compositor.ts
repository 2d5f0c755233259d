import { connectX11, named, request, words } from '#adapters/linux/x11-connection.ts'
import type { Desktop } from './desktop.ts'

const queryExtension = 98
const internAtom = 16
const setSelectionOwner = 22
const compositeQueryVersion = 0
const compositeRedirectSubwindows = 2

/**
 * Has the X server keep each window's picture separately, as a compositor does, and announces that one is running. Returns a
 * function that ends it.
 */
export async function actAsCompositor(desktop: Desktop): Promise<() => void> {
  const x11 = await connectX11(desktop.env)
  const ask = (about: Buffer): Promise<Buffer> => {
    x11.send(about)
    return x11.reply()
  }
  const composite = (await ask(named(queryExtension, 'Composite')))[9] ?? 0
  await ask(request(composite, compositeQueryVersion, words(0, 4)))
  x11.send(request(composite, compositeRedirectSubwindows, words(x11.root, 0)))
  const name = (await ask(named(internAtom, '_NET_WM_CM_S0'))).readUInt32LE(8)
  x11.send(request(setSelectionOwner, 0, words(x11.root, name, 0)))
  // Requests are handled in order, so an answer to this one means the others are done.
  await ask(named(internAtom, '_NET_WM_CM_S0'))
  return () => x11.close()
}
