import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs'
import { dirname } from 'node:path'
import type { LogStore } from '#core/ports/storage.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'
import { readRegularFile } from './regular-file.ts'

const maxLogBytes = 1_000_000
/** A process that was killed while it moved the log leaves its lock behind. */
const staleLockMs = 10_000

export interface LogFile extends LogStore {
  readonly path: string
  /** Errors: no-permission. */
  turn(isOn: boolean): void
  /** The lines of the old file and the current one, oldest first; empty when nothing was written yet. */
  read(): Promise<string>
}

/**
 * A log that several processes append to at once, readable by the user alone. Whether it is on is a file beside it, so
 * that `descry log on` also reaches a Descry that is running. At 1 MB it replaces the one old file.
 * docs/decisions/0086-a-log-of-its-own.md says why no library does this.
 */
export function createLogFile(path: string): LogFile {
  const switchFile = `${path}.on`
  const oldFile = `${path}.old`
  const lockFile = `${path}.lock`

  function append(line: string): void {
    // One write in append mode: lines from several processes never mix.
    const file = openSync(path, 'a', 0o600)
    let sizeBytes: number
    try {
      writeSync(file, `${line}\n`)
      sizeBytes = fstatSync(file).size
    } finally {
      closeSync(file)
    }
    if (sizeBytes >= maxLogBytes) rotate()
  }

  /** Under a lock, and after checking the size again: a second process must not move the new log over the old one. */
  function rotate(): void {
    const lockedAtMs = statSync(lockFile, { throwIfNoEntry: false })?.mtimeMs
    if (lockedAtMs !== undefined && Date.now() - lockedAtMs > staleLockMs) rmSync(lockFile, { force: true })
    closeSync(openSync(lockFile, 'wx', 0o600))
    try {
      if (statSync(path).size >= maxLogBytes) renameSync(path, oldFile)
    } finally {
      rmSync(lockFile, { force: true })
    }
  }

  return {
    path,
    isOn: () => existsSync(switchFile),
    append(line) {
      try {
        append(line)
      } catch {
        // A full disk, or a log that another process is moving, must not stop Descry.
      }
    },
    turn(isOn) {
      try {
        if (!isOn) return rmSync(switchFile, { force: true })
        mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
        closeSync(openSync(switchFile, 'w', 0o600))
      } catch (cause) {
        throw new DescryError('no-permission', { message: t('log.cannot-be-switched'), cause })
      }
    },
    async read() {
      const texts = await Promise.all([oldFile, path].map((file) => readRegularFile(file).then(String, () => '')))
      return texts.join('')
    }
  }
}
