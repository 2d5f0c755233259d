import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createHash } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { readPictureHeader } from '#adapters/pictures/picture-header.ts'
import { drawSvg } from '#adapters/pictures/drawn-formats.ts'
import { blankColor } from '#core/facts/blank.ts'
import type { DecodedPicture } from '#core/ports/pictures.ts'
import { isRunning, rememberingStart } from '#test/helper-processes.ts'
import { startInProcess } from '#test/in-process-helper.ts'
import {
  animatedGif,
  animatedPng,
  animatedWebp,
  blankPicture,
  bmpPicture,
  bombPicture,
  cornerPicture,
  notAPicture,
  orientedJpeg,
  orientedPng,
  textHeavyPicture,
  transparentPicture,
  truncated,
  turnedAvif,
  whiteLogo
} from '#test/pictures.ts'
import { cornerTiffPage, storedInManyWays, tiffFile, tiffWays } from '#test/tiff-files.ts'

const decoder = createCanvasDecoder()
/** For many small files that would each start a helper process. */
const decoderInProcess = createCanvasDecoder(startInProcess)
const model = { maxWidthPx: 1365, maxHeightPx: 768 }

function colorAt(picture: DecodedPicture, x: number, y: number): number[] {
  const { data, width } = picture.pixels({ maxWidthPx: 2000, maxHeightPx: 2000 })
  return [...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 4)]
}

function isRed([red = 0, green = 0, blue = 0]: number[]): boolean {
  return red > 200 && green < 60 && blue < 60
}

/** In which corners the picture is red. */
function redCorners(picture: DecodedPicture): string[] {
  const [right, bottom] = [picture.width - 5, picture.height - 5]
  return Object.entries({
    topLeft: [4, 4],
    topRight: [right, 4],
    bottomLeft: [4, bottom],
    bottomRight: [right, bottom]
  })
    .filter(([, [x = 0, y = 0]]) => isRed(colorAt(picture, x, y)))
    .map(([name]) => name)
}

describe('decoding', () => {
  it.each([
    [1, 48, 32, 'topLeft'],
    [2, 48, 32, 'topRight'],
    [3, 48, 32, 'bottomRight'],
    [4, 48, 32, 'bottomLeft'],
    [5, 32, 48, 'topLeft'],
    [6, 32, 48, 'topRight'],
    [7, 32, 48, 'bottomRight'],
    [8, 32, 48, 'bottomLeft']
  ])('turns EXIF orientation %i upright', async (orientation, width, height, corner) => {
    for (const bytes of [await orientedJpeg(orientation), await orientedPng(orientation)]) {
      const picture = await decoder.decode(bytes)
      expect({ width: picture.width, height: picture.height, corners: redCorners(picture) }).toEqual({
        width,
        height,
        corners: [corner]
      })
      const encoded = await picture.encode(model)
      expect(redCorners(await decoder.decode(encoded.bytes))).toEqual([corner])
      expect(redCorners(await decoder.decode(await picture.crop({ x: 0, y: 0, width, height })))).toEqual([corner])
    }
  })

  // As heif-convert of libheif turns them.
  it.each([
    [0, 'no', 'topLeft'],
    [1, 'no', 'bottomLeft'],
    [2, 'no', 'bottomRight'],
    [3, 'no', 'topRight'],
    [0, 'topToBottom', 'bottomLeft'],
    [1, 'topToBottom', 'topLeft'],
    [2, 'topToBottom', 'topRight'],
    [3, 'topToBottom', 'bottomRight'],
    [0, 'leftToRight', 'topRight'],
    [1, 'leftToRight', 'bottomRight'],
    [2, 'leftToRight', 'bottomLeft'],
    [3, 'leftToRight', 'topLeft']
  ] as const)('turns an AVIF by %i quarters, mirrored: %s', async (quarters, mirrored, corner) => {
    const picture = await decoderInProcess.decode(turnedAvif(quarters, mirrored))
    expect([picture.width, picture.height]).toEqual(quarters % 2 === 1 ? [32, 48] : [48, 32])
    expect(redCorners(picture)).toEqual([corner])
  })

  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('decodes %s', async (format) => {
    const picture = await decoder.decode(await cornerPicture(format))
    expect(picture).toMatchObject({ mime: `image/${format}`, width: 48, height: 32 })
    expect(redCorners(picture)).toEqual(['topLeft'])
  })

  it('decodes BMP', async () => {
    expect(colorAt(await decoder.decode(bmpPicture(30, 20)), 3, 3)).toEqual([128, 128, 128, 255])
  })

  it('takes the first frame of an animation', async () => {
    for (const bytes of [animatedGif(), animatedPng(), await animatedWebp()])
      expect(isRed(colorAt(await decoder.decode(bytes), 20, 15))).toBe(true)
  })

  it('puts transparent pictures on white', async () => {
    const picture = await decoder.decode(await transparentPicture())
    expect(colorAt(picture, 5, 10)).toEqual([255, 255, 255, 255])
    expect(colorAt(picture, 30, 10)).toEqual([0, 0, 0, 255])
    const sent = await decoder.decode((await picture.encode(model)).bytes)
    expect(Math.min(...colorAt(sent, 5, 10))).toBeGreaterThan(245)
  })

  it('puts white letters on dark, so that they are not lost', async () => {
    const picture = await decoder.decode(await whiteLogo())
    expect(blankColor(picture.pixels(model))).toBeNull()
    expect(colorAt(picture, 2, 2)).toEqual([48, 48, 48, 255])
    const sent = await decoder.decode((await picture.encode(model)).bytes)
    expect(blankColor(sent.pixels(model))).toBeNull()
  })

  it('identifies the picture by the digest of its original bytes', async () => {
    const bytes = await cornerPicture('png')
    expect((await decoder.decode(bytes)).sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it.each([
    ['a bomb', () => bombPicture(), 'too-large'],
    ['text', () => notAPicture, 'bad-image'],
    ['half an AVIF', async () => truncated(await cornerPicture('avif')), 'bad-image'],
    ['a PDF', () => Buffer.from('%PDF-1.7\n'), 'unsupported'],
    ['a PNG whose pixels are rubbish', async () => rubbish(await cornerPicture('png')), 'bad-image']
  ])('refuses %s', async (_, bytes, code) => {
    await expect(decoder.decode(await bytes())).rejects.toMatchObject({ name: 'DescryError', code })
  })
})

/** A PNG whose frame of chunks is whole. */
function rubbish(png: Uint8Array): Uint8Array {
  const bytes = Buffer.from(png)
  const data = bytes.indexOf('IDAT')
  bytes.fill(0x5a, data + 12, data + 4 + bytes.readUInt32BE(data - 4))
  return bytes
}

describe('TIFF', () => {
  it.each([
    [1, 48, 32, 'topLeft'],
    [2, 48, 32, 'topRight'],
    [3, 48, 32, 'bottomRight'],
    [4, 48, 32, 'bottomLeft'],
    [5, 32, 48, 'topLeft'],
    [6, 32, 48, 'topRight'],
    [7, 32, 48, 'bottomRight'],
    [8, 32, 48, 'bottomLeft']
  ])('of orientation %i is turned upright', async (orientation, width, height, corner) => {
    const bytes = tiffFile([cornerTiffPage({ 274: orientation }, orientation > 4)], orientation % 2 === 0)
    const picture = await decoder.decode(bytes)
    expect(picture).toMatchObject({ mime: 'image/tiff', width, height })
    expect(redCorners(picture)).toEqual([corner])
    expect(picture.sha256).toBe(createHash('sha256').update(bytes).digest('hex'))
  })

  it('in gray and with transparency is decoded', async () => {
    const grey = { width: 2, height: 1, samplesPerPixel: 1, pixels: Uint8Array.of(0, 200) } as const
    expect(colorAt(await decoder.decode(tiffFile([grey])), 1, 0)).toEqual([200, 200, 200, 255])
    const clear = {
      width: 2,
      height: 1,
      samplesPerPixel: 4,
      pixels: Uint8Array.of(9, 9, 9, 0, 0, 0, 255, 255)
    } as const
    const picture = await decoder.decode(tiffFile([clear]))
    expect([colorAt(picture, 0, 0), colorAt(picture, 1, 0)]).toEqual([
      [255, 255, 255, 255],
      [0, 0, 255, 255]
    ])
  })

  it.each(tiffWays)('stored as %s is read', async (way) => {
    const picture = await decoder.decode(storedInManyWays(await cornerPicture('jpeg'))[way])
    expect([picture.width, picture.height]).toEqual([48, 32])
    // Red, or black where there are no colors: no green either way.
    const [corner = 255, ...others] = [colorAt(picture, 4, 4), colorAt(picture, 43, 4), colorAt(picture, 4, 27)].map(
      ([, green = 0]) => green
    )
    expect(corner).toBeLessThan(60)
    expect(Math.min(...others)).toBeGreaterThan(245)
  })

  it('in thousands of pieces that only pdf.js could read is refused before it takes memory', async () => {
    const strips = Array.from({ length: 1001 }, () => 8)
    const page = { ...cornerTiffPage({ 259: 32_773, 273: strips, 279: strips }) }
    await expect(decoder.decode(tiffFile([page]))).rejects.toMatchObject({ code: 'unsupported' })
  })

  it('whose packed pixels are damaged does not become a blank page', async () => {
    const jpeg = Uint8Array.from(await cornerPicture('jpeg')).fill(0x5a, 2)
    await expect(decoder.decode(storedInManyWays(jpeg).JPEG)).rejects.toMatchObject({ code: 'bad-image' })
  })

  it.each([
    ['with old-style JPEG compression', { 259: 6 }],
    ['with Zstandard compression', { 259: 50_000 }],
    ['in this pixel format', { 339: 3 }]
  ])('%s is refused by name', async (what, tags) => {
    await expect(decoder.decode(tiffFile([cornerTiffPage(tags)]))).rejects.toMatchObject({
      code: 'unsupported',
      message: `TIFF files ${what} are not supported.`
    })
  })

  it('whose pixels are damaged fails without ending the process', async () => {
    const bytes = Buffer.from(tiffFile([cornerTiffPage({}, true)]))
    bytes.fill(0x5a, 10, 40)
    await expect(decoder.decode(bytes)).rejects.toMatchObject({ code: 'bad-image', message: 'This TIFF is damaged.' })
  })
})

describe('encoding', () => {
  it('shrinks to the limit, rotates the limit for portrait and enlarges only what is tiny', async () => {
    const size = async (width: number, height: number): Promise<number[]> => {
      const picture = await decoder.decode(await blankPicture([9, 99, 199], { width, height }))
      const encoded = await picture.encode(model)
      const header = readPictureHeader(encoded.bytes)
      expect(encoded).toMatchObject({ mime: 'image/jpeg', width: header.width, height: header.height })
      return [encoded.width, encoded.height]
    }
    expect(await size(3840, 2160)).toEqual([1365, 768])
    expect(await size(2160, 3840)).toEqual([768, 1365])
    expect(await size(2000, 2000)).toEqual([768, 768])
    expect(await size(800, 600)).toEqual([800, 600])
    // Small models fail on less than 32 pixels.
    expect(await size(4000, 2)).toEqual([1365, 32])
    expect(await size(16, 16)).toEqual([32, 32])
    expect(await size(20, 12)).toEqual([60, 36])
    expect(await size(1, 1)).toEqual([32, 32])
    expect(await size(1, 300)).toEqual([32, 300])
  })

  it('stays under 400 KB for a text-heavy 4K picture', async () => {
    const picture = await decoder.decode(await textHeavyPicture())
    const encoded = await picture.encode(model)
    expect([encoded.width, encoded.height]).toEqual([1365, 768])
    expect(encoded.bytes.length).toBeLessThan(400_000)
  })

  it('removes metadata', async () => {
    const encoded = await (await decoder.decode(await orientedJpeg(6))).encode(model)
    expect(Buffer.from(encoded.bytes).includes('Exif')).toBe(false)
  })
})

describe('SVG', () => {
  const svg = (inner: string, attributes = 'width="40" height="40"'): Uint8Array =>
    new TextEncoder().encode(
      `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" ${attributes}>${inner}</svg>`
    )
  const redSquare = '<rect width="20" height="20" fill="red"/>'

  it.each([
    ['of its own size', 'width="1200" height="800"', [1200, 800]],
    ['that is small', 'viewBox="0 0 60 40" width="24" height="16"', [1024, 683]],
    ['without a size', 'viewBox="0 0 60 40"', [1024, 683]],
    ['as large as its place', 'width="100%" height="100%"', [1024, 512]],
    ['after a byte order mark', 'width="60" height="40"', [1024, 683], '\uFEFF<!-- <svg> -->']
  ])('%s is drawn large enough to see, and sharp', async (_, attributes, [width, height], before = '') => {
    const quarter = '<rect width="50%" height="50%" fill="red"/>'
    const picture = await decoder.decode(Buffer.concat([Buffer.from(before), svg(quarter, attributes)]))
    expect(picture).toMatchObject({ mime: 'image/svg+xml', width, height })
    expect(redCorners(picture)).toEqual(['topLeft'])
    const edge = picture.width / 2
    expect(isRed(colorAt(picture, edge - 3, 100))).toBe(true)
    expect(colorAt(picture, edge + 3, 100)).toEqual([255, 255, 255, 255])
  })

  it.each(['jpeg', 'png', 'gif', 'webp'] as const)('with an embedded %s shows it', async (format) => {
    const photo = Buffer.from(await cornerPicture(format)).toString('base64')
    const image = `<image width="48" height="32" href="data:image/${format};base64,${photo}"/>`
    const picture = await decoder.decode(svg(image, 'width="48" height="32"'))
    expect(picture.missing).toBeNull()
    expect(redCorners(picture)).toEqual(['topLeft'])
  })

  it('loads neither files nor addresses', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'descry-svg-'))
    const asked: string[] = []
    const red = await (await decoder.decode(svg('<rect width="40" height="40" fill="red"/>'))).encode(model)
    const server = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end(red.bytes)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    try {
      const file = join(folder, 'red.jpg')
      await writeFile(file, red.bytes)
      const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
      const inner = [file, 'red.jpg', `file://${file}`, `${base}/a.jpg`]
        .map((href) => `<image href="${href}" xlink:href="${href}" width="40" height="40"/>`)
        .join('')
      const style = `<style>@import url(${base}/b.css); rect { fill: url(${base}/c.svg#p) }</style><use href="${base}/d.svg#x"/>`
      const filter = `<filter id="f"><feImage href="${file}"/></filter><rect width="40" height="40" filter="url(#f)"/>`
      const hidden = `<!DOCTYPE svg [<!ENTITY a '<image width="40" height="40" href="${file}"/>'>]>`
      const entity = Buffer.concat([Buffer.from(hidden), svg('&a;')])
      expect(colorAt(await decoder.decode(entity), 10, 10)).toEqual([255, 255, 255, 255])
      const picture = await decoder.decode(svg(style + inner + filter))
      expect(picture.missing).toBe('linked-pictures')
      expect(colorAt(picture, 10, 10)).toEqual([255, 255, 255, 255])
      expect(asked).toEqual([])
    } finally {
      server.close()
      await rm(folder, { recursive: true })
    }
  })

  it.each([
    ['tags nested too deep', svg(`${'<g>'.repeat(200_000)}${'</g>'.repeat(200_000)}`)],
    ['broken tags', new TextEncoder().encode('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><g>')]
  ])('with %s fails without ending the process', async (_, bytes) => {
    await expect(decoder.decode(bytes)).rejects.toMatchObject({ code: 'bad-image' })
  })

  it('with a huge size in its style has the size in its tag', async () => {
    const bytes = svg(redSquare, 'width="40" height="40" style="width:50000px;height:50000px"')
    expect(await decoder.decode(bytes)).toMatchObject({ width: 1024, height: 1024 })
  })

  it('that would grow a thousandfold with each step is refused', async () => {
    const groups = Array.from(
      { length: 12 },
      (_, n) => `<g id="g${n + 1}">${`<use xlink:href="#g${n}"/>`.repeat(10)}</g>`
    )
    const bytes = svg(
      `<defs><g id="g0"><rect width="3" height="3"/></g>${groups.join('')}</defs><use xlink:href="#g12"/>`
    )
    await expect(decoder.decode(bytes)).rejects.toMatchObject({
      code: 'bad-image',
      message: 'This SVG could not be drawn.'
    })
  })

  it('that would take forever is given up', async () => {
    const noise = '<filter id="f"><feTurbulence numOctaves="9" baseFrequency="0.5"/></filter>'
    const bytes = svg(noise + '<rect width="1024" height="1024" filter="url(#f)"/>'.repeat(100))
    const { startHelper, started } = rememberingStart()
    await expect(drawSvg(bytes, { width: 1024, height: 1024 }, startHelper, 1500)).rejects.toMatchObject({
      code: 'bad-image'
    })
    expect(started.map(isRunning)).toEqual([false])
  })
})
