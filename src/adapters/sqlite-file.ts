import { chmodSync, closeSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** Another Descry may be writing. */
const busyTimeoutMs = 2000

/**
 * Opens the file, and makes it where there is none: for the user alone, used by several processes at once.
 *
 * @param schema run each time. After it a power cut may cost the last seconds, never the file: nobody waits for the disk.
 * What is deleted is overwritten.
 * @throws what SQLite and the file system throw.
 */
export function openSqliteFile(path: string, schema: string): DatabaseSync {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
  // SQLite gives its files beside it the same permissions.
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
      // Of several that open a new file at once, one switches it to the log; the rest fail at once, whatever the timeout:
      // https://www.sqlite.org/wal.html#sometimes_queries_return_sqlite_busy_in_wal_mode
      if (!hasCode(error, busy) || performance.now() > lastTryMs) throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10)
    }
  }
}

/** The file is no database, or no longer a whole one. One that is merely busy or full is not damaged. */
export function isDamage(error: unknown): boolean {
  return hasCode(error, corrupt) || hasCode(error, notADatabase)
}

/** Where a damaged file is kept. */
export function damagedPath(path: string): string {
  return `${path}.damaged`
}

/** Makes room for a new file; an older damaged one is lost. */
export function putAside(path: string): void {
  renameSync(path, damagedPath(path))
  // The log of the damaged file is none of the new one.
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
