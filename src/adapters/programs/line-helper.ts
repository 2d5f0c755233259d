import type { ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A program that stays and is spoken to in lines: on Windows starting PowerShell for each sentence takes about a second. */
export interface LineHelper {
  /** Starts the program when it does not run. */
  send(line: string): void
  kill(): void
  /** The program ends itself when its stdin ends; one that does not is killed. */
  close(): Promise<void>
}

/**
 * @param start stdin and stdout are pipes; tests hand in a program that speaks the same lines.
 * @param onGone The program ended, or could not be started; nothing that was sent will be answered.
 * @param endLimitMs How long it may take to end by itself.
 */
export function createLineHelper(
  start: () => ChildProcess,
  onLine: (line: string) => void,
  onGone: () => void,
  endLimitMs = 500
): LineHelper {
  let running: ChildProcess | null = null

  function inUse(): ChildProcess {
    if (running !== null) return running
    const started = start()
    running = started
    // It may end before it has read everything; that is told by its end.
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
      const kill = setTimeout(() => closing.kill('SIGKILL'), endLimitMs)
      await new Promise<void>((resolve) => {
        closing.once('exit', () => resolve())
        closing.once('error', () => resolve())
      })
      clearTimeout(kill)
    }
  }
}
