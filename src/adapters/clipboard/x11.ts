import type { ClipboardAccess } from './access.ts'
import { createNativeAccess } from './native.ts'
import { isInstalled, writeWithTool } from './tool.ts'
import { watchX11Clipboard } from './x11-events.ts'
import { createX11Selection } from './x11-selection.ts'

/** The X11 clipboard: read and watched over the X server's socket, written by xclip, or the native module without it. */
export function createX11Access(env: NodeJS.ProcessEnv): ClipboardAccess {
  const selection = createX11Selection(env)
  return {
    formats: (timeoutMs) => selection.list(timeoutMs),
    bytes: (target, timeoutMs) => selection.read(target, timeoutMs),
    writeText: (text, timeoutMs) =>
      isInstalled('xclip', env)
        ? writeWithTool('xclip', ['-selection', 'clipboard', '-i', '-t', 'UTF8_STRING'], text, { env, timeoutMs })
        : createNativeAccess().writeText(text, timeoutMs),
    watch(onChange) {
      const stopWatching = watchX11Clipboard(env, onChange)
      const letGo = selection.keepReady()
      return () => {
        stopWatching()
        letGo()
      }
    }
  }
}
