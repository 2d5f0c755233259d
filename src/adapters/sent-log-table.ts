import type { DatabaseSync } from 'node:sqlite'
import type { SentLog } from '#core/ports/storage.ts'
import { sentPictureSchema, type SentPicture } from '#shared/sent.ts'

/** Entries older than this, and beyond this number, are deleted. */
const keptDays = 90
const maxEntries = 5000

export const sentLogSchema = `
  create table if not exists sent (
    id integer primary key, at text not null, provider text not null, model text not null,
    width integer not null, height integer not null, bytes integer not null, hidden text not null, usd real
  ) strict;
`

/**
 * The list of sent pictures, as a table of Descry's database.
 *
 * @param attempt Runs work on the database; its second argument is the result if that fails.
 * @param clear Deletes everything in a table, for certain. Errors: no-permission.
 */
export function createSentLog(
  attempt: <Value>(work: (database: DatabaseSync) => Value, otherwise: Value) => Value,
  clear: (table: 'sent') => void,
  now: () => Date
): SentLog {
  return {
    note({ provider, model, widthPx, heightPx, bytes, hidden }) {
      const id = attempt((database) => {
        const values = [now().toISOString(), provider, model, widthPx, heightPx, bytes, JSON.stringify(hidden)]
        const { lastInsertRowid } = database
          .prepare('insert into sent values (null, ?, ?, ?, ?, ?, ?, ?, null)')
          .run(...values)
        const oldest = new Date(now())
        oldest.setDate(oldest.getDate() - keptDays)
        database.prepare('delete from sent where at < ?').run(oldest.toISOString())
        database
          .prepare('delete from sent where id in (select id from sent order by id desc limit -1 offset ?)')
          .run(maxEntries)
        return lastInsertRowid
      }, null)
      return (costUsd) => {
        if (id === null || costUsd === null) return
        attempt((database) => void database.prepare('update sent set usd = ? where id = ?').run(costUsd, id), undefined)
      }
    },
    newest(limit) {
      const rows = attempt(
        (database) => database.prepare('select * from sent order by id desc limit ?').all(limit),
        [] as Record<string, unknown>[]
      )
      return rows.map((row) => entryOf(row)).filter((entry) => entry !== null)
    },
    clear: () => clear('sent')
  }
}

/** Null for a row that another version of Descry wrote in another form. */
function entryOf({
  at,
  provider,
  model,
  width,
  height,
  bytes,
  hidden,
  usd
}: Record<string, unknown>): SentPicture | null {
  const known = { at, provider, model, widthPx: width, heightPx: height, bytes, costUsd: usd }
  return sentPictureSchema.safeParse({ ...known, hidden: JSON.parse(String(hidden)) }).data ?? null
}
