import { connectX11, request, words } from '../linux/x11-connection.ts'
import type { Point } from '#core/areas.ts'
import { macPointer, windowsPointer } from './native-desktop.ts'

const queryPointer = 38

/** Where the mouse pointer is, in the desktop's own units; null if the system does not say. */
export async function findPointer(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): Promise<Point | null> {
  try {
    if (platform === 'darwin') return await macPointer()
    if (platform === 'win32') return await windowsPointer()
    return await x11Pointer(env)
  } catch {
    return null
  }
}

async function x11Pointer(env: NodeJS.ProcessEnv): Promise<Point> {
  const x11 = await connectX11(env)
  try {
    x11.send(request(queryPointer, 0, words(x11.root)))
    const answer = await x11.reply()
    return { x: answer.readInt16LE(16), y: answer.readInt16LE(18) }
  } finally {
    x11.close()
  }
}
