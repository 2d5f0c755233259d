import { readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { findActiveWindow } from '#adapters/capture/windows.ts'

/**
 * Whether Chromium's window is the one the user is in. The page cannot tell: under Playwright document.hasFocus() is
 * always true. So the system is asked whose window is active. Where it does not say (Wayland), the answer is no: then
 * captions are spoken, and never lost.
 *
 * @param userDataDir Chromium's; its lock there names the browser's process.
 */
export async function isChromiumActive(userDataDir: string, env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  // Through XWayland only windows that use it can be seen.
  if (env.WAYLAND_DISPLAY || env.XDG_SESSION_TYPE === 'wayland') return false
  try {
    // "hostname-12345"
    const lock = await readlink(join(userDataDir, 'SingletonLock'))
    const active = await findActiveWindow(process.platform, env)
    return active?.processId === Number(lock.slice(lock.lastIndexOf('-') + 1))
  } catch {
    return false
  }
}
