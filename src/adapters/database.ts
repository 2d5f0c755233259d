import { rmSync } from 'node:fs'
import type { DatabaseSync } from 'node:sqlite'
import { damagedPath, isDamage, openSqliteFile, putAside } from './sqlite-file.ts'
import { createSentLog, sentLogSchema } from './sent-log-table.ts'
import type { CaptionCache, SentLog, SpendingLedger } from '#core/ports/storage.ts'
import type { Description } from '#shared/caption.ts'
import { DescryError } from '#shared/errors.ts'
import { t } from '#shared/messages/messages.ts'

/** Captions older than this, and beyond this number, are deleted. */
const keptDays = 30
const maxCaptions = 5000

const schema = `
  create table if not exists spending (day text primary key, usd real not null, unpriced integer not null) strict;
  create table if not exists caption (key text primary key, day text not null, description text not null) strict;
  ${sentLogSchema}
`

export interface Database {
  spending: SpendingLedger
  captions: CaptionCache
  sent: SentLog
  close(): void
}

/** Spending: US dollars, and the number of answers whose price is unknown. */
interface Amount {
  usd: number
  unpriced: number
}

/**
 * What Descry remembers between runs, in one SQLite file that only the user can read. It is opened on first use. A damaged
 * file is moved aside. Spending that cannot be written counts in this run, and is written as soon as possible.
 *
 * @param today The local date; tests move it.
 */
export function openDatabase(path: string, today: () => Date = () => new Date()): Database {
  let opened: DatabaseSync | null = null
  /** By day. */
  const unwritten = new Map<string, Amount>()

  function database(): DatabaseSync {
    if (opened) return opened
    const database = openSqliteFile(path, schema)
    database.prepare('delete from caption where day < ?').run(oldestDay())
    opened = database
    return database
  }

  /** A failing database must not cost a caption. It is tried again the next time. */
  function attempt<Value>(work: (database: DatabaseSync) => Value, otherwise: Value): Value {
    try {
      return work(database())
    } catch (error) {
      if (!isDamage(error)) return otherwise
    }
    try {
      close()
      putAside(path)
      return work(database())
    } catch {
      return otherwise
    }
  }

  function close(): void {
    opened?.close()
    opened = null
  }

  function oldestDay(): string {
    const oldest = new Date(today())
    oldest.setDate(oldest.getDate() - keptDays)
    return isoDay(oldest)
  }

  /** Deletes everything in a table, so that nothing of it is left in any file. */
  function erase(table: 'caption' | 'sent'): void {
    try {
      // Otherwise it would stay in the log until the last Descry process closes it.
      database().exec(`delete from ${table}; vacuum; pragma wal_checkpoint(truncate)`)
      rmSync(damagedPath(path), { force: true })
    } catch (cause) {
      throw new DescryError('no-permission', {
        message: table === 'caption' ? t('settings.captions-not-deleted') : t('privacy.sent-not-cleared'),
        next: t('settings.captions-not-deleted.next'),
        cause
      })
    }
  }

  /** Amounts may be negative, when less was spent than expected. */
  function book(day: string, { usd, unpriced }: Amount): void {
    if (usd === 0 && unpriced === 0) return
    const before = unwritten.get(day) ?? { usd: 0, unpriced: 0 }
    unwritten.set(day, { usd: before.usd + usd, unpriced: before.unpriced + unpriced })
    attempt(writeDown, undefined)
  }

  function writeDown(db: DatabaseSync): void {
    for (const [day, { usd, unpriced }] of unwritten) {
      db.prepare(
        // Rounded, so that an amount that is added and then subtracted leaves exactly zero.
        `insert into spending values (?, round(?, 9), ?)
         on conflict (day) do update set usd = round(usd + excluded.usd, 9), unpriced = unpriced + excluded.unpriced`
      ).run(day, usd, unpriced)
      unwritten.delete(day)
    }
  }

  /** @param days A day, or the beginning of several: "2026-11". */
  function spentIn(days: string): Amount {
    const sums = attempt(
      (db) =>
        db
          .prepare('select total(usd) as usd, total(unpriced) as unpriced from spending where substr(day, 1, ?) = ?')
          .get(days.length, days),
      undefined
    )
    const more = [...unwritten].filter(([day]) => day.startsWith(days)).map(([, amount]) => amount)
    return [{ usd: Number(sums?.['usd'] ?? 0), unpriced: Number(sums?.['unpriced'] ?? 0) }, ...more].reduce(plus)
  }

  return {
    spending: {
      expect(...estimatesUsd) {
        const expected = { day: isoDay(today()), ...amountOf(estimatesUsd) }
        book(expected.day, expected)
        return expected
      },
      settle({ day, usd, unpriced }, ...costsUsd) {
        book(day, plus(amountOf(costsUsd), { usd: -usd, unpriced: -unpriced }))
      },
      spent() {
        attempt(writeDown, undefined)
        const day = isoDay(today())
        const month = spentIn(day.slice(0, 7))
        return { todayUsd: spentIn(day).usd, monthUsd: month.usd, unpricedThisMonth: month.unpriced }
      }
    },
    captions: {
      find(key) {
        return attempt((db) => {
          const row = db.prepare('select description from caption where key = ? and day >= ?').get(key, oldestDay())
          // Descry wrote it, in a file that only the user can write.
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
      clear: () => erase('caption')
    },
    sent: createSentLog(attempt, erase, today),
    close() {
      if (unwritten.size > 0) attempt(writeDown, undefined)
      close()
    }
  }
}

/** @param costsUsd Null for an unknown price. */
function amountOf(costsUsd: (number | null)[]): Amount {
  return costsUsd
    .map((usd) => ({ usd: usd ?? 0, unpriced: usd === null ? 1 : 0 }))
    .reduce(plus, { usd: 0, unpriced: 0 })
}

function plus(one: Amount, other: Amount): Amount {
  return { usd: one.usd + other.usd, unpriced: one.unpriced + other.unpriced }
}

/** YYYY-MM-DD in local time. */
function isoDay(date: Date): string {
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
