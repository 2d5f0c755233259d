import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createCanvas, loadImage } from '@napi-rs/canvas'
import { ExifTool } from 'exiftool-vendored'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createPictureAltText, type PictureAltText } from '#adapters/pictures/xmp.ts'
import { bmpPicture } from '#test/pictures.ts'

let dir: string
let altText: PictureAltText
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'descry-xmp-'))
  altText = createPictureAltText()
})
afterAll(async () => {
  await altText.close()
  await rm(dir, { recursive: true, force: true })
})

async function pixels(path: string): Promise<Buffer> {
  const image = await loadImage(path)
  const canvas = createCanvas(image.width, image.height)
  canvas.getContext('2d').drawImage(image, 0, 0)
  return canvas.data()
}

async function picture(name: string, format: 'jpeg' | 'png' | 'webp'): Promise<string> {
  const canvas = createCanvas(60, 40)
  const context = canvas.getContext('2d')
  context.fillStyle = '#8040c0'
  context.fillRect(5, 5, 30, 20)
  const path = join(dir, name)
  await writeFile(path, format === 'png' ? await canvas.encode('png') : await canvas.encode(format, 80))
  return path
}

it.each(['jpeg', 'png', 'webp'] as const)('writes an alt text into %s and leaves its pixels alone', async (format) => {
  const path = await picture(`-a ${format} "name".${format}`, format)
  const [before, { ino }] = [await pixels(path), await stat(path)]
  expect(await altText.read(path)).toBeNull()
  expect(await altText.write(path, '-A "red" <b>&amp; &lt;\n#[HTML]\n-execute ünï |x| \u0007end')).toBe(true)
  expect(await altText.read(path)).toBe('-A "red" <b>&amp; &lt; #[HTML] -execute ünï |x| end')
  expect((await pixels(path)).equals(before)).toBe(true)
  // Renamed over the old file, and nothing of it is left beside it.
  expect((await stat(path)).ino).not.toBe(ino)
  expect((await readdir(dir)).filter((name) => name.startsWith(`-a ${format}`))).toHaveLength(1)
})

it('keeps an existing alt text', async () => {
  const path = await picture('written.jpg', 'jpeg')
  await altText.write(path, 'By a person.')
  expect(await altText.write(path, 'By a model.')).toBe(false)
  expect(await altText.read(path)).toBe('By a person.')
})

it('puts a long text in the extended description, and its beginning in the alt text', async () => {
  const path = await picture('long.jpg', 'jpeg')
  const text = 'A first sentence that says it all. '.repeat(20).trim()
  await altText.write(path, text)
  expect(await altText.read(path)).toBe(text)
  const file = await readFile(path, 'latin1')
  expect(/AltTextAccessibility>.*?<rdf:li[^>]*>([^<]*)/su.exec(file)?.[1]?.length).toBeLessThanOrEqual(250)
})

it('overwrites the leftovers of an interrupted write', async () => {
  const path = await picture('torn.jpg', 'jpeg')
  await writeFile(`${path}_exiftool_tmp`, 'half a picture')
  expect(await altText.write(path, 'A text.')).toBe(true)
  expect((await readdir(dir)).filter((name) => name.startsWith('torn'))).toEqual(['torn.jpg'])
})

it('says which files cannot hold alt text, and leaves them unchanged', async () => {
  const path = join(dir, 'picture.bmp')
  const bytes = bmpPicture(8, 8)
  await writeFile(path, bytes)
  await expect(altText.write(path, 'Text')).rejects.toMatchObject({ code: 'unsupported' })
  expect((await readFile(path)).equals(bytes)).toBe(true)
})

it('also writes the caption if there is none', async () => {
  const [path, captioned] = [await picture('bare.jpg', 'jpeg'), await picture('captioned.jpg', 'jpeg')]
  const tool = new ExifTool({ maxProcs: 1 })
  try {
    await tool.write(captioned, { 'IPTC:Caption-Abstract': 'By Ann.' } as never, { writeArgs: ['-overwrite_original'] })
    await altText.write(path, 'A house & a tree.')
    await altText.write(captioned, 'A house & a tree.')
    expect(await tool.readRaw(path)).toMatchObject({ Description: 'A house & a tree.' })
    expect(await altText.read(captioned)).toBe('A house & a tree.')
    expect(
      await tool.readRaw(captioned, { readArgs: ['-IPTC:Caption-Abstract', '-XMP-dc:Description'] })
    ).toMatchObject({
      'Caption-Abstract': 'By Ann.'
    })
    expect(await readFile(captioned, 'latin1')).not.toContain('dc:description')
  } finally {
    await tool.end()
  }
})

it("keeps a file's time and permissions", async () => {
  const path = await picture('dated.jpg', 'jpeg')
  await chmod(path, 0o640)
  await utimes(path, 1e9, 1e9)
  await altText.write(path, 'A text.')
  expect(await stat(path)).toMatchObject({ mtimeMs: 1e12 })
  if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o640)
})

it('leaves a read-only file unchanged, and reports an extension that does not match', async () => {
  const [path, renamed] = [await picture('read-only.jpg', 'jpeg'), await picture('really-jpeg.png', 'jpeg')]
  await chmod(path, 0o444)
  await expect(altText.write(path, 'Text')).rejects.toMatchObject({ code: 'no-permission' })
  expect(await altText.read(path)).toBeNull()
  await expect(altText.write(renamed, 'Text')).rejects.toMatchObject({ next: 'Rename the file.' })
})
