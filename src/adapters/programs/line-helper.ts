import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program that keeps running and reads lines, because starting PowerShell for each sentence takes a second. */
export interface LineHelper {
  /** Starts the program if it is not running. */
  send(line: string): void
  kill(): void
  /** Ends stdin, at which the program should exit; it is killed if it does not. */
  close(): Promise<void>
}

/**
 * @param start stdin and stdout are pipes; tests pass a program that speaks the same lines.
 * @param onGone The program ended, or could not be started; nothing that was sent will be answered.
 * @param endTimeoutMs How long it may take to exit by itself.
 */
export function createLineHelper(
  start: () => ChildProcess,
  onLine: (line: string) => void,
  onGone: () => void,
  endTimeoutMs = 500
): LineHelper {
  let running: ChildProcess | null = null

  function inUse(): ChildProcess {
    if (running !== null) return running
    const started = start()
    running = started
    // If it ends before it has read everything, its exit reports it.
    started.stdin?.on('error', () => undefined)
    if (started.stdout) createInterface({ input: started.stdout }).on('line', (line) => onLine(line.trim()))
    const onEnd = (): void => {
      if (running !== started) return
      running = null
      onGone()
    }
    started.once('error', onEnd)
    started.once('exit', onEnd)
    return started
  }

  return {
    send: (line) => void inUse().stdin?.write(`${line}\n`),
    kill: () => running?.kill('SIGKILL'),

    async close() {
      const closing = running
      if (closing === null) return
      closing.stdin?.end()
      const kill = setTimeout(() => closing.kill('SIGKILL'), endTimeoutMs)
      await new Promise<void>((resolve) => {
        closing.once('exit', () => resolve())
        closing.once('error', () => resolve())
      })
      clearTimeout(kill)
    }
  }
}
