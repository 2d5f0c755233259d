import { forkHelper, type HelperProcess, type StartHelper } from '#adapters/helper/helper-process.ts'

/** Starts real helper processes and keeps track of them, so that a test can inspect and end each. */
export function rememberingStart(): { startHelper: StartHelper; started: HelperProcess[] } {
  const started: HelperProcess[] = []
  return {
    started,
    startHelper(listener) {
      const helper = forkHelper(listener)
      started.push(helper)
      return helper
    }
  }
}

/** Of a process that this one started, and whose end it has not heard of. */
export function isRunning({ pid }: HelperProcess): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}
