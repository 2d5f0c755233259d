import { untilAborted } from '#core/async/abort.ts'
import type { Clock } from '#core/ports/time.ts'
import { DescryError } from '#shared/errors.ts'
import { createSystemClock } from '../clock.ts'
import type { StartHelper, Task } from './helper-process.ts'
import type { HelperTasks } from './helper-tasks.ts'

export type TaskName = keyof HelperTasks
export type TaskInput<Name extends TaskName> = Parameters<HelperTasks[Name]>[0]
export type TaskOutput<Name extends TaskName> = Awaited<ReturnType<HelperTasks[Name]>>

/** A task took too long. */
export class HelperTimeoutError extends Error {}

/** A task took more memory than a helper process may have, or than the computer has. */
export class HelperMemoryError extends Error {}

export interface TaskOptions {
  timeoutMs?: number
  /** Resident memory of the process; default `maxHelperBytes`. */
  maxBytes?: number | undefined
  signal?: AbortSignal | undefined
}

export interface Helper {
  /**
   * Tasks are done one after the other; `input` is called when the task's turn comes. Errors: DescryError as the task
   * threw it; HelperTimeoutError; HelperMemoryError; an AbortError; any other Error when the task or its process failed. After an error the
   * process is ended, and the next task starts another.
   */
  ask<Name extends TaskName>(name: Name, input: () => TaskInput<Name>, options?: TaskOptions): Promise<TaskOutput<Name>>
  /** Ends the process and any task it is doing; another task starts another process. */
  close(): Promise<void>
}

/** Runs one task in a process of its own, which then ends. Errors: the same as Helper.ask. */
export async function askOnce<Name extends TaskName>(
  startProcess: StartHelper,
  name: Name,
  input: TaskInput<Name>,
  options: TaskOptions
): Promise<TaskOutput<Name>> {
  const helper = createHelper(startProcess)
  try {
    return await helper.ask(name, () => input, options)
  } finally {
    await helper.close()
  }
}

interface Running {
  kill(): void
  exchange(task: Task): Promise<unknown>
  exited: Promise<void>
}

export interface HelperOptions {
  /** A task that each new process does before any other. */
  first?: Task
  /** A process without a task is ended after this; the next task starts another. */
  maxIdleMs?: number
  clock?: Clock
}

export function createHelper(
  startProcess: StartHelper,
  { first, maxIdleMs = 60_000, clock = createSystemClock() }: HelperOptions = {}
): Helper {
  let running: Running | null = null
  let queue: Promise<unknown> = Promise.resolve()
  let ended: Promise<unknown> = Promise.resolve()
  let waiting = 0
  let cancelEnd = (): void => undefined

  async function end(): Promise<void> {
    cancelEnd()
    if (running !== null) {
      ended = Promise.all([ended, running.exited])
      running.kill()
      running = null
    }
    await ended
  }

  async function perform(name: TaskName, input: () => unknown, maxBytes?: number): Promise<unknown> {
    if (running !== null) return running.exchange({ name, input: input(), maxBytes })
    const started = startRunning(startProcess, () => {
      if (running === started) running = null
    })
    running = started
    if (first) await started.exchange(first)
    return started.exchange({ name, input: input(), maxBytes })
  }

  async function performWithin(
    name: TaskName,
    input: () => unknown,
    { timeoutMs, maxBytes, signal }: TaskOptions
  ): Promise<unknown> {
    signal?.throwIfAborted()
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer =
      timeoutMs === undefined
        ? undefined
        : setTimeout(() => reject(new HelperTimeoutError(`${name} took too long.`)), timeoutMs)
    const result = Promise.race([perform(name, input, maxBytes), late])
    try {
      return await (signal ? untilAborted(result, signal) : result)
    } catch (error) {
      // A task can only be stopped by ending its process, and a process in which a task failed cannot be trusted.
      void end()
      throw error
    } finally {
      clearTimeout(timer)
    }
  }

  function endWhenIdle(): void {
    waiting -= 1
    if (waiting === 0 && running) cancelEnd = clock.after(maxIdleMs, () => void end())
  }

  return {
    async ask<Name extends TaskName>(
      name: Name,
      input: () => TaskInput<Name>,
      options: TaskOptions = {}
    ): Promise<TaskOutput<Name>> {
      cancelEnd()
      waiting += 1
      const turn = queue.then(() => performWithin(name, input, options)).finally(endWhenIdle)
      queue = turn.catch(() => undefined)
      return (await (options.signal ? untilAborted(turn, options.signal) : turn)) as TaskOutput<Name>
    },
    close: end
  }
}

function startRunning(startProcess: StartHelper, onGone: () => void): Running {
  const gone = Promise.withResolvers<void>()
  let answer: PromiseWithResolvers<unknown> | null = null
  let isKilled = false
  const process = startProcess({
    onOutcome(outcome) {
      if (outcome.ok) answer?.resolve(outcome.value)
      else
        answer?.reject(
          outcome.failure ? new DescryError(outcome.failure.code, outcome.failure) : new Error(outcome.reason)
        )
    },
    onGone(isOutOfMemory) {
      onGone()
      gone.resolve()
      answer?.reject(
        isOutOfMemory && !isKilled
          ? new HelperMemoryError('The helper process took too much memory.')
          : new Error('The helper process ended.')
      )
    }
  })
  return {
    kill() {
      isKilled = true
      process.kill()
    },
    exited: gone.promise,
    exchange(task) {
      answer = Promise.withResolvers()
      process.post(task)
      return answer.promise
    }
  }
}
