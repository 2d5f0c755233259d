import { lstatSync, mkdtempSync, readFileSync } from 'node:fs'
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import { removeWithUs } from './reaper.ts'

// Everything temporary is in one folder for each process, which only the user can read, and which goes with the process.

/** The id of the process and when it started; an id alone may be another process's by now. */
const ownFolder = /^descry-(\d+)-(\d+)-\w{6}$/u

let own: string | null = null

/** A temporary folder that is removed with its content after `use`, and at the latest with this process. */
export async function withTemporaryFolder<Result>(
  name: string,
  use: (folder: string) => Promise<Result>
): Promise<Result> {
  const folder = await createTemporaryFolder(name)
  try {
    return await use(folder)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The same for a caller that removes it itself. */
export function createTemporaryFolder(name: string): Promise<string> {
  return mkdtemp(join(processFolder(), `${name}-`))
}

function processFolder(): string {
  // Systems remove old files from the temporary folder, while Descry may run for weeks.
  if (own !== null && lstatSync(own, { throwIfNoEntry: false }) === undefined) own = null
  if (own === null) {
    own = mkdtempSync(join(tmpdir(), `descry-${process.pid}-${startTicks(process.pid)}-`))
    removeWithUs(own)
  }
  return own
}

/**
 * Removes what processes of this user left behind that were killed together with their reaper, as at the end of a session. Never
 * rejects.
 */
export async function removeLeftovers(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => [])
  const uid = process.platform === 'win32' ? null : userInfo().uid
  for (const name of names) {
    const [, pid, started] = ownFolder.exec(name) ?? []
    if (pid === undefined || isRunning(Number(pid), Number(started))) continue
    const path = join(tmpdir(), name)
    const stats = await lstat(path).catch(() => null)
    if (stats?.isDirectory() && (uid === null || stats.uid === uid))
      await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
}

function isRunning(pid: number, started: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // Another user's process cannot be signaled.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return startTicks(pid) === started
}

/** When a process started, in ticks since the computer did; 0 where only Linux would say. */
function startTicks(pid: number): number {
  try {
    // The name, in parentheses, may contain anything. https://man7.org/linux/man-pages/man5/proc_pid_stat.5.html
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/su, '')
    return Number(afterName.trim().split(' ')[19])
  } catch {
    return 0
  }
}
