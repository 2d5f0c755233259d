import { fork } from 'node:child_process'
import { constants, setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import type { Failure } from '#shared/errors.ts'
import { readableFolders } from './readable-folders.ts'

// Reading text takes a lot of memory, and a hostile SVG, TIFF or PDF can crash or occupy the process that draws it. So both
// happen in a process of their own (helper-program.ts), which may die, and which returns its memory when it ends.

export interface Task {
  /** Of a task in helper-program.ts. */
  name: string
  input: unknown
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
  /** It ended, or could not be started. */
  onGone: () => void
}

export type StartHelper = (listener: HelperListener) => HelperProcess

/** Next to this file, as source or as built by scripts/build.ts. */
export const helperProgram = fileURLToPath(
  new URL(`./helper-program.${import.meta.url.endsWith('.ts') ? 'ts' : 'js'}`, import.meta.url)
)

/**
 * Options of V8. The first limits the JavaScript heap only; pictures are outside it and have their own limits. The second
 * forbids `eval`: with it, fonts in a PDF once ran code of their own in pdf.js (CVE-2024-4367).
 */
export const helperV8Options = ['--max-old-space-size=512', '--disallow-code-generation-from-strings']

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
 * priority, which on Windows means "only while idle", so a busy computer would never check anything.
 */
export function giveWay(pid: number | undefined): void {
  try {
    if (pid !== undefined) setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL)
  } catch {
    // It has ended already, or the system does not allow it; then it keeps its normal priority.
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
  child.once('exit', onGone)
  child.once('error', onGone)
  return {
    pid: child.pid,
    // If this fails, the process has ended, which is reported by `exit`.
    post: (task) => void child.send(task, () => undefined),
    kill: () => void child.kill('SIGKILL')
  }
}
