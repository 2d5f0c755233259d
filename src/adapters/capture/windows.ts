import type { Image } from 'node-screenshots'
import type { Area } from '#shared/caption.ts'
import { findX11ActiveWindow, type ActiveWindow } from './x11-active-window.ts'
import { isWindowWhole } from './x11-windows.ts'

/** Null when no window is active, or the system does not say. */
export async function findActiveWindow(
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv
): Promise<ActiveWindow | null> {
  try {
    const window = platform === 'linux' ? await findX11ActiveWindow(env) : await askNativeModule()
    return window && window.place.width > 0 && window.place.height > 0 ? window : null
  } catch {
    return null
  }
}

async function askNativeModule(): Promise<ActiveWindow> {
  const { activeWindowAsync } = await import('@miniben90/x-win')
  const { id, title, info, position } = await activeWindowAsync()
  const { x, y, width, height } = position
  return {
    id,
    processId: info.processId,
    title: title || null,
    application: info.name || null,
    place: { x, y, width, height }
  }
}

/**
 * A window as it paints itself, including parts that are covered or outside the screen. Null if the system has no such
 * picture (on X11 without a compositor, if the window is covered or partly off the screen), or no such window.
 */
export async function captureUncovered(
  id: number,
  platform: NodeJS.Platform,
  env: NodeJS.ProcessEnv
): Promise<{ image: Image; place: Area } | null> {
  if (platform === 'linux' && !(await isWindowWhole(id, env))) return null
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
