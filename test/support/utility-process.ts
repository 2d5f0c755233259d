import { fork, type ChildProcess } from 'node:child_process'
import { EventEmitter } from 'node:events'
import { constants } from 'node:os'
import { join } from 'node:path'
import type Electron from 'electron'

const shim = join(import.meta.dirname, 'utility-process-shim.mjs')

/**
 * Electron's utility process without Electron: a real Node process whose program sees `process.type` and
 * `process.parentPort`, and no `process.send`. It follows the rules in electron-rules.ts that are in square brackets.
 */
export class FakeUtilityProcess extends EventEmitter implements Pick<Electron.UtilityProcess, 'pid' | 'postMessage'> {
  readonly modulePath: string
  readonly options: Electron.ForkOptions
  readonly #child: ChildProcess
  #isSpawned = false

  constructor(modulePath: string, options: Electron.ForkOptions = {}) {
    super()
    this.modulePath = modulePath
    this.options = options
    // [empty-env-inherits]
    const isOwnEnvironment = Object.keys(options.env ?? {}).length > 0
    this.#child = fork(modulePath, {
      serialization: 'advanced',
      env: isOwnEnvironment ? (options.env as NodeJS.ProcessEnv) : process.env,
      execArgv: [...v8Flags(options.execArgv ?? []), '--import', shim],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc']
    })
    this.#child.once('spawn', () => {
      this.#isSpawned = true
      this.emit('spawn')
    })
    this.#child.on('message', (message) => {
      this.emit('message', structuredClone((message as unknown as { posted: unknown }).posted))
    })
    this.#child.once('exit', (code, signal) => {
      this.#isSpawned = false
      // [utility-exit-code]
      this.emit('exit', code ?? (signal === null ? 1 : constants.signals[signal]))
    })
  }

  /** [utility-pid-while-it-runs] */
  get pid(): number | undefined {
    return this.#isSpawned ? this.#child.pid : undefined
  }

  /** [utility-messages-are-cloned] */
  postMessage(message: unknown): void {
    this.#child.send(structuredClone(message) as object, () => undefined)
  }
}

/** [heap-limit-is-a-js-flag] Node's own options have no effect either. */
function v8Flags(execArgv: readonly string[]): string[] {
  const name = '--js-flags='
  // Chromium's command line takes the last of equal switches.
  const flags = execArgv.findLast((argument) => argument.startsWith(name))
  return flags === undefined ? [] : flags.slice(name.length).split(' ').filter(Boolean)
}
