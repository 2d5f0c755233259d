import { expect, test } from 'vitest'
import { createWatching } from '#app/watching.ts'
import type { Clipboard, FolderWatcher, PictureDecoder } from '#core/ports.ts'
import { DescryError } from '#shared/errors.ts'

const clipboard: Clipboard = {
  read: () =>
    Promise.resolve({ picture: null, hasText: false, isConcealed: false, files: [], imageAddress: null, text: null }),
  watch: () => () => undefined,
  writeText: () => Promise.resolve()
}
const decoder: PictureDecoder = { decode: () => Promise.reject(new DescryError('bad-image')) }

test('a folder that cannot be watched is told of, and everything else is watched', () => {
  const watched = new Set<string>()
  const folderWatcher: FolderWatcher = {
    watch(folders) {
      if (folders.includes('/locked')) throw new DescryError('no-permission', { message: 'locked cannot be watched.' })
      for (const folder of folders) watched.add(folder)
      return () => folders.forEach((folder) => watched.delete(folder))
    }
  }
  const problems: string[] = []
  const watching = createWatching(
    { clipboard, decoder, folderWatcher },
    () => undefined,
    (problem) => problems.push(problem)
  )
  watching.start(['/one', '/locked', '/two'])
  expect(problems).toEqual(['locked cannot be watched.'])
  expect([...watched]).toEqual(['/one', '/two'])
  expect(watching.folders()).toEqual(['/one', '/two'])
  expect(watching.clipboard()).toBe(true)

  watching.start(['/three'])
  expect([...watched]).toEqual(['/three'])
  watching.close()
  expect(watched.size).toBe(0)
})
