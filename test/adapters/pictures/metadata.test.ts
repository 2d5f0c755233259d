// @module-tag libheif
import { execFileSync } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ExifTool, type Tags } from 'exiftool-vendored'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createFileOpener } from '#adapters/pictures/file-opener.ts'
import { pdfFile } from '#test/pdf-files.ts'
import { cornerPicture } from '#test/pictures.ts'
import { cornerTiffPage, tiffFile } from '#test/tiff-files.ts'

const place = { GPSLatitude: 48.137, GPSLongitude: 11.575, GPSLatitudeRef: 'N', GPSLongitudeRef: 'E' }
const tool = new ExifTool({ maxProcs: 1 })
const decoder = createCanvasDecoder()
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'descry-metadata-'))
})
afterAll(async () => {
  await tool.end()
  await rm(folder, { recursive: true })
})

async function heic(): Promise<Uint8Array> {
  await writeFile(join(folder, 'corner.png'), await cornerPicture('png'))
  execFileSync('heif-enc', ['corner.png', '-o', 'corner.heic'], { cwd: folder, stdio: 'ignore' })
  return readFile(join(folder, 'corner.heic'))
}

/** What is sent of a picture, as exiftool reads it. */
async function sentTags(bytes: Uint8Array): Promise<Tags> {
  const file = await createFileOpener(decoder).open(bytes)
  const picture = await decoder.decode((await file.parts[0]?.load()) ?? new Uint8Array())
  const { bytes: sent } = await picture.encode({ maxWidthPx: 1365, maxHeightPx: 768 })
  await file.close()
  const path = join(folder, 'sent.jpg')
  await writeFile(path, sent)
  return tool.read(path)
}

it.each([
  ['jpg', () => cornerPicture('jpeg')],
  ['png', () => cornerPicture('png')],
  ['webp', () => cornerPicture('webp')],
  ['avif', () => cornerPicture('avif')],
  ['tif', () => Promise.resolve(tiffFile([cornerTiffPage()]))],
  ['heic', heic]
])('neither the place nor the owner of a picture is sent: %s', async (extension, draw) => {
  const path = join(folder, `picture.${extension}`)
  await writeFile(path, await draw())
  await tool.write(path, { ...place, Artist: 'Ann Example' }, { writeArgs: ['-overwrite_original'] })
  expect(await tool.read(path)).toMatchObject({ GPSLatitude: 48.137, Artist: 'Ann Example' })
  const sent = await sentTags(await readFile(path))
  expect(Object.keys(sent).filter((name) => /gps|artist|xmp|exif(?!tool)/iu.test(name))).toEqual([])
})

it('the author of a PDF is not sent with its page', async () => {
  const path = join(folder, 'page.pdf')
  await writeFile(path, pdfFile([{ lines: ['Hello'] }]))
  await tool.write(path, { Author: 'Ann Example' }, { writeArgs: ['-overwrite_original'] })
  expect(await tool.read(path)).toMatchObject({ Author: 'Ann Example' })
  expect(JSON.stringify(await sentTags(await readFile(path)))).not.toContain('Ann')
})
