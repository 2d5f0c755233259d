import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readClipboardPictures } from '#app/intake/clipboard-pictures.ts'
import { cornerPicture } from '#test/pictures.ts'
import type { Clipboard, ClipboardContent } from '#core/ports/intake.ts'

let folder: string
let picture: Uint8Array

function read(content: Partial<ClipboardContent>, fetchCopiedPictures = false) {
  const nothing = { picture: null, hasText: false, isConcealed: false, files: [], imageAddress: null, text: null }
  const clipboard: Clipboard = {
    read: () => Promise.resolve({ ...nothing, ...content }),
    watch: () => () => undefined,
    writeText: () => Promise.resolve()
  }
  return readClipboardPictures(clipboard, { fetchCopiedPictures })
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-copied-'))
  picture = await cornerPicture('png')
  await writeFile(join(folder, 'A cat.png'), picture)
})
afterAll(() => rm(folder, { recursive: true }))

test('each copied file is a picture of its own, named by its file; one that is gone does not cost the others', async () => {
  const [cat, gone] = await read({ files: [join(folder, 'A cat.png'), join(folder, 'gone.png')], text: 'A cat.png' })
  expect(cat).toMatchObject({ label: 'A cat.png', path: join(folder, 'A cat.png') })
  expect(Buffer.from(picture).equals((await cat?.read()) ?? new Uint8Array())).toBe(true)
  await expect(gone?.read()).rejects.toMatchObject({ code: 'not-found' })
})

test('a copied file: address is opened', async () => {
  const [offered] = await read({ text: pathToFileURL(join(folder, 'A cat.png')).href })
  expect(offered?.label).toBe('A cat.png')
  expect(await offered?.read()).toHaveLength(picture.length)
})

test('a copied address never leads into the own network', async () => {
  for (const address of ['http://127.0.0.1:9/A%20cat.png', 'http://localhost:9/A%20cat.png']) {
    const [offered] = await read({ text: address })
    expect(offered?.label).toBe('A cat.png')
    await expect(offered?.read()).rejects.toMatchObject({ code: 'no-permission' })
  }
  const [offered] = await read({ imageAddress: 'http://192.168.0.1/' }, true)
  expect(offered?.label).toBe('192.168.0.1')
  await expect(offered?.read()).rejects.toMatchObject({ code: 'no-permission' })
})

test('a data: image is taken as it is', async () => {
  const [offered] = await read({ imageAddress: 'data:image/png;base64,AQID' })
  expect(offered?.label).toBe('Clipboard picture')
  expect(await offered?.read()).toEqual(Uint8Array.from([1, 2, 3]))
})
