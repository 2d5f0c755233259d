import { execFileSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
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
  test('adds up the day and the month, and counts what has no price', () => {
    database.spending.add(0.25)
    database.spending.add(null)
    now = new Date(2026, 10, 30, 23, 59)
    database.spending.add(0.5)
    expect(database.spending.spent()).toEqual({ todayUsd: 0.5, monthUsd: 0.75, unpricedThisMonth: 1 })
  })

  test('begins a new month at nothing, at local midnight', () => {
    now = new Date(2026, 10, 30, 23, 59, 59)
    database.spending.add(1)
    now = new Date(2026, 11, 1, 0, 0, 0)
    expect(database.spending.spent()).toEqual({ todayUsd: 0, monthUsd: 0, unpricedThisMonth: 0 })
  })

  test('holds what several processes add at the same time', () => {
    const program = `
      import { openDatabase } from '${join(import.meta.dirname, '../../src/adapters/database.ts')}'
      const database = openDatabase(process.argv[1])
      for (let times = 0; times < 100; times += 1) database.spending.add(0.01)
      database.close()`
    const shell = `"$0" --input-type=module -e "$1" "$2" & "$0" --input-type=module -e "$1" "$2" & wait`
    execFileSync('sh', ['-c', shell, process.execPath, program, path])
    const today = openDatabase(path)
    expect(today.spending.spent().todayUsd).toBeCloseTo(2)
    today.close()
  })
})

describe('captions', () => {
  test('come back in the next run', () => {
    database.captions.keep('key', caption('A dog.'))
    database.close()
    expect(openDatabase(path, () => now).captions.find('key')).toEqual(caption('A dog.'))
    expect(database.captions.find('other')).toBeNull()
  })

  test('leave nothing in any file when they are forgotten, though another Descry has it open', () => {
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

  test('are forgotten after thirty days, and on demand', () => {
    database.captions.keep('old', caption('Old.'))
    now = new Date(2026, 11, 23)
    database.captions.keep('new', caption('New.'))
    expect(database.captions.find('old')).toBeNull()
    database.captions.clear()
    expect(database.captions.find('new')).toBeNull()
  })
})

test('only the user can read the files', () => {
  database.captions.keep('key', caption('A dog.'))
  const modes = readdirSync(join(folder, 'state')).map((name) => statSync(join(folder, 'state', name)).mode & 0o077)
  expect(modes).toEqual(modes.map(() => 0))
  expect(statSync(join(folder, 'state')).mode & 0o077).toBe(0)
})

test('a damaged file is kept aside', () => {
  database.spending.add(1)
  database.close()
  writeFileSync(path, 'this is no database'.repeat(1000))
  const again = openDatabase(path, () => now)
  again.spending.add(2)
  expect(again.spending.spent().todayUsd).toBe(2)
  again.close()
  expect(readdirSync(join(folder, 'state'))).toContain('descry.sqlite.damaged')
})

test('where nothing can be written, this run remembers all the same', () => {
  const nowhere = openDatabase('/dev/null/descry.sqlite', () => now)
  nowhere.spending.add(2)
  expect(nowhere.spending.spent().todayUsd).toBe(2)
  nowhere.close()
})
