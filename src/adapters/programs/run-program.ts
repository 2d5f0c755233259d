import { execFile } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'
import { endWithUs } from './reaper.ts'

const execute = promisify(execFile)

export interface RunOptions {
  /** Default: this process's own. */
  env?: NodeJS.ProcessEnv | undefined
  /** Ends the program. */
  signal?: AbortSignal | undefined
  /** The program is killed after this; default: it may take as long as it likes. */
  timeoutMs?: number
  /** A program that prints more is killed; default 32 MB. */
  maxBytes?: number
}

/** Fields of the errors below that say what went wrong. */
export interface ProgramError extends Error {
  code?: string | number
  /** Whether it was ended by the timeout or the signal. */
  killed?: boolean
  stderr: Buffer
}

/**
 * Runs a program without a shell, for as long as Descry runs at most, and returns what it prints. Rejects with a ProgramError when it is missing, fails, takes
 * too long or prints too much.
 */
export async function runProgram(
  command: string,
  args: readonly string[],
  { env, signal, timeoutMs = 0, maxBytes = 32 * 1024 * 1024 }: RunOptions = {}
): Promise<Buffer> {
  const running = execute(command, args, {
    env,
    signal,
    timeout: timeoutMs,
    maxBuffer: maxBytes,
    killSignal: 'SIGKILL',
    windowsHide: true,
    encoding: 'buffer'
  })
  endWithUs(running.child)
  const { stdout } = await running
  return stdout
}

/** The same, as text. */
export async function programText(command: string, args: readonly string[], options?: RunOptions): Promise<string> {
  return (await runProgram(command, args, options)).toString('utf8')
}

/** The full path of a program on the PATH, or null. */
export function findProgram(name: string, env: NodeJS.ProcessEnv): string | null {
  for (const folder of (env.PATH ?? '').split(delimiter)) {
    const path = join(folder, name)
    try {
      accessSync(path, constants.X_OK)
      return path
    } catch {
      // Not in this folder.
    }
  }
  return null
}
