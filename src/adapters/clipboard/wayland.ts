import { spawnSync } from 'node:child_process'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { endProgram } from '../programs/reaper.ts'
import { findProgram } from '../programs/run-program.ts'
import { startProgram } from '../programs/start-program.ts'
import { readWithTool, writeWithTool, type ClipboardAccess } from './clipboard-access.ts'

/** Prints a line at each change, and ends when its output is no longer read. */
const watchArgs = ['--watch', 'sh', '-c', `trap '' PIPE; echo || kill "$PPID"`]
/** A compositor that refuses does so at once; otherwise the attempt is stopped after this. */
const refusalTimeoutMs = 200
const restartMs = 3000

/**
 * Whether wl-clipboard is installed and the compositor tells it about changes. Sway, Hyprland and Plasma do, through the
 * data-control protocol, and let it read without the focus. GNOME does not.
 */
export function isWaylandWatchable(env: NodeJS.ProcessEnv): boolean {
  if (!findProgram('wl-paste', env)) return false
  const { signal } = spawnSync('wl-paste', ['--watch', 'true'], { env, timeout: refusalTimeoutMs, stdio: 'ignore' })
  return signal !== null
}

function watchWayland(env: NodeJS.ProcessEnv, onChange: () => void): () => void {
  let isEnded = false
  let restart: NodeJS.Timeout | undefined
  let end = (): void => undefined
  function begin(): void {
    const child = startProgram('wl-paste', watchArgs, { env, stdio: ['ignore', 'pipe', 'ignore'] })
    child.stdout?.on('data', () => onChange())
    child.on('error', () => undefined)
    child.once('close', () => {
      if (!isEnded) restart = setTimeout(begin, restartMs)
    })
    end = () => endProgram(child)
  }
  begin()
  return () => {
    isEnded = true
    clearTimeout(restart)
    end()
  }
}

/**
 * The Wayland clipboard, through wl-clipboard. Where the compositor does not report changes it is not watched, because
 * polling would steal the focus.
 */
export function createWaylandAccess(
  env: NodeJS.ProcessEnv,
  { isWatchable }: { isWatchable: boolean }
): ClipboardAccess {
  return {
    formats: async (timeoutMs) =>
      (await readWithTool('wl-paste', ['--list-types'], { env, timeoutMs }))?.toString().split('\n').filter(Boolean) ??
      [],
    bytes: (format, timeoutMs) => readWithTool('wl-paste', ['--no-newline', '--type', format], { env, timeoutMs }),
    writeText: (text, timeoutMs) =>
      writeWithTool('wl-copy', ['--type', 'text/plain;charset=utf-8'], text, { env, timeoutMs }),
    watch(onChange) {
      if (isWatchable) return watchWayland(env, onChange)
      throw new DescryError('no-permission', {
        message: t('capture.clipboard-no-watching'),
        next: t('capture.clipboard-no-watching.next')
      })
    }
  }
}
