import { execFile } from 'node:child_process'
import { maxPictureBytes } from '../../pictures/picture-header.ts'

const limitMs = 5000

/** What a program of the desktop prints. Rejects when it is missing, fails, or takes more than 5 s. */
export function outputOf(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const options = { env, timeout: limitMs, maxBuffer: maxPictureBytes, encoding: 'buffer' as const }
    execFile(command, args, options, (error, stdout) => {
      if (error) reject(error instanceof Error ? error : new Error(command))
      else resolve(stdout)
    })
  })
}
