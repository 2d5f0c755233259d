import type { Point } from './desktop-areas.ts'
import { macPointer, windowsPointer } from './native-desktop.ts'
import { connectX11, findX11Display, request, words } from './x11-connection.ts'

const queryPointer = 38
const patienceMs = 500

/** Where the mouse pointer is, in the desktop's own units; null where nobody tells within half a second. */
export async function findPointer(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Promise<Point | null> {
  try {
    if (platform === 'darwin') return await macPointer()
    if (platform === 'win32') return await windowsPointer()
    return await x11Pointer(env)
  } catch {
    return null
  }
}

async function x11Pointer(env: NodeJS.ProcessEnv): Promise<Point | null> {
  const display = findX11Display(env)
  if (!display) return null
  const x11 = await connectX11(display, env, AbortSignal.timeout(patienceMs))
  try {
    const reply = await x11.ask(request(queryPointer, 0, words(x11.root)))
    return { x: reply.readInt16LE(16), y: reply.readInt16LE(18) }
  } finally {
    x11.close()
  }
}
