import { spawn } from 'node:child_process'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { runProgram, type ProgramError } from '../programs/run-program.ts'

/**
 * One way to reach the clipboard. Formats are MIME types, also on systems with their own names for them; a name without a
 * MIME type (a password manager's mark) is passed on as it is. Copied files are a text/uri-list everywhere.
 * `timeoutMs` is how long the program that owns the clipboard may take.
 */
export interface ClipboardAccess {
  /** The formats on the clipboard; empty for an empty clipboard. */
  formats(timeoutMs: number): Promise<string[]>
  /** The original bytes in one of `formats()`; null when it is no longer there. */
  bytes(format: string, timeoutMs: number): Promise<Uint8Array | null>
  writeText(text: string, timeoutMs: number): Promise<void>
  /** Calls back after each change; returns a disposer. */
  watch(onChange: () => void): () => void
}

/** Nothing larger than this is read from the clipboard. */
export const maxClipboardBytes = 100_000_000

/** The program that owns the clipboard did not answer in time. */
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
export async function readWithTool(
  command: string,
  args: string[],
  { env, timeoutMs }: { env: NodeJS.ProcessEnv; timeoutMs: number }
): Promise<Buffer | null> {
  try {
    return await runProgram(command, args, { env, timeoutMs, maxBytes: maxClipboardBytes })
  } catch (cause) {
    const { code, killed, stderr } = cause as ProgramError
    if (code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') throw new DescryError('too-large', { cause })
    if (killed) throw ownerHangs(cause)
    if (!/failed to connect/iu.test(stderr.toString())) return null
    throw new DescryError('no-permission', {
      message: t('capture.clipboard-unreachable'),
      next: t('capture.run-in-desktop'),
      cause
    })
  }
}

/** Hands text to a clipboard program, which keeps it available in the background. */
export function writeWithTool(
  command: string,
  args: string[],
  text: string,
  { env, timeoutMs }: { env: NodeJS.ProcessEnv; timeoutMs: number }
): Promise<void> {
  return new Promise((resolve, reject) => {
    // Its output must not be a pipe: the program keeps running and would keep the pipe open.
    const child = spawn(command, args, { env, stdio: ['pipe', 'ignore', 'ignore'], timeout: timeoutMs })
    const fail = (cause?: unknown): void =>
      reject(new DescryError('no-permission', { message: t('capture.copy-failed'), cause }))
    child.once('error', fail)
    child.once('exit', (code) => (code === 0 ? resolve() : fail()))
    child.stdin.on('error', () => undefined)
    child.stdin.end(text)
  })
}
