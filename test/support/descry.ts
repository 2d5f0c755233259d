import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { endProcessesOf, run, start, type Running } from './process.ts'

/** The installed command line. */
export const descryProgram = fileURLToPath(new URL('../../bin/descry.js', import.meta.url))

/** A separate home for the command line, without display, bus, sound or key. */
export interface CliHome {
  dir: string
  env: NodeJS.ProcessEnv
  /** Runs `descry` to its end. */
  descry(
    args: string[],
    options?: { input?: string | Uint8Array; env?: NodeJS.ProcessEnv; cwd?: string }
  ): Promise<{ code: number | null; stdout: string; stderr: string }>
  start(args: string[], env?: NodeJS.ProcessEnv): Running
  /** Ends what was started in this home and is still there. */
  remove(): Promise<void>
}

/** @param base The environment of a private desktop, if one is needed. */
export async function createCliHome(base: NodeJS.ProcessEnv = {}): Promise<CliHome> {
  const dir = await mkdtemp(join(tmpdir(), 'descry-cli-'))
  const env: NodeJS.ProcessEnv = { PATH: process.env.PATH, LANG: 'C.UTF-8', HOME: dir, ...base, DESCRY_HOME: dir }
  return {
    dir,
    env,
    async descry(args, options = {}) {
      const { code, stdout, stderr } = await run(process.execPath, [descryProgram, ...args], {
        ...options,
        env: { ...env, ...options.env }
      })
      return { code, stdout: stdout.toString('utf8'), stderr: stderr.toString('utf8') }
    },
    start: (args, more = {}) => start(process.execPath, [descryProgram, ...args], { env: { ...env, ...more } }),
    async remove() {
      await endProcessesOf(dir)
      await rm(dir, { recursive: true, force: true, maxRetries: 3 })
    }
  }
}
