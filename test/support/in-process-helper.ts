import type { StartHelper } from '#adapters/helper/helper-process.ts'
import { performTask } from '#adapters/helper/helper-tasks.ts'

/** A helper that does its tasks in this process, for tests of hundreds of files whose decoders cannot end it. */
export const startInProcess: StartHelper = ({ onOutcome, onGone }) => ({
  pid: undefined,
  post: (task) => void performTask(task).then(onOutcome),
  kill: () => onGone(false)
})
