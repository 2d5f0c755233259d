import { readFileSync } from 'node:fs'
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openJournal, type JournalEntry } from '#app/batch/journal.ts'

let dir: string
let path: string
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'descry-journal-'))
  path = join(dir, 'list.csv.journal')
})
afterEach(() => rm(dir, { recursive: true, force: true }))

const entry = (key: string): JournalEntry => ({ type: 'collected', marker: key })

it('has on the disk what it was told, in order, also when all comes at once', async () => {
  const journal = await openJournal(path)
  const keys = Array.from({ length: 50 }, (_, index) => `key ${index}`)
  await Promise.all(
    keys.map(async (key) => {
      await journal.append(entry(key))
      expect(await readFile(path, 'utf8')).toContain(`"${key}"`)
    })
  )
  await journal.close()
  const again = await openJournal(path)
  expect(again.earlier).toEqual(keys.map(entry))
  await again.close()
})

it('has written what it is told before it returns', async () => {
  const journal = await openJournal(path)
  const isOnDisk = journal.append(entry('at once'))
  expect(readFileSync(path, 'utf8')).toContain('"at once"')
  await isOnDisk
  await journal.close()
})

it('drops a line that a kill tore, and goes on after it', async () => {
  const journal = await openJournal(path)
  await journal.append(entry('whole'))
  await journal.close()
  await appendFile(path, '{"type":"collected","mar')
  const again = await openJournal(path)
  expect(again.earlier).toEqual([entry('whole')])
  await again.append(entry('next'))
  await again.close()
  expect(
    (await readFile(path, 'utf8'))
      .split('\n')
      .slice(0, 2)
      .map((line) => JSON.parse(line))
  ).toEqual([entry('whole'), entry('next')])
})

it('says when it cannot be written', async () => {
  await writeFile(join(dir, 'file'), '')
  await expect(openJournal(join(dir, 'file', 'x.journal'))).rejects.toMatchObject({ code: 'no-permission' })
})

it('is written by one batch at a time', async () => {
  const journal = await openJournal(path)
  await expect(openJournal(path)).rejects.toMatchObject({ message: 'Another batch is writing this list.' })
  await journal.append(entry('mine'))
  await journal.close()
  const next = await openJournal(path)
  expect(next.earlier).toEqual([entry('mine')])
  await next.close()
  expect(await readdir(dir)).toEqual(['list.csv.journal'])
})
