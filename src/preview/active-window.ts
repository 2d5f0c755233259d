import { readlink } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Whether Chromium's window is the one the user is in. The page cannot tell: under Playwright document.hasFocus() is
 * always true. So the system is asked whose window is active. Where it does not say (Wayland), the answer is no: then
 * captions are spoken, and never lost.
 *
 * @param userDataDir Chromium's; its lock there names the browser's process.
 */
export async function isChromiumActive(userDataDir: string): Promise<boolean> {
  try {
    // "hostname-12345"
    const lock = await readlink(join(userDataDir, 'SingletonLock'))
    // Loaded when first asked: a native module, and not every system has it.
    const { activeWindowAsync } = await import('@miniben90/x-win')
    const active = await activeWindowAsync()
    return active.info.processId === Number(lock.slice(lock.lastIndexOf('-') + 1))
  } catch {
    return false
  }
}
