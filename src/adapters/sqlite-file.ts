import { chmodSync, closeSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Another Descry process may be writing. */
const busyTimeoutMs = 2000

/**
 * Opens or creates the file, readable by the user only. Several processes may use it at once. A power cut may lose the
 * last seconds, since nothing waits for the disk, but never the file. Deleted content is overwritten.
 *
 * @param schema SQL, run each time the file is opened.
 * @throws what SQLite and the file system throw.
 */
export function openSqliteFile(path: string, schema: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  // SQLite gives the files next to it the same permissions.
  closeSync(openSync(path, 'a', 0o600))
  chmodSync(path, 0o600)
  const lastTryMs = performance.now() + busyTimeoutMs
  for (;;) {
    const database = new DatabaseSync(path, { timeout: busyTimeoutMs })
    try {
      database.exec(`pragma journal_mode = wal; pragma synchronous = normal; pragma secure_delete = on; ${schema}`)
      return database
    } catch (error) {
      database.close()
      // When several processes open a new file, one switches it to WAL and the others fail at once, whatever the timeout:
      // https://www.sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode
      if (!hasCode(error, busy) || performance.now() > lastTryMs) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

/** Whether the file is not a database, or a corrupt one. Busy or full does not count as damaged. */
export function isDamage(error: unknown): boolean {
  return hasCode(error, corrupt) || hasCode(error, notADatabase)
}

/** Where a damaged file is moved to. */
export function damagedPath(path: string): string {
  return `${path}.damaged`
}

/** Moves a damaged file aside, over any older one. */
export function putAside(path: string): void {
  renameSync(path, damagedPath(path))
  // The damaged file's log must not be applied to the new one.
  for (const end of ['-wal', '-shm']) rmSync(path + end, { force: true })
}

const [busy, corrupt, notADatabase] = [5, 11, 26]

/** SQLite's extended result codes have the primary one in their lowest byte. */
function hasCode(error: unknown, primary: number): boolean {
  return (
    error instanceof Error &&
    'errcode' in error &&
    typeof error.errcode === 'number' &&
    (error.errcode & 0xff) === primary
  )
}
