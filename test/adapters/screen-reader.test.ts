import { chmod, copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createScreenReaderDetector } from '#adapters/screen-reader.ts'
import { start, until, type Running } from '#test/process.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-reader-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const found = (): Promise<string | null> => createScreenReaderDetector('linux').running()

/** Holds while a program runs, and no longer. Another test's Orca may run beside us: then both are Orca. */
async function expectFound(program: Running, before: string | null): Promise<void> {
  await until(async () => (await found()) === 'Orca', { what: 'Orca to be seen' })
  await program.end()
  await until(async () => (await found()) === before, { what: 'Orca to be gone' })
}

test('Orca is detected as a Python script, while it runs', { tags: ['python3'] }, async () => {
  const before = await found()
  const script = join(folder, 'orca')
  await writeFile(script, 'import time\ntime.sleep(60)\n')
  await expectFound(start('python3', ['-I', script]), before)
})

test('Orca is detected by the name of its process', { tags: ['linux'] }, async () => {
  const before = await found()
  const program = join(folder, 'bin-orca')
  await copyFile('/bin/sleep', program)
  await chmod(program, 0o755)
  await rm(join(folder, 'orca'), { force: true })
  await copyFile(program, join(folder, 'orca'))
  await expectFound(start(join(folder, 'orca'), ['60']), before)
})

test('a file or an argument of that name is not taken for a screen reader', { tags: ['python3'] }, async () => {
  const before = await found()
  const editor = start('python3', ['-c', 'import time; time.sleep(60)', 'orca'])
  const other = start('sh', ['-c', 'sleep 60; true', 'orca'])
  expect(await found()).toBe(before)
  await Promise.all([editor.end(), other.end()])
})

test('asking again at once does not look again', async () => {
  const detector = createScreenReaderDetector('linux')
  expect(detector.running()).toBe(detector.running())
  await detector.running()
})

test('no reader is detected on an unknown system', async () => {
  expect(await createScreenReaderDetector('aix').running()).toBe(null)
  // The commands of macOS and Windows do not exist here.
  expect(await createScreenReaderDetector('darwin').running()).toBe(null)
  expect(await createScreenReaderDetector('win32').running()).toBe(null)
})
