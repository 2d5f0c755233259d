import { forkHelper, type HelperProcess, type StartHelper } from '#adapters/helper/helper-process.ts'

/** Starts real helper processes and keeps them, so that a test can look at each and end it. */
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

/** False also for one that has ended and waits for its parent to take note. */
export function isRunning({ pid }: HelperProcess): boolean {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}
