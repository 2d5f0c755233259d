import { describe, expect, it } from 'vitest'
import { readTiffPages } from '#adapters/pictures/tiff-header.ts'
import { readPictureHeader, readWholeHeader } from '#adapters/pictures/picture-header.ts'
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
import { cornerTiffPage, tiffFile } from '#test/tiff-files.ts'

const svg = (text: string): Uint8Array => new TextEncoder().encode(text)
const svgNamespace = 'xmlns="http://www.w3.org/2000/svg"'

describe('the header of each format', () => {
  it.each(['png', 'jpeg', 'webp', 'gif', 'avif'] as const)('gives type and size of %s', async (format) => {
    expect(readPictureHeader(await cornerPicture(format))).toMatchObject({
      mime: `image/${format}`,
      width: 48,
      height: 32
    })
  })

  it('gives those of BMP, also one stored top-down', () => {
    expect(readPictureHeader(bmpPicture(31, 20))).toMatchObject({ mime: 'image/bmp', width: 31, height: 20 })
    const topDown = Buffer.from(bmpPicture(31, 20))
    topDown.writeInt32LE(-20, 22)
    expect(readPictureHeader(topDown)).toMatchObject({ mime: 'image/bmp', width: 31, height: 20 })
  })

  it('gives those of TIFF, in either byte order', () => {
    for (const isBigEndian of [false, true])
      expect(readPictureHeader(tiffFile([cornerTiffPage({ 274: 6 })], isBigEndian))).toMatchObject({
        mime: 'image/tiff',
        width: 48,
        height: 32
      })
  })

  it('gives those of animations', async () => {
    expect(readPictureHeader(animatedGif())).toMatchObject({ mime: 'image/gif', width: 40, height: 30 })
    expect(readPictureHeader(animatedPng())).toMatchObject({ mime: 'image/png', width: 40, height: 30 })
    expect(readPictureHeader(await animatedWebp())).toMatchObject({ mime: 'image/webp', width: 40, height: 30 })
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
    expect(readPictureHeader(svg(text))).toMatchObject({ mime: 'image/svg+xml', width, height })
  })
})

describe('bad pictures', () => {
  it('finds a decompression bomb too large without decoding it', () => {
    const bomb = bombPicture()
    expect(bomb.length).toBeLessThan(500_000)
    expect(() => readPictureHeader(bomb)).toThrow(expect.objectContaining({ code: 'too-large' }))
    expect(() => readPictureHeader(svg(`<svg ${svgNamespace} width="50000" height="50000"/>`))).toThrow(
      expect.objectContaining({ code: 'too-large' })
    )
  })

  it('finds a GIF too large if its first frame is larger than its screen', () => {
    const gif = Buffer.from(animatedGif())
    const frame = gif.indexOf(Buffer.from([0x2c, 0, 0, 0, 0, 40, 0, 30, 0]))
    gif.writeUInt16LE(60_000, frame + 5)
    gif.writeUInt16LE(60_000, frame + 7)
    expect(() => readPictureHeader(gif)).toThrow(expect.objectContaining({ code: 'too-large' }))
  })

  it('refuses more than 100 MB without reading it', () => {
    expect(() => readPictureHeader(new Uint8Array(100_000_001))).toThrow(expect.objectContaining({ code: 'too-large' }))
  })

  it.each(['png', 'jpeg', 'webp', 'gif'] as const)('finds a %s cut wherever it is cut short', async (format) => {
    const whole = await cornerPicture(format)
    for (let length = 4; length < whole.length; length += 1 + Math.floor(length / 20))
      expect(() => readWholeHeader(whole.subarray(0, length)), `${length} bytes`).toThrow(
        expect.objectContaining({ code: 'bad-image' })
      )
    expect(readPictureHeader(whole.subarray(0, -1))).toMatchObject({ width: 48, height: 32, isCut: true })
  })

  it('finds a photo cut without its second half, and accepts one with data after its end', async () => {
    const photo = await photoPicture(300, 200)
    expect(readPictureHeader(truncated(photo))).toMatchObject({ width: 300, isCut: true })
    expect(() => readWholeHeader(photo.subarray(0, -1))).toThrow(expect.objectContaining({ code: 'bad-image' }))
    expect(readWholeHeader(Buffer.concat([photo, Buffer.from('trailer of a camera')]))).toMatchObject({ width: 300 })
  })

  it('finds a BMP cut when it is cut short', () => {
    expect(() => readWholeHeader(bmpPicture(30, 20).subarray(0, -1))).toThrow(
      expect.objectContaining({ code: 'bad-image' })
    )
  })

  it.each([
    ['nothing', new Uint8Array(), 'The file is empty.'],
    ['text', notAPicture, 'This is text, not a picture.'],
    [
      'a web page',
      svg('<!DOCTYPE html><html><body><svg width="3"></svg></body></html>'),
      'This is a web page, not a picture.'
    ],
    [
      'a PNG signature alone',
      (() => Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'))(),
      'This PNG file is damaged or incomplete.'
    ],
    ['zeros', new Uint8Array(1000), 'The file is damaged or is not a picture.']
  ])('does not take %s for a picture', (_, bytes, message) => {
    expect(() => readPictureHeader(bytes)).toThrow(expect.objectContaining({ code: 'bad-image', message }))
  })

  it.each([
    ['Word files', 'PK\x03\x04\x14\0[Content_Types].xml word/document.xml', 'Save it as PDF.'],
    ['Excel files', 'PK\x03\x04\x14\0xl/workbook.xml', 'Save it as PDF.'],
    ['PowerPoint files', 'PK\x03\x04\x14\0ppt/presentation.xml', 'Save it as PDF.'],
    ['OpenDocument files', 'PK\x03\x04\x14\0mimetypeapplication/vnd.oasis.opendocument.text', 'Save it as PDF.'],
    ['EPUB files', 'PK\x03\x04\x14\0mimetypeapplication/epub+zip', 'Save it as PDF.'],
    ['Files from old versions of Office', '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'Save it as PDF.'],
    ['RTF files', '{\\rtf1', 'Save it as PDF.'],
    ['PostScript files', '%!PS-Adobe-3.0', 'Save it as PDF.'],
    ['Programs', 'MZ\x90\0', 'Choose a picture.'],
    ['DjVu files', 'AT&TFORM', 'Save it as PDF.'],
    ['ZIP files', 'PK\x03\x04\x14\0photos/1.jpg', 'Unpack it first.'],
    ['RAR files', 'Rar!\x1a\x07', 'Unpack it first.'],
    ['7z files', '7z\xbc\xaf\x27\x1c', 'Unpack it first.'],
    ['gzip files', '\x1f\x8b\x08', 'Unpack it first.'],
    ['Video files', '\0\0\0\x18ftypisom\0\0\0\0isommp41', 'Take a screenshot of it.'],
    ['Video files', '\0\0\0\x18ftyp3gp5\0\0\0\x003gp53gp4', 'Take a screenshot of it.'],
    ['Video files', '\x1a\x45\xdf\xa3', 'Take a screenshot of it.'],
    ['Video files', 'RIFF\0\0\0\0AVI LIST', 'Take a screenshot of it.'],
    ['Audio files', 'ID3\x04', 'Choose a picture.'],
    ['Audio files', '\0\0\0\x18ftypM4A \0\0\0\0M4A isom', 'Choose a picture.'],
    ['JPEG XL files', '\xff\x0a\0\0', 'Save it as PNG or JPEG.'],
    ['JPEG 2000 files', '\0\0\0\x0cjP  \r\n\x87\n', 'Save it as PNG or JPEG.'],
    ['Photoshop files', '8BPS\0\x01', 'Save it as PNG or JPEG.'],
    ['GIMP files', 'gimp xcf v011', 'Save it as PNG or JPEG.'],
    ['OpenEXR files', '\x76\x2f\x31\x01', 'Save it as PNG or JPEG.'],
    ['DICOM files', `${'\0'.repeat(128)}DICM`, 'Save it as PNG or JPEG.'],
    ['Windows metafiles', `\x01\0\0\0${'\0'.repeat(36)} EMF`, 'Save it as PNG or JPEG.'],
    ['Camera raw files', 'II*\0\x10\0\0\0CR\x02\0', 'Save it as PNG or JPEG.'],
    ['Camera raw files', '\0\0\0\x18ftypcrx \0\0\0\x01crx isom', 'Save it as PNG or JPEG.'],
    ['PDF files', '%PDF-1.7\n', 'Save the page as PNG.'],
    ['PDF files', '\r\n%PDF-1.7\n', 'Save the page as PNG.']
  ])('names %s when it refuses it', (names, head, next) => {
    expect(() => readPictureHeader(Buffer.from(head, 'latin1'))).toThrow(
      expect.objectContaining({ code: 'unsupported', message: `${names} are not supported.`, next })
    )
  })

  it('takes a TIFF that only has thumbnails for a camera raw', () => {
    expect(() => readPictureHeader(tiffFile([cornerTiffPage({ 254: 1 })]))).toThrow(
      expect.objectContaining({ code: 'unsupported', message: 'Camera raw files are not supported.' })
    )
  })

  it('finds a TIFF damaged when its pages share one endless list of strips', () => {
    const [pages, strips] = [30, 100_000]
    const bytes = Buffer.alloc(8 + pages * 18 + strips * 4)
    bytes.write('II*\0\b\0\0\0', 'latin1')
    for (let at = 8, page = 1; page <= pages; at += 18, page += 1) {
      bytes.writeUInt16LE(1, at)
      bytes.writeUInt16LE(273, at + 2)
      bytes.writeUInt16LE(4, at + 4)
      bytes.writeUInt32LE(strips, at + 6)
      bytes.writeUInt32LE(8 + pages * 18, at + 10)
      bytes.writeUInt32LE(page === pages ? 0 : at + 18, at + 14)
    }
    expect(() => readPictureHeader(bytes)).toThrow(expect.objectContaining({ code: 'bad-image' }))
    expect(readTiffPages(bytes)).toBeNull()
  })

  it('finds a TIFF damaged when it is cut short or refers to itself, and too large by its header', () => {
    const whole = tiffFile([cornerTiffPage(), cornerTiffPage({}, true)])
    for (let length = 8; length < whole.length; length += 97)
      expect(() => readPictureHeader(whole.subarray(0, length)), `${length} bytes`).toThrow(
        expect.objectContaining({ code: 'bad-image' })
      )
    const circle = Buffer.from(tiffFile([cornerTiffPage()]))
    circle.writeUInt32LE(circle.readUInt32LE(4), circle.length - 4)
    expect(() => readPictureHeader(circle)).toThrow(expect.objectContaining({ code: 'bad-image' }))
    expect(() => readPictureHeader(tiffFile([cornerTiffPage({ 256: 200_000, 257: 100_000 })]))).toThrow(
      expect.objectContaining({ code: 'too-large' })
    )
  })

  it('is not slowed down by what comes before an SVG', () => {
    const bytes = svg(`${'<!---->'.repeat(2500)}<?x?><p>`)
    expect(() => readPictureHeader(bytes)).toThrow(expect.objectContaining({ code: 'bad-image' }))
  })

  it('survives any bytes after any signature', async () => {
    let state = 1
    const random = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) >>> 24
    const heads = await Promise.all((['png', 'jpeg', 'webp', 'gif', 'avif'] as const).map(cornerPicture))
    for (const head of [...heads, bmpPicture(9, 9), await orientedJpeg(6), tiffFile([cornerTiffPage({ 274: 6 })])])
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
