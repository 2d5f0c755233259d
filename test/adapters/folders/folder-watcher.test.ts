import {
  appendFile,
  chmod,
  mkdir,
  mkdtemp,
  rename,
  rm,
  symlink,
  truncate,
  unlink,
  utimes,
  writeFile
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { createCanvas } from '@napi-rs/canvas'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createFolderWatcher, type FolderWatcherOptions } from '#adapters/folders/folder-watcher.ts'
import { isOnNetwork } from '#adapters/folders/network-places.ts'
import { until } from '#test/process.ts'

const canvas = createCanvas(64, 48)
const png = canvas.toBuffer('image/png')
const jpeg = canvas.toBuffer('image/jpeg')
const webp = canvas.toBuffer('image/webp')

let folder: string
let seen: string[]
let stops: (() => void)[]

async function watchIt(options: FolderWatcherOptions = {}, watched = folder): Promise<void> {
  stops.push(await createFolderWatcher({ pollMs: 100, ...options }).watch(watched, (path) => seen.push(basename(path))))
}
const put = (name: string, data: Uint8Array = png): Promise<void> => writeFile(join(folder, name), data)
/** Puts a last picture and waits for it: whatever should have been reported before it has been. */
async function flush(): Promise<void> {
  await put('last.png')
  await until(() => seen.includes('last.png'), { what: 'the last picture' })
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-folder-'))
  seen = []
  stops = []
})
afterEach(async () => {
  for (const stop of stops) stop()
  await rm(folder, { recursive: true, force: true })
})

it('reports each new picture once, and no old, hidden, temporary or other files', async () => {
  await put('old.png')
  await watchIt()
  await put('new.png')
  await put('.hidden.png')
  await put('~lock.png')
  await put('download.png.part')
  await put('notes.txt')
  await mkdir(join(folder, 'folder.png'))
  await put('photo.JPG', jpeg)
  await put('web.webp', webp)
  await until(() => seen.length === 3)
  await utimes(join(folder, 'new.png'), new Date(), new Date())
  await utimes(join(folder, 'old.png'), new Date(), new Date())
  await flush()
  expect(seen).toEqual(['new.png', 'photo.JPG', 'web.webp', 'last.png'])
})

it('reports a picture with a line break in its name', { tags: ['posix'] }, async () => {
  await watchIt()
  await put('two\nlines.png')
  await until(() => seen.length === 1)
  await flush()
  expect(seen).toEqual(['two\nlines.png', 'last.png'])
})

it('takes a finished temporary file as new, but not a renamed old picture', async () => {
  await put('old.png')
  await watchIt()
  await put('.shot.tmp')
  await rename(join(folder, '.shot.tmp'), join(folder, 'shot.png'))
  await rename(join(folder, 'old.png'), join(folder, 'older.png'))
  await until(() => seen.includes('shot.png'))
  // Another picture under a name that was there before is new.
  await put('next.tmp')
  await rename(join(folder, 'next.tmp'), join(folder, 'shot.png'))
  await until(() => seen.length === 2)
  await flush()
  expect(seen).toEqual(['shot.png', 'shot.png', 'last.png'])
})

it.each([
  ['PNG', 'slow.png', png],
  ['JPEG', 'slow.jpg', jpeg],
  ['WebP', 'slow.webp', webp]
])('waits for the end of a %s that is written slowly, and reports others meanwhile', async (_type, name, data) => {
  await watchIt({ settleMs: 60 })
  await put(name, data.subarray(0, data.length - 20))
  await flush()
  expect(seen).toEqual(['last.png'])
  await appendFile(join(folder, name), data.subarray(data.length - 20))
  await until(() => seen.includes(name))
})

it('reports a picture without an end when it has not grown for a long time', async () => {
  await watchIt({ settleMs: 60, giveUpMs: 500 })
  await put('broken.png')
  await truncate(join(folder, 'broken.png'), 40)
  await until(() => seen.length === 1)
  expect(seen).toEqual(['broken.png'])
})

it('ignores a picture that is deleted at once', async () => {
  await watchIt()
  await put('gone.png')
  await unlink(join(folder, 'gone.png'))
  await flush()
  expect(seen).toEqual(['last.png'])
})

it('reports a burst of 50 in order, each once', async () => {
  await watchIt()
  const names = Array.from({ length: 50 }, (_, index) => `burst-${index}.png`)
  for (const name of names) await put(name)
  await until(() => seen.length >= 50)
  await flush()
  expect(seen).toEqual([...names, 'last.png'])
})

it('finds a folder again that disappeared, with the picture saved there in the meantime', async () => {
  await watchIt()
  await put('before.png')
  await until(() => seen.length === 1)
  await rm(folder, { recursive: true })
  await mkdir(folder)
  await put('meanwhile.png')
  await until(() => seen.length === 2)
  await flush()
  expect(seen).toEqual(['before.png', 'meanwhile.png', 'last.png'])
})

it('reports a picture that is written over an old one', async () => {
  await put('screen.png')
  await watchIt()
  await put('screen.png', createCanvas(32, 32).toBuffer('image/png'))
  await until(() => seen.length === 1)
  expect(seen).toEqual(['screen.png'])
})

it('ignores an old picture that exiftool rewrites, and reports a new one', async () => {
  await put('old.png')
  await watchIt()
  const rewrite = async (name: string): Promise<void> => {
    await put(`${name}_exiftool_tmp`, Buffer.concat([png, Buffer.alloc(10)]))
    await rename(join(folder, `${name}_exiftool_tmp`), join(folder, name))
  }
  await rewrite('old.png')
  await put('new.png')
  await rewrite('new.png')
  await flush()
  expect(seen).toEqual(['new.png', 'last.png'])
})

it('notices that the folder was replaced, even without an event', { tags: ['posix'] }, async () => {
  const parent = join(folder, 'Pictures')
  const shots = join(parent, 'Shots')
  await mkdir(shots, { recursive: true })
  await watchIt({}, shots)
  await rename(parent, join(folder, 'Old pictures'))
  await mkdir(shots, { recursive: true })
  await writeFile(join(shots, 'first.png'), png)
  await until(() => seen.length === 1, { what: 'the picture in the new folder' })

  // As when something is mounted there.
  const [one, other, link] = ['one', 'other', 'link'].map((name) => join(folder, name)) as [string, string, string]
  await mkdir(one)
  await mkdir(other)
  await symlink(one, link)
  await watchIt({}, link)
  await symlink(other, `${link} new`)
  await rename(`${link} new`, link)
  await writeFile(join(other, 'second.png'), png)
  await until(() => seen.length === 2, { what: 'the picture in the other folder' })
  await writeFile(join(one, 'elsewhere.png'), png)
  await writeFile(join(other, 'third.png'), png)
  await until(() => seen.length === 3)
  expect(seen).toEqual(['first.png', 'second.png', 'third.png'])
})

it('waits for a folder that does not exist yet', async () => {
  const later = join(folder, 'later')
  await watchIt({}, `${folder}/.`)
  await watchIt({}, later)
  await mkdir(later)
  await writeFile(join(later, 'first.png'), png)
  await until(() => seen.length === 1)
  await flush()
  expect(seen).toEqual(['first.png', 'last.png'])
})

it('finds the folder that a screenshot program creates with its first picture', { tags: ['posix'] }, async () => {
  await mkdir(join(folder, 'Bildschirmfotos'))
  await writeFile(join(folder, 'Bildschirmfotos', 'old.png'), png)
  await watchIt()
  const made = join(folder, 'Capturas de pantalla')
  await mkdir(made)
  await writeFile(join(made, 'first.png'), png)
  await until(() => seen.length === 1)
  // It goes and comes back like any other; the one from before is for the finder to name.
  await rm(made, { recursive: true })
  await mkdir(made)
  await writeFile(join(made, 'second.png'), png)
  await until(() => seen.length === 2)
  await chmod(join(folder, 'Bildschirmfotos'), 0o700)
  await flush()
  expect(seen).toEqual(['first.png', 'second.png', 'last.png'])
})

describe('a folder on another computer', () => {
  const polled = { isOnNetwork: () => Promise.resolve(true), settleMs: 60 }

  it('is polled, and each new picture is reported once, when complete', async () => {
    await put('old.png')
    await watchIt(polled)
    await put('slow.png', png.subarray(0, png.length - 20))
    const names = Array.from({ length: 50 }, (_, index) => `burst-${index}.png`)
    for (const name of names) await put(name)
    await put('shot.tmp')
    await rename(join(folder, 'shot.tmp'), join(folder, 'shot.png'))
    await until(() => seen.length === 51)
    expect(seen.toSorted()).toEqual([...names, 'shot.png'].toSorted())
    await appendFile(join(folder, 'slow.png'), png.subarray(png.length - 20))
    await flush()
    expect(seen.slice(51).toSorted()).toEqual(['last.png', 'slow.png'])
  })

  it('is found again after it was gone', async () => {
    await watchIt(polled)
    await rm(folder, { recursive: true })
    await new Promise((resolve) => setTimeout(resolve, 250))
    await mkdir(folder)
    await put('meanwhile.png')
    await flush()
    expect(seen.toSorted()).toEqual(['last.png', 'meanwhile.png'])
  })

  it('may be slow to answer, and nothing waits for it', async () => {
    let answer = (): void => undefined
    const hung = new Promise<boolean>((resolve) => (answer = () => resolve(true)))
    await watchIt({ ...polled, isOnNetwork: () => hung })
    answer()
    await put('late.png')
    await until(() => seen.length === 1)
  })

  it('is not this one', async () => {
    expect(await isOnNetwork(folder)).toBe(false)
    expect(await isOnNetwork('\\\\server\\share', 'win32')).toBe(true)
    expect(await isOnNetwork('/Volumes/Share', 'darwin')).toBe(true)
  })
})

it('reports nothing after its end', async () => {
  await watchIt()
  await put('started.png')
  stops[0]?.()
  const other: string[] = []
  stops.push(await createFolderWatcher().watch(folder, (path) => other.push(path)))
  await put('after.png')
  await until(() => other.length === 1)
  expect(seen).toEqual([])
})

it('waits for a folder that cannot be read now, such as behind a link to itself', { tags: ['posix'] }, async () => {
  await symlink('loop', join(folder, 'loop'))
  await watchIt({}, join(folder, 'loop', 'shots'))
  await watchIt({}, join(folder, 'x'.repeat(300)))
})
