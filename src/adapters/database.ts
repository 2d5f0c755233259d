import { chmodSync, closeSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { CaptionCache, SpendingLedger } from '#core/ports.ts'
import type { Description } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'

/** Longer ago, and beyond so many, captions are forgotten. */
const keptDays = 30
const maxCaptions = 5000
/** Another Descry may be writing. */
const busyTimeoutMs = 2000

const schema = `
  pragma journal_mode = wal;
  create table if not exists spending (day text primary key, usd real not null, unpriced integer not null) strict;
  create table if not exists caption (key text primary key, day text not null, description text not null) strict;
`

export interface Database {
  spending: SpendingLedger
  captions: CaptionCache
  close(): void
}

/**
 * What Descry remembers between runs, in one SQLite file that only the user can read. It is opened when first asked. A
 * file that is damaged is kept aside; where none can be written, this run remembers in memory.
 *
 * @param today the local date; tests move it.
 */
export function openDatabase(path: string, today: () => Date = () => new Date()): Database {
  let opened: DatabaseSync | null = null

  function database(): DatabaseSync {
    opened ??= openOrStartAnew(path)
    return opened
  }

  /** What cannot be remembered must not cost a caption. */
  function attempt<Value>(work: (database: DatabaseSync) => Value, otherwise: Value): Value {
    try {
      return work(database())
    } catch {
      return otherwise
    }
  }

  function oldestDay(): string {
    const oldest = new Date(today())
    oldest.setDate(oldest.getDate() - keptDays)
    return isoDay(oldest)
  }

  return {
    spending: {
      add(costUsd) {
        attempt(
          (db) =>
            db
              .prepare(
                `insert into spending values (?, ?, ?)
                 on conflict (day) do update set usd = usd + excluded.usd, unpriced = unpriced + excluded.unpriced`
              )
              .run(isoDay(today()), costUsd ?? 0, costUsd === null ? 1 : 0),
          null
        )
      },
      spent() {
        const day = isoDay(today())
        const sum = attempt(
          (db) =>
            db
              .prepare(
                `select coalesce(sum(usd) filter (where day = ?), 0) as today, coalesce(sum(usd), 0) as month,
                        coalesce(sum(unpriced), 0) as unpriced
                 from spending where substr(day, 1, 7) = ?`
              )
              .get(day, day.slice(0, 7)),
          undefined
        )
        return {
          todayUsd: Number(sum?.['today'] ?? 0),
          monthUsd: Number(sum?.['month'] ?? 0),
          unpricedThisMonth: Number(sum?.['unpriced'] ?? 0)
        }
      }
    },
    captions: {
      find(key) {
        return attempt((db) => {
          const row = db.prepare('select description from caption where key = ? and day >= ?').get(key, oldestDay())
          // Written by ourselves, in a file that only the user can write.
          return row ? (JSON.parse(String(row['description'])) as Description) : null
        }, null)
      },
      keep(key, description) {
        attempt((db) => {
          db.prepare('insert or replace into caption values (?, ?, ?)').run(
            key,
            isoDay(today()),
            JSON.stringify(description)
          )
          db.prepare('delete from caption where day < ?').run(oldestDay())
          db.prepare(
            'delete from caption where rowid in (select rowid from caption order by rowid desc limit -1 offset ?)'
          ).run(maxCaptions)
        }, undefined)
      },
      clear() {
        try {
          // Else they would stay in the log until the last Descry closes it.
          database().exec('delete from caption; vacuum; pragma wal_checkpoint(truncate)')
          rmSync(damagedPath(path), { force: true })
        } catch (cause) {
          throw new DescryError('no-permission', {
            message: 'The kept captions could not all be forgotten.',
            next: 'Try again.',
            cause
          })
        }
      }
    },
    close() {
      opened?.close()
      opened = null
    }
  }
}

function openOrStartAnew(path: string): DatabaseSync {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    // SQLite gives its files beside it the same permissions.
    closeSync(openSync(path, 'a', 0o600))
    chmodSync(path, 0o600)
    return open(path)
  } catch (error) {
    try {
      if (!isDamage(error)) throw error
      renameSync(path, damagedPath(path))
      return open(path)
    } catch {
      return open(':memory:')
    }
  }
}

function damagedPath(path: string): string {
  return `${path}.damaged`
}

/** SQLITE_CORRUPT or SQLITE_NOTADB; a file that is merely busy must never be put aside. */
function isDamage(error: unknown): boolean {
  return error instanceof Error && 'errcode' in error && (error.errcode === 11 || error.errcode === 26)
}

function open(path: string): DatabaseSync {
  const database = new DatabaseSync(path, { timeout: busyTimeoutMs })
  try {
    database.exec(schema)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

/** YYYY-MM-DD where the user is. */
function isoDay(date: Date): string {
  const two = (figure: number): string => String(figure).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
