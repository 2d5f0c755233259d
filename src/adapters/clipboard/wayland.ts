import { DescryError } from '#shared/errors.ts'
import type { ClipboardAccess } from './access.ts'
import { readWithTool, writeWithTool } from './tool.ts'

/**
 * The Wayland clipboard by wl-clipboard, for sessions without XWayland. It cannot be watched: `wl-paste --watch` needs a
 * protocol that GNOME lacks, and reading again and again would steal the focus there.
 */
export function createWaylandAccess(env: NodeJS.ProcessEnv): ClipboardAccess {
  return {
    formats: async (timeoutMs) =>
      (await readWithTool('wl-paste', ['--list-types'], { env, timeoutMs }))?.toString().split('\n').filter(Boolean) ??
      [],
    bytes: (format, timeoutMs) => readWithTool('wl-paste', ['--no-newline', '--type', format], { env, timeoutMs }),
    writeText: (text, timeoutMs) =>
      writeWithTool('wl-copy', ['--type', 'text/plain;charset=utf-8'], text, { env, timeoutMs }),
    watch() {
      throw new DescryError('no-permission', {
        message: 'This Wayland session does not let Descry watch the clipboard.',
        next: 'Copy a picture, then run descry clipboard.'
      })
    }
  }
}
