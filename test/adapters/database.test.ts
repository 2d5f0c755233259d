import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openDatabase, type Database } from '#adapters/database.ts'
import type { Description } from '#shared/caption.ts'

let folder: string
let path: string
let now: Date
let database: Database

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'descry-database-'))
  path = join(folder, 'state', 'descry.sqlite')
  now = new Date(2026, 10, 22, 12)
  database = openDatabase(path, () => now)
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

// Only what comes back matters here.
const caption = (text: string): Description => ({ caption: text, tags: ['dog'] }) as unknown as Description

describe('spending', () => {
  test('adds up the day and the month, and counts answers without a price', () => {
    database.spending.expect(0.25)
    database.spending.expect(null)
    now = new Date(2026, 10, 30, 23, 59)
    database.spending.expect(0.5)
    expect(database.spending.spent()).toEqual({ todayUsd: 0.5, monthUsd: 0.75, unpricedThisMonth: 1 })
  })

  test('starts a new month at zero, at local midnight', () => {
    now = new Date(2026, 10, 30, 23, 59, 59)
    database.spending.expect(1)
    now = new Date(2026, 11, 1, 0, 0, 0)
    expect(database.spending.spent()).toEqual({ todayUsd: 0, monthUsd: 0, unpricedThisMonth: 0 })
  })

  test('includes what several processes add at the same time', () => {
    const program = `
      import { openDatabase } from '${join(import.meta.dirname, '../../src/adapters/database.ts')}'
      const database = openDatabase(process.argv[1])
      for (let times = 0; times < 100; times += 1) database.spending.expect(0.01)
      database.close()`
    const shell = `"$0" --input-type=module -e "$1" "$2" & "$0" --input-type=module -e "$1" "$2" & wait`
    execFileSync('sh', ['-c', shell, process.execPath, program, path])
    const today = openDatabase(path)
    expect(today.spending.spent().todayUsd).toBeCloseTo(2)
    today.close()
  })
})

describe('a request that is expected to cost', () => {
  test('counts from the start, for other processes too, and then at its actual cost', () => {
    const other = openDatabase(path, () => now)
    const expected = database.spending.expect(0.006)
    const unpriced = database.spending.expect(null)
    expect(other.spending.spent()).toEqual({ todayUsd: 0.006, monthUsd: 0.006, unpricedThisMonth: 1 })
    database.spending.settle(expected, 0.0005)
    database.spending.settle(unpriced, 0)
    expect(other.spending.spent()).toEqual({ todayUsd: 0.0005, monthUsd: 0.0005, unpricedThisMonth: 0 })
    other.close()
  })

  test('may be one of many, and be settled by another process', () => {
    const expected = database.spending.expect(0.1, null, 0.2)
    expect(database.spending.spent()).toEqual({ todayUsd: 0.3, monthUsd: 0.3, unpricedThisMonth: 1 })
    const other = openDatabase(path, () => now)
    other.spending.settle(JSON.parse(JSON.stringify(expected)) as typeof expected, 0.05, null)
    other.close()
    expect(database.spending.spent()).toEqual({ todayUsd: 0.05, monthUsd: 0.05, unpricedThisMonth: 1 })
  })

  test('leaves exactly zero when it cost nothing', () => {
    const expected = [0.1, 0.2, 0.3].map((usd) => database.spending.expect(usd))
    for (const one of expected) database.spending.settle(one)
    expect(database.spending.spent()).toEqual({ todayUsd: 0, monthUsd: 0, unpricedThisMonth: 0 })
  })

  test('belongs to the day on which it was sent', () => {
    now = new Date(2026, 10, 30, 23, 59, 59)
    const expected = database.spending.expect(0.25)
    now = new Date(2026, 11, 1, 0, 0, 1)
    database.spending.settle(expected, 0.5)
    expect(database.spending.spent()).toEqual({ todayUsd: 0, monthUsd: 0, unpricedThisMonth: 0 })
    now = new Date(2026, 10, 30)
    expect(database.spending.spent().todayUsd).toBe(0.5)
  })
})

describe('captions', () => {
  test('come back in the next run', () => {
    database.captions.keep('key', caption('A dog.'))
    database.close()
    expect(openDatabase(path, () => now).captions.find('key')).toEqual(caption('A dog.'))
    expect(database.captions.find('other')).toBeNull()
  })

  test('leave nothing in any file when deleted, even while another Descry has it open', () => {
    const inFiles = (): boolean =>
      readdirSync(dirname(path)).some((name) => readFileSync(join(dirname(path), name)).includes('A secret dog.'))
    database.captions.keep('key', caption('A secret dog.'))
    const other = openDatabase(path, () => now)
    expect(other.captions.find('key')).not.toBeNull()
    writeFileSync(`${path}.damaged`, 'A secret dog.')
    expect(inFiles()).toBe(true)
    database.captions.clear()
    expect(inFiles()).toBe(false)
    expect(other.captions.find('key')).toBeNull()
    other.close()
  })

  test('are removed from the files after thirty days, even when nothing new is saved', () => {
    database.captions.keep('old', caption('A secret dog.'))
    database.close()
    now = new Date(2026, 11, 23)
    const later = openDatabase(path, () => now)
    later.spending.spent()
    later.close()
    expect(readFileSync(path).includes('A secret dog.')).toBe(false)
  })

  test('are deleted after thirty days, and on demand', () => {
    database.captions.keep('old', caption('Old.'))
    now = new Date(2026, 11, 23)
    database.captions.keep('new', caption('New.'))
    expect(database.captions.find('old')).toBeNull()
    database.captions.clear()
    expect(database.captions.find('new')).toBeNull()
  })
})

test('only the user can read the files', { tags: ['posix'] }, () => {
  database.captions.keep('key', caption('A dog.'))
  const modes = readdirSync(join(folder, 'state')).map((name) => statSync(join(folder, 'state', name)).mode & 0o077)
  expect(modes).toEqual(modes.map(() => 0))
  expect(statSync(join(folder, 'state')).mode & 0o077).toBe(0)
})

test('a damaged file is moved aside', () => {
  database.spending.expect(1)
  database.close()
  writeFileSync(path, 'this is no database'.repeat(1000))
  const again = openDatabase(path, () => now)
  again.spending.expect(2)
  expect(again.spending.spent().todayUsd).toBe(2)
  again.close()
  expect(readdirSync(join(folder, 'state'))).toContain('descry.sqlite.damaged')
})

test('a file that is damaged while it is open is moved aside, too', () => {
  database.spending.expect(1)
  database.captions.keep('key', caption('A dog.'))
  database.close()
  // The first page, with the schema, is whole.
  const bytes = readFileSync(path)
  writeFileSync(path, bytes.fill(0x5a, 4096))
  const again = openDatabase(path, () => now)
  again.spending.expect(2)
  again.close()
  const next = openDatabase(path, () => now)
  expect(next.spending.spent().todayUsd).toBe(2)
  next.close()
})

test('waits for a file that another program has locked', async () => {
  mkdirSync(dirname(path), { mode: 0o700 })
  const program = `
    const { DatabaseSync } = await import('node:sqlite')
    const database = new DatabaseSync(process.argv[1])
    database.exec('create table other (a); begin; insert into other values (1); select * from other')
    console.log('held')
    setTimeout(() => database.exec('commit'), 300)`
  const holder = spawn(process.execPath, ['--input-type=module', '-e', program, path])
  await once(holder.stdout, 'data')
  database.spending.expect(2)
  await once(holder, 'close')
  database.close()
  const next = openDatabase(path, () => now)
  expect(next.spending.spent().todayUsd).toBe(2)
  next.close()
})

test('spending that could not be written counts in this run, and is written later', () => {
  writeFileSync(dirname(path), 'a file where the folder should be')
  database.spending.expect(2)
  database.spending.expect(null)
  expect(database.spending.spent()).toEqual({ todayUsd: 2, monthUsd: 2, unpricedThisMonth: 1 })
  rmSync(dirname(path))
  database.spending.expect(1)
  database.close()
  const next = openDatabase(path, () => now)
  expect(next.spending.spent()).toEqual({ todayUsd: 3, monthUsd: 3, unpricedThisMonth: 1 })
  next.close()
})

describe('the list of sent pictures', () => {
  const picture = {
    provider: 'api.openai.com',
    model: 'gpt-4o-mini',
    widthPx: 1024,
    heightPx: 768,
    bytes: 120_000,
    hidden: [{ kind: 'card-number', count: 1 } as const]
  }

  test('has what was sent when, newest first, and what it cost once that is known', () => {
    const settle = database.sent.note(picture)
    now = new Date(2026, 10, 22, 13)
    database.sent.note({ ...picture, hidden: [] })
    settle(0.003)
    expect(database.sent.newest(10)).toEqual([
      { ...picture, hidden: [], at: now.toISOString(), costUsd: null },
      { ...picture, at: new Date(2026, 10, 22, 12).toISOString(), costUsd: 0.003 }
    ])
    expect(database.sent.newest(1)).toHaveLength(1)
  })

  test('forgets what is older than 90 days', () => {
    database.sent.note(picture)
    now = new Date(2027, 1, 22, 12)
    database.sent.note(picture)
    expect(database.sent.newest(10)).toHaveLength(1)
  })

  test('is gone from the file when it is cleared', () => {
    database.sent.note({ ...picture, model: 'a-model-of-mine' })
    database.sent.clear()
    expect(database.sent.newest(10)).toEqual([])
    for (const name of readdirSync(dirname(path)))
      expect(readFileSync(join(dirname(path), name)).includes('a-model-of-mine')).toBe(false)
  })
})
