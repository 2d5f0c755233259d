import { createCanvas } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createFileOpener } from '#adapters/pictures/file-opener.ts'
import { blankColorOf } from '#core/facts/local-facts.ts'
import type { DecodedPicture } from '#core/ports/pictures.ts'
import {
  bmpWithAlpha,
  chunk,
  chunksOf,
  fourCorners,
  onTransparent,
  pngOf,
  pngWithoutAlpha,
  webpWithExifPrefix
} from '#test/field-pictures.ts'
import { font } from '#test/fonts.ts'
import { animatedGif, animatedPng, bmpPicture, cornerPicture, truncated } from '#test/pictures.ts'
import { tiffFile } from '#test/tiff-files.ts'

const decoder = createCanvasDecoder()
const corners = fourCorners()
const png = Buffer.from(await corners.encode('png'))
const jpeg = Buffer.from(await corners.encode('jpeg', 90))
const gif = Buffer.from(await corners.encode('gif'))
const webp = Buffer.from(await corners.encode('webp', 90))

function colorAt(picture: DecodedPicture, x: number, y: number): number[] {
  const { data, width } = picture.pixels({ maxWidthPx: 4000, maxHeightPx: 4000 })
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3)]
}

/** The colors of the four corners in words, so that compression does not matter. */
function cornersOf(picture: DecodedPicture): string[] {
  const [right, bottom] = [picture.width - 20, picture.height - 20]
  return (
    [
      [20, 20],
      [right, 20],
      [20, bottom],
      [right, bottom]
    ] as const
  ).map(([x, y]) => {
    const [red = 0, green = 0, blue = 0] = colorAt(picture, x, y)
    const key = [red, green, blue].map((level) => (level > 128 ? 1 : 0)).join('')
    return { '100': 'red', '010': 'green', '001': 'blue', '110': 'yellow' }[key] ?? 'other'
  })
}

const turnedWebp = await webpWithExifPrefix(6)
const turnedPng = await upsideDownPng()
const inPlace = ['red', 'green', 'blue', 'yellow']
/** The byte before the first quantization table. */
const firstTable = jpeg.indexOf(Buffer.of(0xff, 0xdb))
const noEnd = chunksOf(png).slice(0, -1)

describe('a file whose pixels are all there is whole', () => {
  it.each<[string, Uint8Array]>([
    ['a JPEG without its end marker', jpeg.subarray(0, -2)],
    ['a JPEG with half an end marker', jpeg.subarray(0, -1)],
    [
      'a JPEG with a byte too many before a table',
      Buffer.concat([jpeg.subarray(0, firstTable), Buffer.of(0), jpeg.subarray(firstTable)])
    ],
    ['a PNG with a wrong checksum in a text', pngOf(chunksOf(png).toSpliced(1, 0, chunk('tEXt', Buffer.of(65, 0), 1)))],
    ['a PNG with a wrong checksum over its pixels', pngOf(withWrongChecksum('IDAT'))],
    ['a PNG without an end', pngOf(noEnd)],
    ['a PNG that ends in the checksum of its pixels', pngOf(noEnd).subarray(0, -3)],
    ['a PNG that ends in a text', Buffer.concat([pngOf(noEnd), chunk('tEXt', Buffer.alloc(90)).subarray(0, 40)])],
    ['a GIF without a trailer', gif.subarray(0, -1)],
    ['a GIF with zeros in place of its trailer', Buffer.concat([gif.subarray(0, -1), Buffer.alloc(8)])],
    ['a WebP with a wrong length', withLength(webp, webp.length + 1000)],
    ['a WebP turned by an EXIF block with the prefix of JPEG', turnedWebp],
    ['a PNG turned by an EXIF block with the prefix of JPEG', turnedPng]
  ])('%s', async (_, bytes) => {
    const picture = await decoder.decode(bytes)
    expect(picture).toMatchObject({ width: 480, height: 320, missing: null })
    expect(cornersOf(picture)).toEqual(inPlace)
  })

  it('a BMP without its last padding', async () => {
    const picture = await decoder.decode(bmpPicture(31, 20).subarray(0, -3))
    expect(picture.missing).toBeNull()
    expect(colorAt(picture, 30, 19)).toEqual([128, 128, 128])
    expect(colorAt(picture, 0, 0)).toEqual([128, 128, 128])
  })

  it('animations without their last byte still have their frames', async () => {
    for (const bytes of [animatedGif(), animatedPng()])
      expect((await createFileOpener(decoder).open(bytes.subarray(0, -1))).parts.length).toBeGreaterThan(1)
  })
})

function withWrongChecksum(name: string): Buffer[] {
  return chunksOf(png).map((one) => {
    const changed = Buffer.from(one)
    if (one.toString('latin1', 4, 8) === name) changed.writeUInt32BE(1, one.length - 4)
    return changed
  })
}

function withLength(bytes: Buffer, length: number): Buffer {
  const changed = Buffer.from(bytes)
  changed.writeUInt32LE(length, 4)
  return changed
}

async function upsideDownPng(): Promise<Uint8Array> {
  const stored = createCanvas(480, 320)
  const context = stored.getContext('2d')
  context.translate(480, 320)
  context.rotate(Math.PI)
  context.drawImage(corners, 0, 0)
  const exif = Buffer.from('Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x03\0\0\0\0\0\0', 'latin1')
  return pngOf(chunksOf(await stored.encode('png')).toSpliced(1, 0, chunk('eXIf', exif)))
}

describe('of a file that is cut short, what is there is shown', () => {
  it.each<[string, Uint8Array]>([
    ['JPEG', truncated(jpeg, 0.7)],
    ['PNG', truncated(png, 0.7)],
    ['PNG with an end', pngOf([...cutPixels(0.6), ...chunksOf(png).slice(-1)])],
    ['GIF', truncated(gif, 0.7)],
    ['WebP', truncated(webp, 0.8)]
  ])('%s', async (_, bytes) => {
    const picture = await decoder.decode(bytes)
    expect(picture).toMatchObject({ width: 480, height: 320, missing: 'pixels' })
    expect(cornersOf(picture).slice(0, 2)).toEqual(['red', 'green'])
    expect(cornersOf(picture)[3]).not.toBe('yellow')
  })

  it('BMP, which begins at its bottom', async () => {
    const bmp = bmpWithAlpha(corners, 255)
    const picture = await decoder.decode(truncated(bmp, 0.5))
    expect(picture.missing).toBe('pixels')
    expect(cornersOf(picture).slice(2)).toEqual(['blue', 'yellow'])
  })

  it.each(['png', 'jpeg', 'webp', 'gif'] as const)('but a %s without any pixel is damaged', async (format) => {
    const whole = await cornerPicture(format)
    await expect(decoder.decode(whole.subarray(0, 40))).rejects.toMatchObject({ code: 'bad-image' })
  })

  it('and a gray picture is not incomplete', async () => {
    const canvas = createCanvas(64, 64)
    const context = canvas.getContext('2d')
    context.fillStyle = '#808080'
    context.fillRect(0, 0, 64, 64)
    expect(await decoder.decode(await canvas.encode('jpeg', 90))).toMatchObject({ missing: null })
  })
})

function cutPixels(share: number): Buffer[] {
  return chunksOf(png).flatMap((one) => {
    const name = one.toString('latin1', 4, 8)
    if (name === 'IEND') return []
    const content = one.subarray(8, -4)
    return [name === 'IDAT' ? chunk(name, truncated(content, share)) : one]
  })
}

describe('an alpha channel of zeros everywhere is none', () => {
  it.each<[string, Uint8Array]>([
    ['BMP', bmpWithAlpha(corners, 0)],
    ['BMP stored from its top', bmpWithAlpha(corners, 0, true)],
    ...([0, 1, 2, 3, 4] as const).map((filter): [string, Uint8Array] => [
      `PNG with filter ${filter}`,
      pngWithoutAlpha(corners, 8, filter)
    ]),
    ['PNG of 16 bits', pngWithoutAlpha(corners, 16, 1)]
  ])('%s', async (_, bytes) => {
    const picture = await decoder.decode(bytes)
    expect(cornersOf(picture)).toEqual(inPlace)
    expect(blankColorOf(picture)).toBeNull()
  })

  it('TIFF', async () => {
    const pixels = Uint8Array.of(200, 10, 10, 0, 10, 10, 200, 0)
    const picture = await decoder.decode(tiffFile([{ width: 2, height: 1, samplesPerPixel: 4, pixels }]))
    expect(colorAt(picture, 0, 0)).toEqual([200, 10, 10])
  })

  it('but a picture with nothing in it stays empty', async () => {
    const bytes = await createCanvas(50, 40).encode('png')
    expect(blankColorOf(await decoder.decode(bytes))).toBe('white')
  })
})

describe('on a transparent ground everything can be seen', () => {
  const text = (context: Parameters<Parameters<typeof onTransparent>[0]>[0], color: string): void => {
    context.fillStyle = color
    context.font = font(44, { bold: true })
    context.fillText('INVOICE 4711', 110, 95)
  }
  const bar = (context: Parameters<Parameters<typeof onTransparent>[0]>[0], color: string): void => {
    context.fillStyle = color
    context.fillRect(20, 20, 60, 120)
  }
  it.each<[string, Promise<Uint8Array>, string]>([
    [
      'white letters beside a red bar',
      onTransparent((context) => {
        bar(context, '#dc1414')
        text(context, '#ffffff')
      }),
      '#ffffff'
    ],
    ['half-transparent white letters', onTransparent((context) => text(context, 'rgba(255,255,255,0.43)')), 'white'],
    [
      'white letters beside a black bar',
      onTransparent((context) => {
        bar(context, '#000000')
        text(context, '#ffffff')
      }),
      '#ffffff'
    ],
    [
      'black letters beside a white bar',
      onTransparent((context) => {
        bar(context, '#ffffff')
        text(context, '#000000')
      }),
      '#000000'
    ],
    ['black letters', onTransparent((context) => text(context, '#000000')), '#000000'],
    ['light gray letters', onTransparent((context) => text(context, '#e8e8e8')), '#e8e8e8']
  ])('%s', async (_, bytes) => {
    const picture = await decoder.decode(await bytes)
    expect(blankColorOf(picture)).toBeNull()
    const [ground = 0] = colorAt(picture, 2, 2)
    // The stem of the letter I, and the bar.
    for (const [x, y] of [[117, 80], ...(colorAt(picture, 50, 80)[1] === ground ? [] : [[50, 80]])] as [
      number,
      number
    ][])
      expect(Math.max(...colorAt(picture, x, y).map((level) => Math.abs(level - ground)))).toBeGreaterThan(48)
  })
})

describe('a fax', () => {
  it('with twice as many pixels across as down is drawn in its right shape', async () => {
    const [width, height] = [100, 20]
    const pixels = new Uint8Array(width * height).fill(255)
    const fax = tiffFile([{ width, height, samplesPerPixel: 1, pixels }])
    expect(await decoder.decode(withResolution(fax, 204, 98))).toMatchObject({
      width: 100,
      height: 42
    })
    expect(await decoder.decode(withResolution(fax, 98, 204))).toMatchObject({ width: 208, height: 20 })
    expect(await decoder.decode(withResolution(fax, 204, 196))).toMatchObject({ width: 100, height: 20 })
    expect(await decoder.decode(withResolution(fax, 9000, 1))).toMatchObject({ width: 100, height: 20 })
  })
})

/** Adds both resolutions to the directory of a file of one page, which is at its end. */
function withResolution(tiff: Uint8Array, across: number, down: number): Uint8Array {
  const bytes = Buffer.from(tiff)
  const directoryAt = bytes.readUInt32LE(4)
  const count = bytes.readUInt16LE(directoryAt)
  const directory = bytes.subarray(directoryAt + 2, directoryAt + 2 + 12 * count)
  const values = Buffer.alloc(16)
  for (const [index, value] of [across, 1, down, 1].entries()) values.writeUInt32LE(value, 4 * index)
  const entries = [282, 283].map((tag, index) => {
    const entry = Buffer.alloc(12)
    entry.writeUInt16LE(tag, 0)
    entry.writeUInt16LE(5, 2)
    entry.writeUInt32LE(1, 4)
    entry.writeUInt32LE(bytes.length + 8 * index, 8)
    return entry
  })
  const head = Buffer.alloc(2)
  head.writeUInt16LE(count + 2)
  bytes.writeUInt32LE(bytes.length + 16, 4)
  return Buffer.concat([bytes, values, head, directory, ...entries, Buffer.alloc(4)])
}
