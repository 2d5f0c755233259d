import { execFile, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

const maxBytes = 100_000_000

/** True when `command` is an executable on the PATH. */
export function isInstalled(command: string, env: NodeJS.ProcessEnv): boolean {
  return (env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, command), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Nobody answered in time: the program that owns the clipboard hangs. */
export function ownerHangs(cause: unknown): DescryError {
  return new DescryError('timed-out', {
    message: t('capture.clipboard-owner-hangs'),
    next: t('capture.clipboard-owner-hangs.next'),
    cause
  })
}

/**
 * What a clipboard program prints; null when it fails, as wl-paste does when a format is not there.
 * Errors: timed-out, too-large (more than 100 MB), no-permission (no display).
 */
export function readWithTool(
  command: string,
  args: string[],
  { env, timeoutMs }: { env: NodeJS.ProcessEnv; timeoutMs: number }
): Promise<Buffer | null> {
  return new Promise((resolve, reject) => {
    const options = { env, timeout: timeoutMs, killSignal: 'SIGKILL', maxBuffer: maxBytes, encoding: 'buffer' } as const
    execFile(command, args, options, (error, stdout, stderr) => {
      if (!error) resolve(stdout)
      else if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER')
        reject(new DescryError('too-large', { cause: error }))
      else if (error.killed) reject(ownerHangs(error))
      else if (/failed to connect/iu.test(stderr.toString())) {
        reject(
          new DescryError('no-permission', {
            message: t('capture.clipboard-unreachable'),
            next: t('capture.run-in-desktop'),
            cause: error
          })
        )
      } else resolve(null)
    })
  })
}

/** Hands text to a clipboard program, which goes on holding it in the background. */
export function writeWithTool(
  command: string,
  args: string[],
  text: string,
  { env, timeoutMs }: { env: NodeJS.ProcessEnv; timeoutMs: number }
): Promise<void> {
  return new Promise((resolve, reject) => {
    // Its output must not be a pipe: the program stays and would keep it open.
    const child = spawn(command, args, { env, stdio: ['pipe', 'ignore', 'ignore'], timeout: timeoutMs })
    const failed = (cause?: unknown): void =>
      reject(new DescryError('no-permission', { message: t('capture.copy-failed'), cause }))
    child.once('error', failed)
    child.once('exit', (code) => (code === 0 ? resolve() : failed()))
    child.stdin.on('error', () => undefined)
    child.stdin.end(text)
  })
}
