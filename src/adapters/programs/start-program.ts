import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { endProgram, endWithUs } from './reaper.ts'

export interface StartOptions extends Pick<SpawnOptions, 'cwd' | 'env' | 'stdio'> {
  /** Ends the program. */
  signal?: AbortSignal | undefined
  /** The program is ended after this; default: it may take as long as it likes. */
  timeoutMs?: number | undefined
}

/** Elsewhere a process group would be a new window of the console. */
const hasGroups = process.platform !== 'win32'

/** Options of `spawn` for a program that ends together with all that it starts itself. */
export const groupOptions = { detached: hasGroups, windowsHide: true }

/**
 * Starts a program without a shell, in a process group of its own: Ctrl-C at the terminal does not reach it, so that Descry can
 * finish what it is doing. The program ends with Descry, however that ends. A missing program is reported by `error`.
 */
export function startProgram(
  command: string,
  args: readonly string[],
  { signal, timeoutMs, ...options }: StartOptions = {}
): ChildProcess {
  const child = spawn(command, args, { ...options, ...groupOptions })
  endWithUs(child, { isGroup: hasGroups })
  const end = (): void => endProgram(child)
  const limit = timeoutMs === undefined ? undefined : setTimeout(end, timeoutMs)
  const forget = (): void => {
    clearTimeout(limit)
    signal?.removeEventListener('abort', end)
  }
  child.once('close', forget)
  child.once('error', forget)
  if (signal?.aborted) end()
  else signal?.addEventListener('abort', end)
  return child
}
