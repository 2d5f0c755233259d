import { fork } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { constants, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Failure } from '#shared/errors.ts'
import { helperV8Options, isOutOfMemory } from './helper-limits.ts'
import { readableFolders } from './readable-folders.ts'

// Reading text takes a lot of memory, and a hostile SVG, TIFF or PDF can crash or occupy the process that draws it. So both
// happen in a process of their own (helper-program.ts), which may die, and which returns its memory when it ends.

export interface Task {
  /** Of a task in helper-program.ts. */
  name: string
  input: unknown
  /** Resident memory that the process may have meanwhile; default `maxHelperBytes`. */
  maxBytes?: number | undefined
}

/** `failure` is null for an error that is not a DescryError. */
export type Outcome = { ok: true; value: unknown } | { ok: false; failure: Failure | null; reason: string }

/** One started process; it does one task at a time. */
export interface HelperProcess {
  readonly pid: number | undefined
  post(task: Task): void
  /** Ends it at once, whatever it is doing; `onGone` follows. */
  kill(): void
}

export interface HelperListener {
  onOutcome: (outcome: Outcome) => void
  /** It ended, or could not be started. `isOutOfMemory` only counts if nobody has ended it. */
  onGone: (isOutOfMemory: boolean) => void
}

export type StartHelper = (listener: HelperListener) => HelperProcess

/** Next to this file, as source or as built by scripts/build.ts. */
export const helperProgram = fileURLToPath(
  new URL(`./helper-program.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)
)

/**
 * Nothing of the user's environment, except that Windows programs need SystemRoot. Not empty, because Electron takes an empty
 * environment for none and hands on the whole of its own.
 */
export const helperEnvironment: Record<string, string> = {
  LANG: 'C.UTF-8',
  ...(process.env.SystemRoot && { SystemRoot: process.env.SystemRoot })
}

/**
 * Reading text uses the processor fully for seconds, so speech, the window and the screen reader come first. Not the lowest
 * priority, which on Windows means "only while idle", so a busy computer would never check anything. Where memory runs out, Linux
 * ends a helper before any other program.
 */
export function giveWay(pid: number | undefined): void {
  if (pid === undefined) return
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
    if (process.platform === 'linux') writeFileSync(`/proc/${pid}/oom_score_adj`, '1000')
  } catch {
    // It has ended already, or the system does not allow it.
  }
}

/**
 * Starts Node. The helper may read its program, fonts and language data, and start threads, but neither read other files, nor
 * write files, nor start programs.
 *
 * @param program for tests.
 */
export function forkHelper({ onOutcome, onGone }: HelperListener, program = helperProgram): HelperProcess {
  const child = fork(program, {
    serialization: 'advanced',
    execArgv: [
      ...process.execArgv,
      ...helperV8Options,
      '--permission',
      ...readableFolders(program).map((folder) => `--allow-fs-read=${folder}`),
      '--allow-addons',
      '--allow-worker'
    ],
    env: helperEnvironment,
    stdio: ['ignore', 'ignore', 'ignore', 'ipc']
  })
  giveWay(child.pid)
  child.on('message', (outcome) => onOutcome(outcome as unknown as Outcome))
  child.once('exit', (code, signal) => onGone(isOutOfMemory(signal ?? code)))
  child.once('error', () => onGone(false))
  return {
    pid: child.pid,
    // If this fails, the process has ended, which is reported by `exit`.
    post: (task) => void child.send(task, () => undefined),
    kill: () => void child.kill('SIGKILL')
  }
}
