import { createCanvas } from '@napi-rs/canvas'
import { describe, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createZxingReader } from '#adapters/pictures/zxing.ts'
import { colorWord } from '#core/facts/blank.ts'
import { pictureKind } from '#core/facts/kind.ts'
import { readLocalFacts } from '#core/facts/local-facts.ts'
import { DescryError } from '#shared/errors.ts'
import type { LocalFacts } from '#shared/caption.ts'
import { codePicture } from '#test/code-pictures.ts'
import { font } from '#test/fonts.ts'
import { kindPictures } from '../../kind-set/pictures.ts'
import {
  blankPicture,
  chartPicture,
  drawingPicture,
  faintLinePicture,
  pagePicture,
  photoPicture,
  screenPicture,
  terminalPicture,
  textHeavyPicture
} from '#test/pictures.ts'

const decoder = createCanvasDecoder()
const codes = createZxingReader()

async function factsOf(bytes: Uint8Array): Promise<LocalFacts> {
  return readLocalFacts(await decoder.decode(bytes), codes)
}

describe('blank pictures', () => {
  it.each([
    ['black', [0, 0, 0]],
    ['white', [255, 255, 255]],
    ['gray', [128, 128, 128]],
    ['blue', [30, 60, 200]]
  ] as const)('are recognised when %s, with noise and a cursor too', async (name, color) => {
    for (const noise of [0, 2])
      for (const cursor of [false, true])
        expect(await factsOf(await blankPicture(color, { width: 400, height: 300, noise, cursor }))).toMatchObject({
          isBlank: true,
          blankColor: name
        })
  })

  it('are recognised after JPEG, at 4K and at one pixel', async () => {
    const blank = await decoder.decode(await blankPicture([0, 0, 0], { width: 3840, height: 2160 }))
    expect(await readLocalFacts(blank, codes)).toMatchObject({ isBlank: true })
    const jpeg = await blank.encode({ maxWidthPx: 1365, maxHeightPx: 768 })
    expect(await factsOf(jpeg.bytes)).toMatchObject({ isBlank: true, blankColor: 'black' })
    expect(await factsOf(await blankPicture([9, 9, 9], { width: 1, height: 1 }))).toMatchObject({ isBlank: true })
  })

  it('are not those with a short line of gray text, or with anything else', async () => {
    for (const bytes of [
      await faintLinePicture(),
      (await pagePicture()).bytes,
      (await terminalPicture()).bytes,
      await codePicture('x'),
      await blankPicture([0, 0, 0], { width: 16, height: 24, cursor: true }),
      await lonelySquare('#dc1414', 24, 24),
      // As large as a cursor, but colorful, or as wide as high.
      await lonelySquare('#14aa14', 8, 20),
      await lonelySquare('#404040', 20, 20),
      await faintText('#fafafa')
    ])
      expect(await factsOf(bytes)).toMatchObject({ isBlank: false, blankColor: null })
  })
})

async function lonelySquare(color: string, width: number, height: number): Promise<Uint8Array> {
  const context = createCanvas(480, 160).getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, 480, 160)
  context.fillStyle = color
  context.fillRect(200, 60, width, height)
  return context.canvas.encode('png')
}

async function faintText(color: string): Promise<Uint8Array> {
  const context = createCanvas(480, 160).getContext('2d')
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, 480, 160)
  context.fillStyle = color
  context.font = font(30, { bold: true })
  context.fillText('INVOICE 4711', 100, 90)
  return context.canvas.encode('png')
}

describe('the word for a color', () => {
  it.each([
    ['black', [12, 10, 20]],
    ['dark gray', [50, 50, 52]],
    ['light gray', [220, 220, 220]],
    ['red', [220, 20, 30]],
    ['orange', [255, 140, 0]],
    ['brown', [110, 60, 20]],
    ['yellow', [250, 230, 40]],
    ['green', [30, 160, 60]],
    ['dark green', [10, 60, 20]],
    ['turquoise', [30, 200, 200]],
    ['light blue', [180, 210, 255]],
    ['purple', [130, 40, 200]],
    ['pink', [250, 100, 180]]
  ] as const)('is %s', (word, color) => {
    expect(colorWord(color)).toBe(word)
  })
})

describe('the kind of picture', () => {
  it.each([
    ['photo', photoPicture],
    ['photo', () => photoPicture(900, 1200)],
    ['document', async () => (await pagePicture()).bytes],
    ['document', textHeavyPicture],
    ['screen', async () => (await terminalPicture()).bytes],
    ['screen', screenPicture],
    ['chart', chartPicture],
    ['drawing', drawingPicture]
  ])('is guessed: %s', async (kind, make) => {
    expect((await factsOf(await make())).kind).toBe(kind)
  })

  it('is guessed right for most pictures of a set, and no photo is taken for anything else', async () => {
    const missed: string[] = []
    for (const { kind, name, render } of kindPictures(2)) {
      const guess = pictureKind((await decoder.decode(await render())).pixels({ maxWidthPx: 2048, maxHeightPx: 2048 }))
      if (guess !== kind) missed.push(`${kind} (${name})`)
    }
    expect(missed.length).toBeLessThanOrEqual(10)
    expect(missed.join()).not.toContain('photo')
  })
})

describe('local facts', () => {
  it('hold size, type and codes; text is not looked for', async () => {
    expect(await factsOf(await codePicture('https://example.org/'))).toEqual({
      width: 1000,
      height: 700,
      mime: 'image/png',
      kind: 'drawing',
      isBlank: false,
      blankColor: null,
      codes: [{ format: 'QRCode', text: 'https://example.org/' }],
      text: null
    })
  })

  it('are told even when codes cannot be read', async () => {
    const picture = await decoder.decode(await chartPicture())
    const broken = { read: () => Promise.reject(new DescryError('internal')) }
    expect(await readLocalFacts(picture, broken)).toMatchObject({ kind: 'chart', codes: [] })
  })
})
