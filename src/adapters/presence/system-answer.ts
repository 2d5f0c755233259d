import { execFile } from 'node:child_process'

/** A desktop with many streams tells much: pw-dump a megabyte. */
const maxBytes = 32 * 1024 * 1024

/** What a program of the system prints. Rejects when it is missing or fails; the signal ends it. */
export function systemAnswer(
  command: string,
  args: string[],
  { signal, env }: { signal: AbortSignal; env?: NodeJS.ProcessEnv }
): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { signal, env, maxBuffer: maxBytes, windowsHide: true, killSignal: 'SIGKILL' as const }
    execFile(command, args, options, (error, stdout) => {
      if (error) reject(error instanceof Error ? error : new Error(command))
      else resolve(stdout)
    })
  })
}
