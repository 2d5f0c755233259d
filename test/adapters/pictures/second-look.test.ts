import { createCanvas, type Canvas } from '@napi-rs/canvas'
import { afterAll, expect, it } from 'vitest'
import { createCanvasDecoder } from '#adapters/pictures/canvas.ts'
import { createTesseractReader } from '#adapters/pictures/tesseract.ts'
import { findTextRegions } from '#adapters/pictures/text-regions.ts'
import { withSecondLook } from '#adapters/pictures/second-look.ts'
import type { ReadWord } from '#core/ports/pictures.ts'

const reader = createTesseractReader()
afterAll(() => reader.close())

const [width, height] = [420, 230]

/** Dark and light words on paper, in a button and in a bar; a table with a column far to the right. */
function drawn(): Canvas {
  const canvas = createCanvas(width, height)
  const context = canvas.getContext('2d')
  const box = (color: string, x: number, y: number, boxWidth: number, boxHeight: number): void => {
    context.fillStyle = color
    context.fillRect(x, y, boxWidth, boxHeight)
  }
  const write = (text: string, x: number, y: number, color: string): void => {
    context.fillStyle = color
    context.font = '14px "DejaVu Sans"'
    context.fillText(text, x, y)
  }
  box('#ffffff', 0, 0, width, height)
  box('#444444', 0, 0, width, 30)
  write('Sound Studio', 12, 20, '#ffffff')
  for (const [row, [name, count]] of [
    ['Bergen', '63'],
    ['Glasgow', '106'],
    ['Norwich', '97']
  ].entries()) {
    write(name ?? '', 20, 70 + 30 * row, '#222222')
    write(count ?? '', 380, 70 + 30 * row, '#222222')
  }
  box('#0b57a4', 20, 180, 110, 32)
  write('Replace', 46, 201, '#ffffff')
  return canvas
}

it('finds text of either polarity wherever it stands, and leaves out what is known', () => {
  const { data } = drawn().getContext('2d').getImageData(0, 0, width, height)
  const grey = {
    data: Uint8Array.from({ length: width * height }, (_, index) => data[4 * index + 1] ?? 0),
    width,
    height
  }
  const at = (x: number, y: number): { isLightOnDark: boolean } | undefined =>
    findTextRegions(grey, []).find(
      ({ box }) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height
    )
  expect(at(60, 15)).toMatchObject({ isLightOnDark: true })
  expect(at(40, 65)).toMatchObject({ isLightOnDark: false })
  expect(at(390, 95)).toMatchObject({ isLightOnDark: false })
  expect(at(75, 197)).toBeDefined()
  expect(at(200, 150)).toBeUndefined()
  expect(findTextRegions(grey, [{ x: 0, y: 0, width, height }])).toEqual([])
})

it('reads title bars and far columns', async () => {
  const picture = await createCanvasDecoder().decode(await drawn().encode('png'))
  const { words } = await reader.read(picture)
  expect(words.map(({ text }) => text)).toEqual(
    expect.arrayContaining(['106', '63', '97', 'Bergen', 'Glasgow', 'Norwich', 'Sound', 'Studio'])
  )
})

const region = { box: { x: 100, y: 10, width: 60, height: 14 }, isLightOnDark: false, letterHeightPx: 14 }

function word(text: string, confidence: number, x = 100): ReadWord {
  return { text, confidence, box: { x, y: 10, width: 50, height: 14 } }
}

it('trusts what two looks tell alike, and not what they tell differently', () => {
  const first = [[word('Total', 95, 40), word('49.30', 70)]]
  const again = (...readings: ReadWord[][]): ReadWord[] | undefined =>
    withSecondLook(first, [{ region, readings }]).lines[0]
  expect(again([word('49.30', 75)])).toMatchObject([{ text: 'Total' }, { text: '49.30', confidence: 85 }])
  expect(again([word('49.80', 95)])).toMatchObject([{ text: 'Total' }, { text: '49.80', confidence: 50 }])
})

it('trusts a code that two looks tell alike, but for letters and digits that look the same', () => {
  const again = (first: string, ...readings: string[]): ReadWord | undefined =>
    withSecondLook([[word(first, 72)]], [{ region, readings: readings.map((text) => [word(text, 45)]) }]).lines[0]?.[0]
  expect(again('0x806O942', '0x8060942', 'Ox8060942')?.confidence).toBe(85)
  expect(again('srv65', 'srve5', 'srve5')?.confidence).toBe(45)
})

it('puts together an amount whose cents were taken for a column of their own', () => {
  const pounds = { text: '£28.', confidence: 95, box: { x: 10, y: 10, width: 50, height: 14 } }
  const cents = { text: '32', confidence: 96, box: { x: 66, y: 10, width: 26, height: 14 } }
  const thanks = { text: 'Thanks', confidence: 96, box: { x: 10, y: 40, width: 60, height: 14 } }
  expect(withSecondLook([[pounds], [thanks], [cents]], []).lines).toEqual([
    [{ text: '£28.32', confidence: 95, box: { x: 10, y: 10, width: 82, height: 14 } }],
    [thanks]
  ])
})

it('takes the corners of bars and buttons for no text', async () => {
  const canvas = createCanvas(400, 300)
  const context = canvas.getContext('2d')
  context.fillStyle = '#eef3f8'
  context.fillRect(0, 0, 400, 300)
  context.fillStyle = '#0a6a5a'
  for (const x of [60, 140, 220, 300]) context.fillRect(x, x / 2, 54, 300)
  const picture = await createCanvasDecoder().decode(await canvas.encode('png'))
  expect((await reader.read(picture)).unread).toEqual([])
})

it('tells what looks like text and nobody could read', () => {
  expect(withSecondLook([], [{ region, readings: [[word('Y7', 30)]] }])).toEqual({ lines: [], unread: [region.box] })
  expect(withSecondLook([], [{ region, readings: [[]] }])).toEqual({ lines: [], unread: [] })
})
