import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeAll, describe, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { fontsFor } from '#adapters/pictures/svg-fonts.ts'
import { hasLinkedPictures, svgText } from '#adapters/pictures/svg-text.ts'
import type { DecodedPicture, RgbaImage } from '#core/ports/pictures.ts'

const decoder = createCanvasDecoder()
const root = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
const svg = (inner: string, before = ''): string => `${before}<svg ${root} width="480" height="320">${inner}</svg>`
const draw = (text: string): Promise<DecodedPicture> => decoder.decode(Buffer.from(text))

const square = '<rect x="40" y="40" width="120" height="120" fill="#dc1414"/>'
const circle = '<circle cx="360" cy="100" r="60" fill="#14aa14"/>'

/** The color at a place of the SVG, in its own units. */
function colorAt(picture: DecodedPicture, x: number, y: number): number[] {
  const { data, width } = picture.pixels({ maxWidthPx: 4000, maxHeightPx: 4000 })
  const scale = width / 480
  const at = (Math.round(y * scale) * width + Math.round(x * scale)) * 4
  return [...data.subarray(at, at + 3)]
}

const red = [220, 20, 20]
const green = [20, 170, 20]
const white = [255, 255, 255]

/** Rows with anything dark in them, as the number of lines of text. */
function linesOfText(picture: DecodedPicture): number {
  const { data, width, height }: RgbaImage = picture.pixels({ maxWidthPx: 4000, maxHeightPx: 4000 })
  const isDark = Array.from({ length: height }, (_, y) => {
    const row = data.subarray(y * width * 4, (y + 1) * width * 4)
    return row.some((value, at) => at % 4 === 0 && value < 100)
  })
  return isDark.filter((dark, y) => dark && isDark[y - 1] !== true).length
}

describe('an SVG with', () => {
  it.each([
    ['plain shapes', svg(square + circle)],
    [
      'colors from a style element',
      svg(
        `<style>.a{fill:#dc1414} svg > .b, #none{fill:#14aa14}</style><rect class="a" x="40" y="40" width="120" height="120"/><circle class="b" cx="360" cy="100" r="60"/>`
      )
    ],
    [
      'use and href',
      svg(
        `<defs><rect id="r" width="120" height="120" fill="#dc1414"/><circle id="c" r="60" fill="#14aa14"/></defs><use href="#r" x="40" y="40"/><use xlink:href="#c" x="360" y="100"/>`
      )
    ],
    [
      'symbols',
      svg(
        `<symbol id="s" viewBox="0 0 12 12"><rect width="12" height="12" fill="#dc1414"/></symbol><use href="#s" x="40" y="40" width="120" height="120"/>${circle}`
      )
    ],
    ['a clip path and a group opacity of one', svg(`<g opacity="1">${square}</g>${circle}`)],
    [
      'entities',
      svg(
        '<rect x="40" y="40" width="120" height="120" fill="&red;"/>&round;',
        `<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd" [<!ENTITY red "#dc1414"><!ENTITY round '${circle}'>]>`
      )
    ],
    ['a declared encoding that it does not have', svg(square + circle, '<?xml version="1.0" encoding="UTF-16"?>')]
  ])('%s shows them', async (_, text) => {
    const picture = await draw(text)
    expect(picture).toMatchObject({ mime: 'image/svg+xml', missing: null })
    expect(colorAt(picture, 100, 100)).toEqual(red)
    expect(colorAt(picture, 360, 100)).toEqual(green)
    expect(colorAt(picture, 240, 280)).toEqual(white)
  })

  it('a marker shows the arrowhead at the end of the line', async () => {
    const marker = `<marker id="m" markerWidth="10" markerHeight="10" refX="0" refY="5" orient="auto"><path d="M0 0L10 5L0 10z" fill="#dc1414"/></marker>`
    const picture = await draw(
      svg(
        `<defs>${marker}</defs><line x1="40" y1="160" x2="380" y2="160" stroke="#000" stroke-width="6" marker-end="url(#m)"/>`
      )
    )
    expect(colorAt(picture, 400, 160)).toEqual(red)
    expect(colorAt(picture, 400, 110)).toEqual(white)
  })

  it('a switch shows the text for those that cannot show HTML', async () => {
    const html = `<foreignObject width="200" height="100" requiredFeatures="http://www.w3.org/TR/SVG11/feature#Extensibility"><div xmlns="http://www.w3.org/1999/xhtml">Start server</div></foreignObject>`
    const picture = await draw(svg(`<switch>${html}<text x="60" y="70" font-size="24">Start server</text></switch>`))
    expect(linesOfText(picture)).toBe(1)
  })

  it('lines placed by dy shows them apart', async () => {
    const lines = ['INVOICE 4711', 'Total 52.40', 'Due 12 March']
    const spans = lines.map((line, index) => `<tspan x="240" dy="${index === 0 ? 0 : 60}">${line}</tspan>`).join('')
    const picture = await draw(svg(`<text x="240" y="80" font-size="40" text-anchor="middle">${spans}</text>`))
    // "I" and its like have no gaps in them.
    expect(linesOfText(picture)).toBe(3)
  })

  it('text in a family that nobody has shows it', async () => {
    const picture = await draw(svg('<text x="40" y="120" font-size="60" font-family="Nobody Sans">INVOICE</text>'))
    expect(linesOfText(picture)).toBe(1)
  })
})

describe('the encoding of an SVG', () => {
  const text = svg(`${square}${circle}<title>Größe</title>`, '<?xml version="1.0" encoding="UTF-16"?>')
  const utf16 = Buffer.from(text, 'utf16le')
  it.each<[string, Uint8Array]>([
    ['UTF-16 with a mark', Buffer.concat([Buffer.of(0xff, 0xfe), utf16])],
    ['UTF-16 with a mark, big-endian', Buffer.concat([Buffer.of(0xfe, 0xff), Buffer.from(utf16).swap16()])],
    ['UTF-16 without a mark', utf16],
    ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
    ['Latin-1', Buffer.from(text.replace('UTF-16', 'ISO-8859-1'), 'latin1')]
  ])('%s is understood', async (_, bytes) => {
    expect(svgText(bytes)).toContain('<title>Größe</title>')
    const picture = await decoder.decode(bytes)
    expect(picture).toMatchObject({ mime: 'image/svg+xml', width: 1024, height: 683 })
    expect(colorAt(picture, 100, 100)).toEqual(red)
  })
})

describe('linked pictures', () => {
  it.each([
    ['<image href="photo.jpg"/>', true],
    ['<image width="3" xlink:href = \'https://example.org/a.png\'/>', true],
    ['<svg:image href="file:///a.png"></svg:image>', true],
    ['<feImage href="a.png"/>', true],
    ['<image href="data:image/png;base64,AAAA"/>', false],
    ['<feImage href="#part"/>', false],
    ['<use href="#a"/><a href="https://example.org"/>', false]
  ])('%s: %s', (inner, isLinked) => expect(hasLinkedPictures(inner)).toBe(isLinked))

  it('are told of, and the rest is drawn', async () => {
    const picture = await draw(svg(`${square}<image x="200" href="photo.jpg" width="200" height="200"/>`))
    expect(picture.missing).toBe('linked-pictures')
    expect(colorAt(picture, 100, 100)).toEqual(red)
  })
})

describe('fonts', () => {
  let dejaVu: string
  beforeAll(() => {
    dejaVu = dirname(fileURLToPath(import.meta.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf')))
  })

  it('are the ones Descry brings for Latin, Greek, and Cyrillic letters', async () => {
    expect(await fontsFor('Größe Ωμέγα Привет', [dejaVu])).toHaveLength(4)
  })

  it.each(['שלום', '&#x5e9;', '&#1513;', 'سلام'])('for %s come from the system', async (text) => {
    const fonts = await fontsFor(text, ['/no/such/folder', dejaVu])
    const file = await readFile(`${dejaVu}/DejaVuSans.ttf`)
    expect(fonts.some((font) => file.equals(font))).toBe(true)
  })
})
