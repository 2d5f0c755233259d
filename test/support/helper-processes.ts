import { forkHelper, type HelperProcess, type StartHelper } from '#adapters/helper/helper-process.ts'
import { isAlive } from './process.ts'

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

export const isRunning = ({ pid }: HelperProcess): boolean => pid !== undefined && isAlive(pid)
