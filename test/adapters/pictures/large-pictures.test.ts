import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { deflateSync } from 'node:zlib'
import { expect, it, onTestFinished, vi } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { chunk, pngOf } from '#test/field-pictures.ts'
import type { DecodedPicture } from '#core/ports/pictures.ts'
import { isRunning, rememberingStart } from '#test/helper-processes.ts'
import { bombPicture, cornerPicture } from '#test/pictures.ts'

/** Black, with one white pixel; one bit for each. `width` and `x` are multiples of 8. */
function dottedPng(width: number, height: number, x: number, y: number): Uint8Array {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head[8] = 1
  const rowBytes = width / 8 + 1
  const rows = Buffer.alloc(rowBytes * height)
  rows[y * rowBytes + 1 + x / 8] = 0x80
  return pngOf([chunk('IHDR', head), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

/** The red of each pixel, 0 to 255. */
function brightness(picture: DecodedPicture): Uint8ClampedArray {
  const { data } = picture.pixels({ maxWidthPx: 1000, maxHeightPx: 1000 })
  return data.filter((_, at) => at % 4 === 0)
}

function most(values: Uint8ClampedArray): number {
  return values.reduce((one, other) => Math.max(one, other), 0)
}

it('a large picture is decoded in a helper, and its parts keep their full resolution', async () => {
  const bytes = dottedPng(5200, 5000, 5000, 4900)
  const { startHelper, started } = rememberingStart()
  const decoder = createCanvasDecoder(startHelper)
  const picture = await decoder.decode(bytes)
  expect(picture).toMatchObject({ width: 5200, height: 5000, mime: 'image/png', missing: null })
  expect(started).toHaveLength(1)
  const { width, height, data } = picture.pixels({ maxWidthPx: 2000, maxHeightPx: 2000 })
  expect([width, height]).toEqual([2000, 1923])
  expect([...data.subarray(0, 4)]).toEqual([0, 0, 0, 255])

  const around = { x: 4999, y: 4900, width: 4, height: 2 }
  const part = await picture.part(around)
  expect(part).toMatchObject({ width: 4, height: 2, sha256: picture.sha256 })
  expect([...brightness(part)]).toEqual([0, 255, 0, 0, 0, 0, 0, 0])

  const hidden = picture.withBoxes([{ x: 4996, y: 4896, width: 8, height: 8 }])
  expect(most(brightness(picture))).toBeGreaterThan(0)
  expect(most(brightness(hidden))).toBe(0)
  expect(most(brightness(await hidden.part(around)))).toBe(0)
  await expect(picture.crop({ x: 5200, y: 0, width: 9, height: 9 })).rejects.toMatchObject({ code: 'bad-image' })
  expect(started.some(isRunning)).toBe(false)
})

it('an AVIF is decoded in a helper whatever size it claims', async () => {
  const { startHelper, started } = rememberingStart()
  const picture = await createCanvasDecoder(startHelper).decode(await cornerPicture('avif'))
  expect(picture).toMatchObject({ width: 48, height: 32, mime: 'image/avif' })
  expect(started).toHaveLength(1)
  const [red = 0, green = 255] = picture.pixels({ maxWidthPx: 48, maxHeightPx: 32 }).data
  expect(red).toBeGreaterThan(200)
  expect(green).toBeLessThan(60)
})

it('what a converter makes of a HEIC that claims to be small is checked', { tags: ['linux'] }, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'converter-'))
  onTestFinished(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })
  await writeFile(join(folder, 'bomb.png'), bombPicture(16_384))
  await writeFile(join(folder, 'heif-dec'), `#!/bin/sh\ncp ${folder}/bomb.png out.png\n`)
  await chmod(join(folder, 'heif-dec'), 0o755)
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`)
  const size = Buffer.alloc(12)
  size.writeUInt32BE(100, 4)
  size.writeUInt32BE(100, 8)
  const heic = Buffer.concat([Buffer.from('\0\0\0\x18ftypheic\0\0\0\0mif1heic\0\0\0\x14ispe', 'latin1'), size])
  await expect(createCanvasDecoder().decode(heic)).rejects.toMatchObject({
    code: 'too-large',
    message: expect.stringMatching(/16,?384/u) as string
  })
})
