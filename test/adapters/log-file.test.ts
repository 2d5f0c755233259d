import { mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createLogFile } from '#adapters/log-file.ts'
import { run } from '#test/process.ts'

let home: string
let path: string
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'descry-log-'))
  path = join(home, 'deeper', 'descry.log')
})
afterEach(() => rm(home, { recursive: true, force: true }))

test('is off until it is turned on, also for those who opened it before', () => {
  const [app, cli] = [createLogFile(path), createLogFile(path)]
  expect(app.isOn()).toBe(false)
  cli.turn(true)
  expect(app.isOn()).toBe(true)
  cli.turn(false)
  cli.turn(false)
  expect(app.isOn()).toBe(false)
})

test('keeps the lines in order, for this user alone', { tags: ['posix'] }, async () => {
  const log = createLogFile(path)
  log.turn(true)
  expect(await log.read()).toBe('')
  log.append('{"one":1}')
  log.append('{"two":2}')
  expect(await log.read()).toBe('{"one":1}\n{"two":2}\n')
  expect((await stat(path)).mode & 0o777).toBe(0o600)
  expect((await stat(join(home, 'deeper'))).mode & 0o777).toBe(0o700)
})

test('moves the log aside at 1 MB and keeps one old file', async () => {
  const log = createLogFile(path)
  log.turn(true)
  for (const name of ['a', 'b', 'c']) {
    await writeFile(path, `${name.repeat(999_990)}\n`)
    log.append(`last of ${name}`)
  }
  expect((await stat(`${path}.old`)).size).toBeGreaterThan(1_000_000)
  expect(await log.read()).toMatch(/^c+\nlast of c\n$/u)
  log.append('first of d')
  expect(await readFile(path, 'utf8')).toBe('first of d\n')
})

test('a lock that a killed process left does not stop rotation for good', async () => {
  const log = createLogFile(path)
  log.turn(true)
  await writeFile(path, 'x'.repeat(1_000_000))
  await writeFile(`${path}.lock`, '')
  log.append('too early')
  expect((await stat(path)).size).toBeGreaterThan(1_000_000)
  const longAgo = new Date(Date.now() - 60_000)
  await utimes(`${path}.lock`, longAgo, longAgo)
  log.append('now')
  expect(await log.read()).toContain('too early\nnow\n')
  expect((await stat(`${path}.old`)).size).toBeGreaterThan(1_000_000)
})

test('loses and mixes no line while two processes write and rotate', async () => {
  const lines = 4500
  const program = `
    const { createLogFile } = await import(${JSON.stringify(new URL('../../src/adapters/log-file.ts', import.meta.url).href)})
    const log = createLogFile(process.argv[1])
    for (let i = 0; i < ${lines}; i += 1) log.append(JSON.stringify({ who: process.argv[2], i, padding: 'x'.repeat(120) }))`
  createLogFile(path).turn(true)
  const write = (who: string) => run(process.execPath, ['--input-type=module', '-e', program, path, who])
  const writers = await Promise.all([write('one'), write('two')])
  expect(writers.map(({ code }) => code)).toEqual([0, 0])
  const kept = (await createLogFile(path).read())
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { who: string; i: number })
  // 1.4 MB in all, so that it rotates once.
  expect((await stat(`${path}.old`)).size).toBeLessThan(1_100_000)
  for (const who of ['one', 'two'])
    expect(kept.filter((line) => line.who === who).map(({ i }) => i)).toEqual(
      Array.from({ length: lines }, (_, i) => i)
    )
})

test('says nothing when it cannot write, and fails when it cannot be turned on', async () => {
  await writeFile(join(home, 'deeper'), 'in the way')
  const log = createLogFile(path)
  log.append('lost')
  expect(await log.read()).toBe('')
  expect(() => log.turn(true)).toThrow("The log can't be turned on or off.")
})
