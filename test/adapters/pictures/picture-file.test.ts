import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, open, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPictureFile } from '#adapters/pictures/picture-file.ts'
import { cornerPicture } from '#test/pictures.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-files-'))
})
afterAll(() => rm(folder, { recursive: true }))

describe('a picture file', () => {
  it('gives its bytes', async () => {
    const bytes = await cornerPicture('png')
    await writeFile(join(folder, 'ok -name.png'), bytes)
    expect(Buffer.from(bytes).equals(await readPictureFile(join(folder, 'ok -name.png')))).toBe(true)
  })

  it.each([
    ['a missing file', 'missing.png'],
    ['a path through a file', 'ok -name.png/x.png'],
    ['a name with a null character', 'a\0b.png'],
    ['a name that is far too long', 'x'.repeat(5000)]
  ])('is not found for %s', async (_, name) => {
    await expect(readPictureFile(join(folder, name))).rejects.toMatchObject({ name: 'DescryError', code: 'not-found' })
  })

  it('is refused when it is larger than 100 MB, without being read', async () => {
    const file = await open(join(folder, 'huge.png'), 'w')
    await file.truncate(200_000_000_000)
    await file.close()
    await expect(readPictureFile(join(folder, 'huge.png'))).rejects.toMatchObject({ code: 'too-large' })
  })

  it('gives nothing when it has no size and no end', { tags: ['linux'] }, async () => {
    expect(await readPictureFile('/proc/self/pagemap')).toHaveLength(0)
  })

  it('is refused at once when it is a folder, a pipe or a device', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', [pipe])
    for (const path of [folder, pipe, '/dev/zero', '/dev/tty'])
      await expect(readPictureFile(path), path).rejects.toMatchObject({ code: 'unsupported' })
  })

  it('is refused without read permission', async () => {
    const path = join(folder, 'secret.png')
    await writeFile(path, 'x')
    await chmod(path, 0)
    // Root may read everything; as nobody it may not.
    const isRoot = process.getuid?.() === 0
    if (isRoot) process.seteuid?.(65_534)
    try {
      await expect(readPictureFile(path)).rejects.toMatchObject({
        code: 'no-permission',
        message: 'You do not have permission to read this file.'
      })
    } finally {
      if (isRoot) process.seteuid?.(0)
    }
  })
})
