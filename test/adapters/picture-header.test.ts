import { describe, expect, it } from 'vitest'
import { readPictureHeader } from '#adapters/picture-header.ts'
import {
  animatedGif,
  animatedPng,
  animatedWebp,
  bmpPicture,
  bombPicture,
  cornerPicture,
  notAPicture,
  orientedJpeg,
  photoPicture,
  truncated
} from '#test/pictures.ts'

const svg = (text: string): Uint8Array => new TextEncoder().encode(text)
const svgNamespace = 'xmlns="http://www.w3.org/2000/svg"'

describe('the header of each format', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('gives type and size of %s', async (format) => {
    expect(readPictureHeader(await cornerPicture(format))).toEqual({ mime: `image/${format}`, width: 48, height: 32 })
  })

  it('gives those of BMP, also one stored top-down', () => {
    expect(readPictureHeader(bmpPicture(31, 20))).toEqual({ mime: 'image/bmp', width: 31, height: 20 })
    const topDown = Buffer.from(bmpPicture(31, 20))
    topDown.writeInt32LE(-20, 22)
    expect(readPictureHeader(topDown)).toEqual({ mime: 'image/bmp', width: 31, height: 20 })
  })

  it('gives those of animations', async () => {
    expect(readPictureHeader(animatedGif())).toEqual({ mime: 'image/gif', width: 40, height: 30 })
    expect(readPictureHeader(animatedPng())).toEqual({ mime: 'image/png', width: 40, height: 30 })
    expect(readPictureHeader(await animatedWebp())).toEqual({ mime: 'image/webp', width: 40, height: 30 })
  })

  it.each([
    ['plain', `<svg ${svgNamespace} width="300" height="200"/>`, 300, 200],
    ['with units', `<svg ${svgNamespace} width="1in" height="72pt"/>`, 96, 96],
    ['with a viewBox only', `<svg ${svgNamespace} viewBox="0 0 640 480"/>`, 640, 480],
    ['with a width and a viewBox', `<svg ${svgNamespace} width="320" viewBox="0,0,640,480"/>`, 320, 240],
    ['in percent', `<svg ${svgNamespace} width="100%" height="100%" viewBox="0 0 50 40"/>`, 50, 40],
    ['without any size', `<svg ${svgNamespace}/>`, 300, 150],
    [
      'after a declaration, comment and document type',
      `\uFEFF<?xml version="1.0"?>\n<!-- <svg width="1"> -->\n<!DOCTYPE svg PUBLIC "x" "y">\n<svg ${svgNamespace} width="7" height="8">`,
      7,
      8
    ]
  ])('reads SVG %s', (_, text, width, height) => {
    expect(readPictureHeader(svg(text))).toEqual({ mime: 'image/svg+xml', width, height })
  })
})

describe('bad pictures', () => {
  it('finds a bomb too large without decoding it', () => {
    const bomb = bombPicture()
    expect(bomb.length).toBeLessThan(500_000)
    expect(() => readPictureHeader(bomb)).toThrow(expect.objectContaining({ code: 'too-large' }))
    expect(() => readPictureHeader(svg(`<svg ${svgNamespace} width="50000" height="50000"/>`))).toThrow(
      expect.objectContaining({ code: 'too-large' })
    )
  })

  it('finds a GIF too large whose first frame is larger than its screen', () => {
    const gif = Buffer.from(animatedGif())
    const frame = gif.indexOf(Buffer.from([0x2c, 0, 0, 0, 0, 40, 0, 30, 0]))
    gif.writeUInt16LE(60_000, frame + 5)
    gif.writeUInt16LE(60_000, frame + 7)
    expect(() => readPictureHeader(gif)).toThrow(expect.objectContaining({ code: 'too-large' }))
  })

  it('refuses more than 100 MB before it looks', () => {
    expect(() => readPictureHeader(new Uint8Array(100_000_001))).toThrow(expect.objectContaining({ code: 'too-large' }))
  })

  it.each(['png', 'jpeg', 'webp', 'gif'] as const)('finds a %s damaged wherever it breaks off', async (format) => {
    const whole = await cornerPicture(format)
    for (let length = 4; length < whole.length; length += 1 + Math.floor(length / 20))
      expect(() => readPictureHeader(whole.subarray(0, length)), `${length} bytes`).toThrow(
        expect.objectContaining({ code: 'bad-image' })
      )
  })

  it('finds a photo damaged that lacks its second half, and accepts one with something after its end', async () => {
    const photo = await photoPicture(300, 200)
    expect(() => readPictureHeader(truncated(photo))).toThrow(expect.objectContaining({ code: 'bad-image' }))
    expect(() => readPictureHeader(photo.subarray(0, -1))).toThrow(expect.objectContaining({ code: 'bad-image' }))
    expect(readPictureHeader(Buffer.concat([photo, Buffer.from('trailer of a camera')]))).toMatchObject({ width: 300 })
  })

  it('finds a BMP damaged that is cut short', () => {
    expect(() => readPictureHeader(bmpPicture(30, 20).subarray(0, -1))).toThrow(
      expect.objectContaining({ code: 'bad-image' })
    )
  })

  it.each([
    ['nothing', new Uint8Array()],
    ['text', notAPicture],
    ['a web page', svg('<!DOCTYPE html><html><body><svg width="3"></svg></body></html>')],
    ['a PNG signature alone', (() => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))()],
    ['zeros', new Uint8Array(1000)]
  ])('takes %s for no picture', (_, bytes) => {
    expect(() => readPictureHeader(bytes)).toThrow(expect.objectContaining({ code: 'bad-image' }))
  })

  it.each([
    ['PDF', '%PDF-1.7\n'],
    ['TIFF', 'II*\0\x08\0\0\0'],
    ['HEIC', '\0\0\0\x18ftypheic\0\0\0\0mif1heic'],
    ['HEIC', '\0\0\0\x18ftypmif1\0\0\0\0mif1heic'],
    ['Video', '\0\0\0\x18ftypisom\0\0\0\0isommp41'],
    ['JPEG XL', '\xff\x0a\0\0'],
    ['JPEG 2000', '\0\0\0\x0cjP  \r\n\x87\n'],
    ['Photoshop', '8BPS\0\x01'],
    ['Icon', '\0\0\x01\0\x01\0']
  ])('names %s when it refuses it', (name, head) => {
    expect(() => readPictureHeader(Buffer.from(head, 'latin1'))).toThrow(
      expect.objectContaining({ code: 'unsupported', message: `${name} files are not supported.` })
    )
  })

  it('is not slowed down by what stands before an SVG', () => {
    const bytes = svg(`${'<!---->'.repeat(2500)}<?x?><p>`)
    expect(() => readPictureHeader(bytes)).toThrow(expect.objectContaining({ code: 'bad-image' }))
  })

  it('survives any bytes after any signature', async () => {
    let state = 1
    const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24
    const heads = await Promise.all((['png', 'jpeg', 'webp', 'gif', 'avif'] as const).map(cornerPicture))
    for (const head of [...heads, bmpPicture(9, 9), await orientedJpeg(6)])
      for (let round = 0; round < 300; round += 1) {
        const bytes = Uint8Array.from(head)
        for (let change = 0; change < 6; change += 1) bytes[4 + (random() % (bytes.length - 4))] = random()
        try {
          readPictureHeader(bytes)
        } catch (error) {
          expect(error).toMatchObject({ name: 'DescryError' })
        }
      }
  })
})
