import type { ClipboardAccess } from './clipboard-access.ts'
import { readWithTool, writeWithTool } from './clipboard-tool.ts'
import { watchX11Clipboard } from './clipboard-x11-events.ts'

/**
 * The X11 clipboard by xclip, which hands over the owner's own bytes at once. Each call is a process of its own: an
 * owner that hangs costs a time limit, and an X server that goes away takes nothing of ours with it.
 *
 * @param timeoutMs How long the clipboard's owner may take to answer.
 */
export function createX11Access(env: NodeJS.ProcessEnv, timeoutMs: number): ClipboardAccess {
  const options = { env, timeoutMs }
  const read = (target: string): Promise<Buffer | null> =>
    readWithTool('xclip', ['-selection', 'clipboard', '-o', '-t', target], options)
  return {
    formats: async () => (await read('TARGETS'))?.toString().split('\n').filter(Boolean) ?? [],
    bytes: read,
    writeText: (text) => writeWithTool('xclip', ['-selection', 'clipboard', '-i', '-t', 'UTF8_STRING'], text, options),
    watch: (onChange) => watchX11Clipboard(env, onChange)
  }
}
