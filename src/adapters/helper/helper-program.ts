import { Worker } from 'node:worker_threads'
import { closeNetwork } from './closed-network.ts'
import { maxHelperBytes } from './helper-limits.ts'
import type { Outcome, Task } from './helper-process.ts'
import { performTask } from './helper-tasks.ts'

/** The helper process: an entry point like main.ts. */

/** In bytes; another thread reads it. */
const memoryLimit = new Float64Array(new SharedArrayBuffer(8))

function perform(task: Task): Promise<Outcome> {
  memoryLimit[0] = task.maxBytes ?? maxHelperBytes
  return performTask(task)
}

/**
 * Ends this process when it takes too much memory, and with its parent. A picture may keep the main thread busy forever, so
 * another thread watches.
 */
function watchOver({ hasParent }: { hasParent: boolean }): void {
  const watch = `
    const { memoryLimit, hasParent } = require('node:worker_threads').workerData
    const end = () => process.kill(process.pid, 'SIGKILL')
    setInterval(() => { if (process.memoryUsage.rss() > memoryLimit[0]) end() }, 20)
    const parent = process.ppid
    const isThere = () => { try { return process.ppid === parent && process.kill(parent, 0) } catch { return false } }
    if (hasParent) setInterval(() => { if (!isThere()) end() }, 1000)`
  const resourceLimits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 }
  new Worker(watch, { eval: true, resourceLimits, workerData: { memoryLimit, hasParent } }).unref()
}

interface ElectronPort {
  on(event: 'message', listener: (message: { data: Task }) => void): void
  postMessage(message: Outcome): void
}

// Before anything that reads pictures is loaded.
closeNetwork()

/** Only in Electron's utility process. */
const electronPort = (process as unknown as { parentPort?: ElectronPort }).parentPort
memoryLimit[0] = maxHelperBytes
// Electron ends its processes itself.
watchOver({ hasParent: !electronPort })
if (electronPort) {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window's
  electronPort.on('message', ({ data }) => void perform(data).then((outcome) => electronPort.postMessage(outcome)))
} else {
  process.on('message', (task: Task) => void perform(task).then((outcome) => process.send?.(outcome)))
  // The helper must not outlive the program that started it.
  process.once('disconnect', () => process.exit())
}
