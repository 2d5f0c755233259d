import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'

/** A process that the test ends by its id. */
export interface Running {
  readonly child: ChildProcess
  readonly pid: number
  /** SIGTERM, then SIGKILL after 2 s; resolves when it is gone. */
  end(): Promise<void>
}

/** Starts a program; stdout and stderr are piped. */
export function start(command: string, args: string[], options: SpawnOptions = {}): Running {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'], ...options })
  // Unread output would fill the pipe and stall the program.
  child.stdout?.resume()
  child.stderr?.resume()
  child.on('error', () => undefined)
  const closed = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  return {
    child,
    pid: child.pid ?? -1,
    async end() {
      if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
      child.kill('SIGTERM')
      const kill = setTimeout(() => child.kill('SIGKILL'), 2000)
      await closed
      clearTimeout(kill)
    }
  }
}

/** Runs a program to its end. */
export async function run(
  command: string,
  args: string[],
  options: SpawnOptions & { input?: string | Uint8Array; timeoutMs?: number } = {}
): Promise<{ code: number | null; signal: NodeJS.Signals | null; stdout: Buffer; stderr: Buffer }> {
  const { input, timeoutMs = 60_000, ...rest } = options
  const child = spawn(command, args, { ...rest, stdio: [input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'] })
  const stdout: Buffer[] = []
  const stderr: Buffer[] = []
  child.stdout?.on('data', (chunk: Buffer) => stdout.push(chunk))
  child.stderr?.on('data', (chunk: Buffer) => stderr.push(chunk))
  child.stdin?.on('error', () => undefined)
  if (input !== undefined) child.stdin?.end(input)
  const kill = setTimeout(() => child.kill('SIGKILL'), timeoutMs)
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null]
  clearTimeout(kill)
  return { code, signal, stdout: Buffer.concat(stdout), stderr: Buffer.concat(stderr) }
}

/** Whether a process still runs. In a container whose first process waits for nobody, one that has ended stays as a zombie. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return process.platform !== 'linux' || !/^\d+ \(.*\) Z/su.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

/** Polls until `probe` returns something other than undefined, null or false. Fails after `timeoutMs`. */
export async function until<Value>(
  probe: () => Value | Promise<Value>,
  { timeoutMs = 45_000, everyMs = 20, what = 'the condition' } = {}
): Promise<NonNullable<Exclude<Value, false>>> {
  const deadline = performance.now() + timeoutMs
  for (;;) {
    const value = await probe()
    if (value !== undefined && value !== null && value !== false) return value as NonNullable<Exclude<Value, false>>
    if (performance.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}.`)
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}

/**
 * Ends, by id, every process that has this HOME in its environment: speech-dispatcher, for one, is started by a library and
 * outlives the program that uses it. Only on Linux, which tells of each process's environment.
 */
export async function endProcessesOf(home: string): Promise<void> {
  if (process.platform !== 'linux') return
  const mine = async (): Promise<number[]> => {
    const found: number[] = []
    for (const name of await readdir('/proc')) {
      if (!/^\d+$/u.test(name) || Number(name) === process.pid) continue
      const environment = await readFile(`/proc/${name}/environ`, 'latin1').catch(() => '')
      if (environment.split('\0').includes(`HOME=${home}`)) found.push(Number(name))
    }
    return found
  }
  const kill = (pids: number[], signal: NodeJS.Signals): void => {
    for (const pid of pids) {
      try {
        process.kill(pid, signal)
      } catch {
        // already gone
      }
    }
  }
  kill(await mine(), 'SIGTERM')
  const deadline = performance.now() + 1500
  let left = await mine()
  while (left.length > 0 && performance.now() < deadline) {
    await new Promise((resolve) => setTimeout(resolve, 50))
    left = await mine()
  }
  kill(left, 'SIGKILL')
}
