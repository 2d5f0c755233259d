import { crc32 } from 'node:zlib'
import { expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createFileOpener } from '#adapters/pictures/file-opener.ts'
import { isPdf, readPictureHeader } from '#adapters/pictures/picture-header.ts'
import { DescryError } from '#shared/errors.ts'
import { startInProcess } from '#test/in-process-helper.ts'
import { pdfFile } from '#test/pdf-files.ts'
import {
  animatedGif,
  animatedPng,
  animatedWebp,
  bmpPicture,
  cornerPicture,
  orientedJpeg,
  orientedPng,
  turnedAvif
} from '#test/pictures.ts'
import { storedInManyWays } from '#test/tiff-files.ts'

/** The same in each run. */
function randomNumbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** A few bytes changed, left out, doubled or cut off, more often near the head. */
function mutated(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let changed = Buffer.from(bytes)
  for (let change = random(5); change >= 0; change -= 1) {
    const at = random(random(2) === 0 ? Math.min(changed.length, 80) : changed.length)
    const length = random(40)
    const [before, rest] = [changed.subarray(0, at), changed.subarray(at)]
    const kind = random(10)
    if (kind < 4) changed[at] = random(256)
    else if (kind < 6) changed[at] = [0, 1, 0x7f, 0x80, 0xff][random(5)] ?? 0
    else if (kind < 8) changed = Buffer.concat([before, rest.subarray(length)])
    else if (kind < 9) changed = Buffer.concat([before, rest.subarray(0, length), rest])
    else if (length < 8) changed = Buffer.from(before)
    if (changed.length === 0) changed = Buffer.alloc(1)
  }
  return changed
}

/** Its checksums put right, or none would come past them. */
function withChecksums(png: Uint8Array): Uint8Array {
  const bytes = Buffer.from(png)
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 8 + bytes.readUInt32BE(at)
    if (end + 4 > bytes.length) break
    bytes.writeUInt32BE(crc32(bytes.subarray(at + 4, end)), end)
    at = end + 4
  }
  return bytes
}

const decoder = createCanvasDecoder(startInProcess)
const opener = createFileOpener(decoder, startInProcess)

async function look(bytes: Uint8Array): Promise<void> {
  const file = await opener.open(bytes)
  for (const part of file.parts.slice(0, 2))
    (await decoder.decode(await part.load())).pixels({ maxWidthPx: 64, maxHeightPx: 64 })
  await file.close()
}

/** What came of it: a picture, or the code of a refusal. Whatever is not in Descry's own words is an error of the test. */
async function outcome(work: () => Promise<void>, what: string): Promise<string> {
  try {
    await work()
    return 'picture'
  } catch (error) {
    expect(error, what).toBeInstanceOf(DescryError)
    return (error as DescryError).code
  }
}

it.each([
  ['PNG', orientedPng(6)],
  ['JPEG', orientedJpeg(6)],
  ['WebP', cornerPicture('webp')],
  ['AVIF', turnedAvif(1, 'leftToRight')],
  ['BMP', bmpPicture(30, 20)],
  ['animated GIF', animatedGif()],
  ['animated PNG', animatedPng()],
  ['animated WebP', animatedWebp()]
])('a mutated %s is decoded or refused, and nothing else happens', async (name, picture) => {
  const whole = await picture
  const random = randomNumbers(name.length * 7919)
  const outcomes = new Set<string>()
  for (let run = 0; run < 60; run += 1) {
    const bytes = mutated(whole, random)
    const hex = Buffer.from(bytes).toString('hex')
    outcomes.add(await outcome(() => look(name.endsWith('PNG') ? withChecksums(bytes) : bytes), hex))
  }
  expect(outcomes).toContain('bad-image')
  expect([...outcomes].filter((code) => !['picture', 'bad-image', 'too-large', 'unsupported'].includes(code))).toEqual(
    []
  )
})

it('a mutated TIFF, SVG or PDF is recognized or refused before the helper is asked', async () => {
  const svg = Buffer.from(
    '<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" width="4cm" viewBox="0 0 4 4"/>'
  )
  const files = [...Object.values(storedInManyWays(await cornerPicture('jpeg'))), svg, pdfFile([{ lines: ['Hello'] }])]
  const random = randomNumbers(1)
  const outcomes = new Set<string>()
  for (let run = 0; run < 2000; run += 1) {
    const bytes = mutated(files[run % files.length] ?? svg, random)
    const readHead = async (): Promise<void> => void (isPdf(bytes) || readPictureHeader(bytes))
    outcomes.add(await outcome(readHead, Buffer.from(bytes).toString('hex')))
  }
  expect(outcomes).toContain('picture')
  expect(outcomes).toContain('bad-image')
})
