import type { Image } from 'node-screenshots'
import type { Area } from '#shared/caption.ts'
import { connectX11, findX11Display, named, request, words } from './x11-connection.ts'

/** The window the user is in. */
export interface ActiveWindow {
  id: number
  title: string | null
  application: string | null
  /** In the desktop's own units; may reach beyond every display. */
  place: Area
}

/** Null when no window is active, or the system does not tell. */
export async function findActiveWindow(): Promise<ActiveWindow | null> {
  try {
    const { activeWindowAsync } = await import('@miniben90/x-win')
    const { id, title, info, position } = await activeWindowAsync()
    const { x, y, width, height } = position
    if (width <= 0 || height <= 0) return null
    return { id, title: title || null, application: info.name || null, place: { x, y, width, height } }
  } catch {
    return null
  }
}

/**
 * A window as it paints itself, without what covers it and with what lies beyond the screen. Null where the system keeps
 * no such picture (X11 without a compositor: covered parts would be black), or where the window is gone.
 */
export async function captureUncovered(
  id: number,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv
): Promise<{ image: Image; place: Area } | null> {
  if (platform === 'linux' && !(await isComposited(env))) return null
  try {
    const { Window } = await import('node-screenshots')
    const window = Window.all().find((one) => one.id() === id)
    if (!window) return null
    const image = await window.captureImage()
    return { image, place: { x: window.x(), y: window.y(), width: window.width(), height: window.height() } }
  } catch {
    return null
  }
}

const internAtom = 16
const getSelectionOwner = 23

/** Whether windows are painted apart from each other and put together by a compositor. https://specifications.freedesktop.org/wm-spec/ */
async function isComposited(env: NodeJS.ProcessEnv): Promise<boolean> {
  const display = findX11Display(env)
  if (!display) return false
  try {
    const x11 = await connectX11(display, env, AbortSignal.timeout(500))
    try {
      const name = (await x11.ask(named(internAtom, '_NET_WM_CM_S0'))).readUInt32LE(8)
      return (await x11.ask(request(getSelectionOwner, 0, words(name)))).readUInt32LE(8) !== 0
    } finally {
      x11.close()
    }
  } catch {
    return false
  }
}
