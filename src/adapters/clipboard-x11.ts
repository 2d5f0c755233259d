import type { ClipboardAccess } from './clipboard-access.ts'
import { createNativeAccess } from './clipboard-native.ts'
import { isInstalled, writeWithTool } from './clipboard-tool.ts'
import { watchX11Clipboard } from './clipboard-x11-events.ts'
import { listX11Targets, readX11Target } from './clipboard-x11-selection.ts'

/** The X11 clipboard: read and watched over the X server's socket, written by xclip, or the native module without it. */
export function createX11Access(env: NodeJS.ProcessEnv): ClipboardAccess {
  return {
    formats: (timeoutMs) => listX11Targets(env, timeoutMs),
    bytes: (target, timeoutMs) => readX11Target(env, target, timeoutMs),
    writeText: (text, timeoutMs) =>
      isInstalled('xclip', env)
        ? writeWithTool('xclip', ['-selection', 'clipboard', '-i', '-t', 'UTF8_STRING'], text, { env, timeoutMs })
        : createNativeAccess().writeText(text, timeoutMs),
    watch: (onChange) => watchX11Clipboard(env, onChange)
  }
}
