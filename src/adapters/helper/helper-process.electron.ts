import { utilityProcess } from 'electron'
import { helperV8Options, isOutOfMemory } from './helper-limits.ts'
import {
  giveWay,
  helperEnvironment,
  helperProgram,
  type HelperListener,
  type HelperProcess,
  type Outcome
} from './helper-process.ts'

/**
 * Starts an Electron utility process, since the packed program cannot run as Node (docs/decisions/0070). After
 * `app.whenReady()`.
 *
 * @param program for tests.
 */
export function forkUtilityHelper({ onOutcome, onGone }: HelperListener, program = helperProgram): HelperProcess {
  const child = utilityProcess.fork(program, [], {
    env: helperEnvironment,
    // Switches of Chromium, not options of Node: V8 sees only what is in this one.
    execArgv: [`--js-flags=${helperV8Options.join(' ')}`],
    stdio: 'ignore',
    serviceName: 'Descry helper'
  })
  let hasEnded = false
  child.once('spawn', () => giveWay(child.pid))
  child.on('message', (outcome: Outcome) => onOutcome(outcome))
  // Running out of memory is reported as an error too, which would crash Descry without a listener; its exit follows.
  child.on('error', () => undefined)
  child.once('exit', (code) => {
    hasEnded = true
    onGone(isOutOfMemory(code))
  })
  // child.kill() only asks the process to end, and a busy one ignores that. Before it has spawned it has no pid.
  const kill = (): void => void (child.pid !== undefined && !hasEnded && process.kill(child.pid, 'SIGKILL'))
  return {
    get pid() {
      return child.pid
    },
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- not a window's
    post: (task) => child.postMessage(task),
    kill: () => (child.pid === undefined ? void child.once('spawn', kill) : kill())
  }
}
