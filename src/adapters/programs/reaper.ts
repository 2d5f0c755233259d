import { spawn, type ChildProcess } from 'node:child_process'
import { rmSync } from 'node:fs'

// What must not outlive this process, however it ends: programs that it started, and temporary files with pictures in them.
// An exit handler is not run after SIGKILL or a crash, so a shell waits for the end of this process as well
// (docs/decisions/0111).

/** Process ids; a negative one stands for a process group. */
const targets = new Set<number>()
const paths = new Set<string>()
let reaper: ChildProcess | null = null
let isListening = false

/**
 * Its stdin closes when Descry has ended. Each line replaces the one before: the targets, separated by spaces, then paths, each
 * after a tab. It runs in a session of its own, so that Ctrl-C and a closing terminal do not end it.
 */
const script = `
trap "" HUP INT QUIT TERM
state=none
while IFS= read -r line; do state=$line; done
set -f
IFS="\t"
set -- $state
targets=$1
shift
IFS=" "
kill -s KILL -- $targets
rm -rf -- "$@"`

/**
 * Ends a started program with this process. On Windows libuv does that, through a job object.
 *
 * @param isGroup It was started `detached`, so that all it starts itself is in its process group, and ends as well.
 * @param leaves A file that it may leave behind when it is killed.
 */
export function endWithUs(
  child: ChildProcess,
  { isGroup = false, leaves }: { isGroup?: boolean; leaves?: string | undefined } = {}
): void {
  const { pid } = child
  if (pid === undefined) return
  const target = isGroup ? -pid : pid
  targets.add(target)
  if (leaves !== undefined) paths.add(leaves)
  tell()
  // Not exit: what it has started may outlive it, and hold its pipes.
  child.once('close', () => {
    targets.delete(target)
    if (leaves !== undefined) paths.delete(leaves)
    tell()
  })
}

/** Removes a file or folder when this process ends; the returned function takes that back. */
export function removeWithUs(path: string): () => void {
  paths.add(path)
  tell()
  return () => {
    paths.delete(path)
    tell()
  }
}

/** Ends a program that was given to `endWithUs`, at once, and all that it started itself if it has a group. */
export function endProgram({ pid }: ChildProcess): void {
  // Once it has closed, its id may belong to another process.
  const target = [-(pid ?? 0), pid ?? 0].find((one) => targets.has(one))
  if (target !== undefined) kill(target)
}

function kill(target: number): void {
  try {
    process.kill(target, 'SIGKILL')
  } catch {
    // It has ended.
  }
}

function tell(): void {
  if (!isListening) process.once('exit', cleanUp)
  isListening = true
  if (process.platform === 'win32') return
  reaper ??= startReaper()
  // A name with a tab or line break would be taken for several; what is left then goes at the next start.
  const plain = [...paths].filter((path) => !/[\t\n]/u.test(path))
  reaper.stdin?.write(`${[[...targets].join(' ') || 'none', ...plain].join('\t')}\n`)
}

function startReaper(): ChildProcess {
  const started = spawn('/bin/sh', ['-c', script], {
    cwd: '/',
    env: { PATH: process.env.PATH ?? '/usr/bin:/bin' },
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore']
  })
  const forget = (): void => {
    if (reaper === started) reaper = null
  }
  started.once('error', forget)
  started.once('exit', forget)
  started.stdin.on('error', () => undefined)
  // It must not keep Descry running.
  started.unref()
  ;(started.stdin as unknown as { unref(): void }).unref()
  return started
}

function cleanUp(): void {
  for (const target of targets) kill(target)
  for (const path of paths) {
    try {
      rmSync(path, { recursive: true, force: true })
    } catch {
      // A program that is just ending may still use it; the reaper, or the next start, removes it.
    }
  }
}
